import AssignmentStore
import Dispatch
import Foundation
import GRDB
import StoreFoundation

extension SQLiteStore {
  /// How long a statement waits for another process's write.
  private static let busyTimeout: TimeInterval = 5

  static func openPool(path: String, readers: Int, isThrowaway: Bool) throws(StoreOpenError) -> DatabasePool {
    guard !path.isEmpty, path != ":memory:" else {
      throw .cannotOpen(path: path, reason: "a file is needed; databases in memory are not supported")
    }
    let deadline = DispatchTime.now() + busyTimeout
    while true {
      do {
        return try openOnce(path: path, readers: readers, synchronous: isThrowaway ? "OFF" : "FULL")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && DispatchTime.now() < deadline {
        // Two processes that turn on the write-ahead log at once: SQLite answers "busy" without waiting.
        usleep(20_000)
      } catch {
        throw .cannotOpen(path: path, reason: StoreError(mapping: error).description)
      }
    }
  }

  private static func openOnce(path: String, readers: Int, synchronous: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.label = "headwaiter"
    configuration.maximumReaderCount = max(1, readers)
    configuration.busyMode = .timeout(busyTimeout)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384")
    }
    let pool = try DatabasePool(path: path, configuration: configuration)
    // After opening: the pool itself sets NORMAL when it turns on the write-ahead log.
    try pool.writeWithoutTransaction { db in
      try db.execute(
        sql: "PRAGMA synchronous = \(synchronous); PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -65536")
    }
    return pool
  }
}
