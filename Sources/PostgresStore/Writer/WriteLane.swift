import PostgresClient
import Resilience

/// Carries out writes one group at a time: what arrives while a group is under way makes up the next one, which is one
/// transaction and one round trip. Under load this shares the cost of a commit; without load nothing waits.
///
/// Writes on one restaurant share a lane, so that within a process they never wait for each other's locks.
///
/// A group in which a statement fails is rolled back by the database, whole. The write that failed is then tried by
/// itself, which gives it the answer that it would have had alone, and the others again as a group.
final class WriteLane: Sendable {
  /// Most writes of a group: bounds how long their locks are held.
  static let groupLimit = 32
  /// Tries of a write that the database asks to repeat: deadlock, serialization failure, lock time-out.
  private static let tries = 5

  private struct State {
    var waiting: [PendingWrite] = []
    var isRunning = false
  }

  private let pool: PostgresPool
  private let state = Locked(State())

  init(pool: PostgresPool) { self.pool = pool }

  /// The statements' results, once they are committed. Goes on when the caller's task is cancelled.
  func write(_ key: String, _ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
    let result = await withCheckedContinuation { continuation in
      let starts = state.withLock { state in
        state.waiting.append(PendingWrite(key: key, statements: statements, continuation: continuation))
        defer { state.isRunning = true }
        return !state.isRunning
      }
      if starts { Task { await run() } }
    }
    return try result.get()
  }

  private func run() async {
    while let group = nextGroup() { await carryOut(group) }
  }

  private func nextGroup() -> [PendingWrite]? {
    state.withLock { state in
      if state.waiting.isEmpty {
        state.isRunning = false
        return nil
      }
      let group = Array(state.waiting.prefix(Self.groupLimit))
      state.waiting.removeFirst(group.count)
      return PendingWrite.inOrderOfLocks(group)
    }
  }

  private func carryOut(_ group: [PendingWrite]) async {
    var group = group
    while group.count > 1 {
      do throws(PostgresError) {
        let results = try await pool.pipeline(group.flatMap(\.statements))
        answer(group, results)
        return
      } catch {
        guard let failed = PendingWrite.place(ofStatement: error.statementIndex, in: group), error.sqlState != nil
        else {
          for write in group { write.continuation.resume(returning: .failure(error)) }
          return
        }
        await carryOutAlone(group.remove(at: failed))
      }
    }
    if let last = group.first { await carryOutAlone(last) }
  }

  private func carryOutAlone(_ write: PendingWrite) async {
    for attempt in 1... {
      do throws(PostgresError) {
        write.continuation.resume(returning: .success(try await pool.pipeline(write.statements)))
        return
      } catch {
        guard error.isWorthRepeating, attempt < Self.tries else {
          write.continuation.resume(returning: .failure(error))
          return
        }
      }
    }
  }

  private func answer(_ group: [PendingWrite], _ results: [PostgresResult]) {
    var start = 0
    for write in group {
      let end = start + write.statements.count
      write.continuation.resume(returning: .success(Array(results[start..<end])))
      start = end
    }
  }
}

/// A write that waits for its group.
private struct PendingWrite: Sendable {
  /// What is written on: groups take their locks in order of it.
  var key: String
  var statements: [PostgresStatement]
  var continuation: CheckedContinuation<Result<[PostgresResult], PostgresError>, Never>

  /// Writes on the same thing stay in the order in which they came.
  static func inOrderOfLocks(_ group: [PendingWrite]) -> [PendingWrite] {
    group.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }.map(\.element)
  }

  /// Which write of a group a statement belongs to.
  static func place(ofStatement index: Int?, in group: [PendingWrite]) -> Int? {
    guard var left = index else { return nil }
    for (place, write) in group.enumerated() {
      if left < write.statements.count { return place }
      left -= write.statements.count
    }
    return nil
  }
}
