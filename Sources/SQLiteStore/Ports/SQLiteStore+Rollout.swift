public import AssignmentStore
import BookingDomain
import GRDB
import Rollout
import StoreFoundation

extension SQLiteStore: RolloutStore {
  public func rollout() async throws(StoreError) -> StoredRollout {
    try await read { session in try session.rollout() }
  }

  public func storeRollout(_ write: RolloutWrite) async throws(StoreError) -> StoredRollout {
    try await self.write { session in
      try RolloutWriter(session).write(write)
      return try session.session.rollout()
    }
  }

  public func rolloutRuns() async throws(StoreError) -> [RolloutRun] {
    try await read { session in
      try session.all("SELECT \(RolloutSQL.runColumns) FROM rollout_runs ORDER BY number", [], RolloutSQL.run)
    }
  }

  public func rolloutRecords(
    of kinds: Set<RolloutRecord.Kind>, limit: Int, latest: Bool
  ) async throws(StoreError) -> [RolloutRecord] {
    let wanted = kinds.map(\.rawValue).sorted()
    let rows = try await read { session in
      try session.all(
        """
        SELECT \(RolloutSQL.recordColumns) FROM rollout_records
        WHERE ?1 = '[]' OR kind IN (SELECT value FROM json_each(?1))
        ORDER BY id\(latest ? " DESC" : "") LIMIT ?2
        """, [.text(JSONText.strings(wanted)), .int(limit)], RolloutSQL.record)
    }
    return latest ? rows.reversed() : rows
  }
}

/// Stores one step of the rollout.
private struct RolloutWriter {
  private let write: WriteSession
  private var session: Session { write.session }

  init(_ write: WriteSession) { self.write = write }

  func write(_ step: RolloutWrite) throws {
    try session.run("UPDATE rollout SET revision = revision + 1 WHERE revision = ?", [.int(step.expectedRevision)])
    guard session.db.changesCount == 1 else { throw StoreError.staleRollout }
    try changeFlags(step)
    try session.run(RolloutSQL.update, try RolloutSQL.values(step))
    for run in step.runs { try session.run(RolloutSQL.putRun, RolloutSQL.values(run)) }
    for record in step.records {
      try session.run(RolloutSQL.addRecord, try RolloutSQL.values(record, revision: step.expectedRevision + 1))
    }
    try EventWriter(session: session).append(step.events)
    try session.append(step.outbox)
  }

  private func changeFlags(_ step: RolloutWrite) throws {
    guard step.changesFlags else { return }
    let flags = FlagOverrides(write)
    try flags.put(step.overrides)
    for key in step.cleared { _ = try flags.remove(key) }
    try Counters(session: session).raiseFlagsEpoch()
    try session.run("UPDATE rollout SET flags_epoch = (SELECT value FROM counters WHERE name = 'flags_epoch')")
  }
}

extension Session {
  fileprivate func rollout() throws -> StoredRollout {
    try first(RolloutSQL.state) { row in
      StoredRollout(
        revision: row.int(0), state: try row.optionalJSON(1) ?? RolloutState(), plan: try row.optionalJSON(2),
        drill: try row.optionalJSON(3), flagsEpoch: row.int64(4), isKilled: row.bool(5), updatedAt: row.optionalTime(6))
    } ?? StoredRollout()
  }
}

private enum RolloutSQL {
  static let state = """
    SELECT revision, state, plan, drill, flags_epoch,
      EXISTS (SELECT 1 FROM flags WHERE name = '\(FlagName.killSwitch.rawValue)'), updated_at
    FROM rollout
    """

  static let update =
    "UPDATE rollout SET status = ?, run = ?, phase = ?, state = ?, plan = ?, drill = ?, updated_at = ?"

  static func values(_ step: RolloutWrite) throws -> [DatabaseValue] {
    [
      .text(step.state.status.name), .int(step.state.run?.number), .text(step.state.run?.phase),
      .text(try JSONText.encode(step.state)), .text(try step.plan.map { try JSONText.encode($0) }),
      .text(try step.drill.map { try JSONText.encode($0) }), .time(step.at),
    ]
  }

  static let runColumns = """
    number, phase, environment, decides_v3, shadow, share, decided_at, entered_at, ended_at, ending
    """

  static let putRun = "INSERT OR REPLACE INTO rollout_runs (\(runColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

  static func values(_ run: RolloutRun) -> [DatabaseValue] {
    [
      .int(run.number), .text(run.phase), .raw(run.environment), .bool(run.decidesV3), .bool(run.shadow),
      .int(run.sharePercent), .time(run.decidedAt), .time(run.enteredAt), .time(run.endedAt), .raw(run.ending),
    ]
  }

  static func run(_ row: Row) throws -> RolloutRun {
    RolloutRun(
      number: row.int(0), phase: row.text(1), environment: try row.raw(2), decidesV3: row.bool(3), shadow: row.bool(4),
      sharePercent: row.int(5), decidedAt: row.time(6), enteredAt: row.optionalTime(7), endedAt: row.optionalTime(8),
      ending: try row.optionalRaw(9))
  }

  static let recordColumns = "kind, revision, run, phase, actor, role, created_at, content"

  static let addRecord = "INSERT INTO rollout_records (\(recordColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

  static func values(_ record: RolloutRecord, revision: Int) throws -> [DatabaseValue] {
    [
      .raw(record.kind), .int(revision), .int(record.run), .text(record.phase), .text(record.by.name),
      .raw(record.by.role), .time(record.at), .text(try JSONText.encode(record.content)),
    ]
  }

  static func record(_ row: Row) throws -> RolloutRecord {
    RolloutRecord(
      try row.raw(0), revision: row.int(1), run: row.optionalInt(2), phase: row.optionalText(3),
      by: RolloutActor(name: row.text(4), role: try row.raw(5)), at: row.time(6), content: try row.json(7))
  }
}
