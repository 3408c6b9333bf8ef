public import AssignmentStore
public import BookingDomain
import Dispatch
import GRDB
import Resilience
public import StoreFoundation

/// The store on one SQLite file (write-ahead log, `synchronous` full): for one machine, any number of processes.
///
/// Writes of all tasks go through one ``GroupWriter``; a call returns when its change is on disk. Reads run beside
/// them on connections of their own, each call on one consistent snapshot.
public final class SQLiteStore: Sendable {
  let pool: DatabasePool
  let writer: GroupWriter
  let restaurants = DecodedRestaurants(limit: 512)
  /// The database's clock: SQLite has none that tests could turn, so the process's wall clock is injected.
  let clock: any WallClock
  let path: String
  private let readers: Int
  private let reads = Locked(0)
  private let isAway: @Sendable () -> Bool

  /// Opens, and creates where it does not exist, the database at a path. Blocks while it does.
  /// - Parameters:
  ///   - readers: connections for reading, at most; 4 unless set.
  ///   - migrate: false leaves the schema as it is; see ``pendingMigrations()``.
  ///   - isThrowaway: waits for no disk: what a crash of the machine would lose is of no worth, as in a rehearsal.
  ///   - isAway: while true, every call fails as if the database could not be reached; for rehearsals of that.
  /// - Throws: ``StoreOpenError``.
  public init(
    path: String, clock: any WallClock, readers: Int = 4, migrate: Bool = true, isThrowaway: Bool = false,
    isAway: @escaping @Sendable () -> Bool = { false }
  ) throws(StoreOpenError) {
    self.isAway = isAway
    self.path = path
    self.clock = clock
    self.readers = max(1, readers)
    pool = try SQLiteStore.openPool(path: path, readers: readers, isThrowaway: isThrowaway)
    writer = GroupWriter(pool: pool, clock: clock, isThrowaway: isThrowaway)
    if migrate { _ = try self.migrate() }
  }

  /// Waits for writes that were handed over, then closes the file. Later calls throw ``StoreError/unavailable(_:)``.
  public func close() {
    writer.close()
    try? pool.close()
  }

  /// Migrations that this program has and the database does not.
  /// - Throws: ``StoreOpenError`` when an applied one differs or is unknown.
  public func pendingMigrations() throws(StoreOpenError) -> [Migration] {
    try opening { try pool.read { db in try Migrator(migrations: Migration.all).pending(db) } }
  }

  /// Applies ``pendingMigrations()`` in one transaction.
  /// - Returns: what was applied.
  public func migrate() throws(StoreOpenError) -> [Migration] {
    try opening { try Migrator(migrations: Migration.all).migrate(pool, now: clock.now()) }
  }

  private func opening<Value>(_ body: () throws -> Value) throws(StoreOpenError) -> Value {
    do {
      return try body()
    } catch let error as StoreOpenError {
      throw error
    } catch {
      throw .cannotOpen(path: path, reason: StoreError(mapping: error).description)
    }
  }

  /// Carries out a write in the next group commit.
  func write<Value: Sendable>(
    _ work: @escaping @Sendable (WriteSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try checkReach()
    return try await writer.write(work)
  }

  /// Reads on one snapshot. A cancelled task still gets its answer, so that cancellation never looks like sick storage.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Session) throws -> Value
  ) async throws(StoreError) -> Value {
    try checkReach()
    let pool = pool
    reads.withLock { $0 += 1 }
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      pool.asyncRead { [reads] connection in
        let result = Result { try body(Session(db: try connection.get())) }
        reads.withLock { $0 -= 1 }
        continuation.resume(returning: result.mapError(StoreError.init(mapping:)))
      }
    }
    return try result.get()
  }

  func checkReach() throws(StoreError) {
    if isAway() { throw .unavailable("the database is away") }
  }
}

/// A store's connections and calls at one moment.
public struct SQLiteCounts: Sendable, Hashable {
  /// Connections that are used, the writing one included.
  public var busy: Int
  public var idle: Int
  /// Reads that wait for a connection, and writes that wait for the next transaction.
  public var waiting: Int
}

extension SQLiteStore {
  public var counts: SQLiteCounts {
    let reads = reads.withLock { $0 }
    let (isWriting, pendingWrites) = writer.load
    let busy = min(reads, readers) + (isWriting ? 1 : 0)
    return SQLiteCounts(
      busy: busy, idle: readers + 1 - busy, waiting: max(0, reads - readers) + pendingWrites)
  }
}

extension SQLiteStore: StoreClock {
  public func storeNow() async throws(StoreError) -> Timestamp { clock.now() }
}
