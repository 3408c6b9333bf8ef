import Foundation

/// Files that a command writes: whole, or not at all.
enum OutputFile {
  /// Writes beside the file and then takes its place, so that a reader never sees half of it. What is no plain file, such
  /// as `/dev/stdout`, is written directly.
  /// - Throws: ``CommandProblem`` that names the file and what the system says.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandProblem) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere && status.st_mode & S_IFMT != S_IFREG {
      try write(bytes, path, at: path, flags: O_WRONLY)
      return
    }
    let target = isThere ? resolved(path) : path
    let draft = draft(of: target)
    do throws(CommandProblem) {
      try write(bytes, path, at: draft, flags: O_WRONLY | O_CREAT | O_EXCL)
      guard rename(draft, target) == 0 else { throw problem(path, errno) }
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// Whether a file can be written, before something is done that takes its time.
  /// - Throws: ``CommandProblem`` as from ``write(_:to:)``.
  static func check(_ path: String) throws(CommandProblem) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere && status.st_mode & S_IFMT == S_IFDIR { throw problem(path, EISDIR) }
    if isThere && status.st_mode & S_IFMT != S_IFREG { return }
    let draft = draft(of: isThere ? resolved(path) : path)
    defer { unlink(draft) }
    try write([], path, at: draft, flags: O_WRONLY | O_CREAT | O_EXCL)
  }

  private static func draft(of target: String) -> String { "\(target).\(getpid()).part" }

  private static func write(_ bytes: [UInt8], _ path: String, at place: String, flags: Int32) throws(CommandProblem) {
    let descriptor = open(place, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw problem(path, errno) }
    let code = FileDescriptorWriting.write(bytes, to: descriptor)
    let closed = close(descriptor)
    if code != 0 || closed != 0 { throw problem(path, code != 0 ? code : errno) }
  }

  /// Where a symbolic link leads, so that the link stays one.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func problem(_ path: String, _ code: Int32) -> CommandProblem {
    CommandProblem("\(ShownText.escaped(path)): cannot be written: \(SystemError.text(code))")
  }
}
