import BookingDomain
import Foundation

/// Files that a command reads.
enum InputFile {
  /// The file's bytes, at most one more than `limit`, whose reader refuses what is too long.
  /// - Throws: ``CommandProblem`` that names the file and what the system says.
  static func read(_ path: String, limit: Int = BookingsFile.byteLimit) throws(CommandProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size(of: descriptor), limit) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count == 0 { break }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw problem(path, errno)
      }
    }
    return bytes
  }

  private static func size(of descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? max(0, Int(status.st_size)) : 0
  }

  private static func problem(_ path: String, _ code: Int32) -> CommandProblem {
    CommandProblem("\(path.isEmpty ? "\"\"" : ShownText.escaped(path)): cannot be read: \(SystemError.text(code))")
  }
}
