import Foundation

enum TemporaryFolder {
  /// A file system in memory, if it has this much room: what a test's server writes need not outlive it.
  private static let memory = (path: "/dev/shm", neededBytes: UInt64(4) << 30)

  /// Makes a folder that only this user may enter. Its path is short, since a socket's path is limited to some 100 bytes.
  static func make(onDisk: Bool = false) throws -> String {
    let parent = onDisk || freeBytes(memory.path) < memory.neededBytes ? "/tmp" : memory.path
    var template = Array("\(parent)/headwaiter-pg-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw PostgresTestingError("no folder can be made in \(parent)") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func freeBytes(_ path: String) -> UInt64 {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return 0 }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
  }
}
