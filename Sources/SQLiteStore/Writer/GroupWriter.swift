import AssignmentStore
import BookingDomain
import Dispatch
import GRDB
import Resilience

/// Collects writes of many tasks and commits them together, so that they share one wait for the disk.
///
/// While one transaction is being committed the next writes gather; nothing is delayed to fill a batch. Each write has
/// its own savepoint: one that fails leaves nothing and does not hurt its neighbours. Callers are resumed after the
/// commit only, whatever their outcome, because it may rest on what a neighbour wrote. A write that was handed over is
/// carried out even if its task is cancelled: its caller must learn what is stored.
final class GroupWriter: Sendable {
  /// Writes in one transaction at most, so that none waits for too many others.
  static let batchLimit = 64

  private let pool: DatabasePool
  private let clock: any WallClock
  private let queue = DispatchQueue(label: "headwaiter.sqlite.writer")
  private let state = Locked(WriteQueue(batchLimit: batchLimit))
  /// What the connection's `synchronous` says; touched by the queue only.
  private let commitsWait = Locked(true)
  private let isThrowaway: Bool

  /// - Parameter isThrowaway: no commit ever waits for the disk; false unless given.
  init(pool: DatabasePool, clock: any WallClock, isThrowaway: Bool = false) {
    self.pool = pool
    self.clock = clock
    self.isThrowaway = isThrowaway
  }

  /// Carries out a write and returns when it is durable.
  func write<Value: Sendable>(
    _ work: @escaping @Sendable (WriteSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await carryOut(work, behind: false)
  }

  /// Carries out a write that nobody waits for, in a transaction of its own when no other is waiting.
  ///
  /// It returns when that is committed, which does not wait for the disk: it is durable with the next write that does, and a
  /// machine that loses its power before that loses it.
  func writeBehind<Value: Sendable>(
    _ work: @escaping @Sendable (WriteSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await carryOut(work, behind: true)
  }

  /// Whether a transaction is under way, and how many writes wait for the next one.
  var load: (isWriting: Bool, pending: Int) { state.withLock { ($0.isDraining, $0.count) } }

  /// Refuses new writes and returns when those handed over are done.
  func close() {
    state.withLock { $0.close() }
    queue.sync {}
  }

  private func carryOut<Value: Sendable>(
    _ work: @escaping @Sendable (WriteSession) throws -> Value, behind: Bool
  ) async throws(StoreError) -> Value {
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      enqueue(TypedPendingWrite(continuation, work: work), behind: behind)
    }
    return try result.get()
  }

  private func enqueue(_ write: some PendingWrite, behind: Bool) {
    switch state.withLock({ $0.add(write, behind: behind) }) {
    case .refused: write.finish(transactionError: .unavailable("database is closed"))
    case .start: queue.async { self.drain() }
    case .queued: break
    }
  }

  private func drain() {
    while let batch = state.withLock({ $0.next() }) { apply(batch) }
  }

  private func apply(_ batch: WriteQueue.Batch) {
    var failure: StoreError?
    do {
      try pool.writeWithoutTransaction { db in
        try makeCommits(waitForDisk: batch.waitsForDisk, db)
        try transaction(batch.writes, db)
      }
    } catch {
      failure = GroupWriter.unavailable(StoreError(mapping: error))
    }
    for write in batch.writes { write.finish(transactionError: failure) }
  }

  private func makeCommits(waitForDisk waits: Bool, _ db: Database) throws {
    if isThrowaway || commitsWait.withLock({ $0 }) == waits { return }
    try db.execute(sql: "PRAGMA synchronous = \(waits ? "FULL" : "NORMAL")")
    commitsWait.withLock { $0 = waits }
  }

  private func transaction(_ batch: [any PendingWrite], _ db: Database) throws {
    try db.beginTransaction(.immediate)
    do {
      for write in batch { try perform(write, Session(db: db), alone: batch.count == 1) }
      if db.isInsideTransaction { try db.commit() }
    } catch {
      if db.isInsideTransaction { try? db.rollback() }
      throw error
    }
  }

  /// - Throws: only what breaks the whole transaction.
  private func perform(_ write: any PendingWrite, _ session: Session, alone: Bool) throws {
    let context = WriteSession(session: session, now: clock.now())
    if !alone { try session.run("SAVEPOINT unit") }
    do {
      try write.perform(in: context)
    } catch {
      // SQLite ends the transaction by itself on some errors, for example a full disk; then nobody's work is stored.
      guard session.db.isInsideTransaction else { throw error }
      if alone {
        try session.db.rollback()
      } else {
        try session.run("ROLLBACK TO SAVEPOINT unit")
      }
    }
    if !alone { try session.run("RELEASE SAVEPOINT unit") }
  }

  /// A failed transaction is storage's failure for everyone in it.
  private static func unavailable(_ error: StoreError) -> StoreError {
    if case .unavailable = error { error } else { .unavailable("transaction failed") }
  }
}
