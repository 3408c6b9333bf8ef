public import AssignmentStore
import BookingDomain
import PostgresClient
import Rollout
import StoreFoundation

extension PostgresStore: RolloutStore {
  public func rollout() async throws(StoreError) -> StoredRollout {
    try await first(RolloutSQL.state, [], RolloutSQL.stored) ?? StoredRollout()
  }

  public func storeRollout(_ write: RolloutWrite) async throws(StoreError) -> StoredRollout {
    let statements: [PostgresStatement]
    do { statements = try RolloutSQL.statements(write) } catch {
      throw .invalid("the state of the rollout cannot be written")
    }
    let results: [PostgresResult]
    do throws(PostgresError) { results = try await self.write("rollout", statements) } catch { throw StoreError(error) }
    guard let row = results.last?.first else { throw .invalid("the rollout has no row") }
    return try RolloutSQL.stored(row)
  }

  public func rolloutRuns() async throws(StoreError) -> [RolloutRun] {
    try await all("SELECT \(RolloutSQL.runColumns) FROM rollout_runs ORDER BY number", [], RolloutSQL.run)
  }

  public func rolloutRecords(
    of kinds: Set<RolloutRecord.Kind>, limit: Int, latest: Bool
  ) async throws(StoreError) -> [RolloutRecord] {
    let rows = try await all(
      """
      SELECT \(RolloutSQL.recordColumns) FROM rollout_records WHERE cardinality($1::text[]) = 0 OR kind = ANY ($1)
      ORDER BY id\(latest ? " DESC" : "") LIMIT $2
      """, [.texts(kinds.map(\.rawValue).sorted()), .int(limit)], RolloutSQL.record)
    return latest ? rows.reversed() : rows
  }
}

private enum RolloutSQL {
  /// In their order; the last answers with the rollout as stored.
  static func statements(_ step: RolloutWrite) throws -> [PostgresStatement] {
    var statements = [
      PostgresStatement(TransactionLock.exclusive, [.text(TransactionLock.rollout)]),
      PostgresStatement(
        """
        SELECT headwaiter_refuse('\(Refusal.staleRollout.rawValue)', '')
        WHERE NOT EXISTS (SELECT 1 FROM rollout WHERE revision = $1)
        """, [.int(step.expectedRevision)]),
    ]
    if step.changesFlags {
      statements += [FlagSQL.lock, FlagSQL.raiseEpoch]
      statements += step.overrides.flatMap(FlagSQL.put) + step.cleared.flatMap(FlagSQL.remove)
      statements.append(PostgresStatement(takeEpoch, []))
    }
    statements.append(PostgresStatement(update, try values(step)))
    statements += step.runs.map { PostgresStatement(putRun, values($0)) }
    for record in step.records {
      statements.append(PostgresStatement(addRecord, try values(record, revision: step.expectedRevision + 1)))
    }
    if !step.events.isEmpty { statements.append(PostgresStatement(EventSQL.insert, EventSQL.values(step.events))) }
    if !step.outbox.isEmpty { statements.append(PostgresStatement(OutboxSQL.insert, OutboxSQL.values(step.outbox))) }
    return statements + [PostgresStatement(state, [])]
  }

  static let state = """
    SELECT revision, state, plan, drill, flags_epoch,
      EXISTS (SELECT 1 FROM flags WHERE name = '\(FlagName.killSwitch.rawValue)'), updated_at
    FROM rollout
    """

  static func stored(_ row: PostgresRow) throws(StoreError) -> StoredRollout {
    StoredRollout(
      revision: row.int(0), state: try row.optionalJSON(1) ?? RolloutState(), plan: try row.optionalJSON(2),
      drill: try row.optionalJSON(3), flagsEpoch: row.int64(4), isKilled: row.bool(5), updatedAt: row.optionalTime(6))
  }

  private static let takeEpoch = """
    UPDATE rollout SET flags_epoch = (SELECT value FROM counters WHERE name = 'flags_epoch')
    """

  private static let update = """
    UPDATE rollout SET revision = revision + 1, status = $1, run = $2, phase = $3, state = $4, plan = $5, drill = $6,
      updated_at = $7
    """

  private static func values(_ step: RolloutWrite) throws -> [PostgresValue] {
    [
      .text(step.state.status.name), .int(step.state.run?.number), .text(step.state.run?.phase),
      .text(try JSONText.encode(step.state)), .text(try step.plan.map { try JSONText.encode($0) }),
      .text(try step.drill.map { try JSONText.encode($0) }), .time(step.at),
    ]
  }

  static let runColumns = """
    number, phase, environment, decides_v3, shadow, share, decided_at, entered_at, ended_at, ending
    """

  private static let putRun = """
    INSERT INTO rollout_runs (\(runColumns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (number) DO UPDATE SET
      phase = excluded.phase, environment = excluded.environment, decides_v3 = excluded.decides_v3,
      shadow = excluded.shadow, share = excluded.share, decided_at = excluded.decided_at,
      entered_at = excluded.entered_at, ended_at = excluded.ended_at, ending = excluded.ending
    """

  private static func values(_ run: RolloutRun) -> [PostgresValue] {
    [
      .int(run.number), .text(run.phase), .raw(run.environment), .bool(run.decidesV3), .bool(run.shadow),
      .int(run.sharePercent), .time(run.decidedAt), .time(run.enteredAt), .time(run.endedAt), .raw(run.ending),
    ]
  }

  static func run(_ row: PostgresRow) throws(StoreError) -> RolloutRun {
    RolloutRun(
      number: row.int(0), phase: row.text(1), environment: try row.raw(2), decidesV3: row.bool(3), shadow: row.bool(4),
      sharePercent: row.int(5), decidedAt: row.time(6), enteredAt: row.optionalTime(7), endedAt: row.optionalTime(8),
      ending: try row.optionalRaw(9))
  }

  static let recordColumns = "kind, revision, run, phase, actor, role, created_at, content"

  private static let addRecord = """
    INSERT INTO rollout_records (\(recordColumns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    """

  private static func values(_ record: RolloutRecord, revision: Int) throws -> [PostgresValue] {
    [
      .raw(record.kind), .int(revision), .int(record.run), .text(record.phase), .text(record.by.name),
      .raw(record.by.role), .time(record.at), .text(try JSONText.encode(record.content)),
    ]
  }

  static func record(_ row: PostgresRow) throws(StoreError) -> RolloutRecord {
    RolloutRecord(
      try row.raw(0), revision: row.int(1), run: row.optionalInt(2), phase: row.optionalText(3),
      by: RolloutActor(name: row.text(4), role: try row.raw(5)), at: row.time(6), content: try row.json(7))
  }
}
