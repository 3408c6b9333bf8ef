import Bootstrap
import Foundation

/// A SQLite database in a folder of its own, removed with this value.
final class TemporaryDatabase: Sendable {
  private let folder: URL

  init() throws(CommandProblem) {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("headwaiter-\(UUID().uuidString)")
    do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
      throw CommandProblem("\(folder.path): cannot be made: \(error.localizedDescription)", status: .critical)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var path: String { folder.appendingPathComponent("headwaiter.sqlite").path }

  var address: DatabaseAddress { .sqlite(path: path) }
}
