import Foundation
import SystemPackage

/// A file that is there whole and on disk, or not at all. One that is there already is never touched.
final class DurableFile {
  private let path: String
  private let draft: String
  private let descriptor: Int32

  /// - Throws: ``ExportProblem`` if there is such a file, or if none can be made there.
  init(_ path: String) throws(ExportProblem) {
    self.path = path
    draft = "\(path).\(getpid()).part"
    guard access(path, F_OK) != 0 else {
      throw ExportProblem(path: path, reason: "is there already; allowed: a new file")
    }
    descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw ExportProblem(path: path, errno) }
  }

  func append(_ text: String) throws(ExportProblem) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw ExportProblem(path: path, errno) }
    }
  }

  /// Brings the file and its name to the disk.
  func finish() throws(ExportProblem) {
    guard fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else {
      throw ExportProblem(path: path, errno)
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { throw ExportProblem(path: path, errno) }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw ExportProblem(path: path, errno) }
  }

  /// Leaves nothing behind.
  func discard() {
    close(descriptor)
    unlink(draft)
  }
}

/// Why an export could not be written.
public struct ExportProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(path: String, reason: String) { description = "\(path) \(reason)" }

  init(path: String, _ code: Int32) {
    description = "\(path): cannot be written: \(Errno(rawValue: code).description.lowercased())"
  }
}
