import Foundation

enum TemporaryFolder {
  /// Makes a folder that only this user may enter. Its path is short, since a socket's path is limited to some 100 bytes.
  static func make() throws -> String {
    var template = Array("/tmp/headwaiter-pg-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw PostgresTestingError("no folder can be made in /tmp") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
