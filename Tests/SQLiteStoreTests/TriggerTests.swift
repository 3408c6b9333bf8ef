import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import SQLiteStore
import Testing

/// What the database refuses whatever is above it, tried with raw SQL.
@Suite struct TriggerTests {
  private static let history = "booking_assignment_state_history"

  @Test func historyRowsCannotBeEditedOrDeleted() async throws {
    let database = try await confirmed()
    #expect(
      try database.refusal(of: "UPDATE \(Self.history) SET reason = 'x' WHERE version = 1") == "history is append-only")
    #expect(try database.refusal(of: "DELETE FROM \(Self.history)") == "history is append-only")
    #expect(
      try database.refusal(
        of: "INSERT OR REPLACE INTO \(Self.history) SELECT * FROM \(Self.history)") == "history is append-only")
    #expect(try database.value("SELECT count(*) FROM \(Self.history)") == 6)
  }

  @Test func historyRowsFollowEachOther() async throws {
    let database = try await confirmed()
    let insert = """
      INSERT INTO \(Self.history) (booking_id, version, from_state, to_state, mode, actor, cause, metadata, created_at)
      VALUES
      """
    for row in [
      "('b-1', 8, 'confirmed', 'failed', 'v3', 'a', 'c', '{}', 1)",
      "('b-1', 7, 'assigned', 'failed', 'v3', 'a', 'c', '{}', 1)",
      "('b-1', 7, NULL, 'failed', 'v3', 'a', 'c', '{}', 1)",
      "('b-2', 1, 'created', 'failed', 'v3', 'a', 'c', '{}', 1)",
      "('b-2', 2, NULL, 'failed', 'v3', 'a', 'c', '{}', 1)",
    ] {
      #expect(try database.refusal(of: "\(insert) \(row)") == "history has a gap", "\(row)")
    }
    #expect(try database.refusal(of: "\(insert) ('b-1', 7, 'confirmed', 'failed', 'v3', 'a', 'c', '{}', 1)") == nil)
  }

  @Test func bookingsChangeWithTheirHistoryOnly() async throws {
    let database = try await confirmed()
    let message = "booking changed without its history"
    for change in [
      "party_size = 9", "assignment_state = 'failed'", "assignment_state_version = 7",
      "assignment_state_version = 5", "assignment_state_version = 6, status = 'seated'", "id = 'b-9'",
    ] {
      #expect(try database.refusal(of: "UPDATE bookings SET \(change)") == message, "\(change)")
    }
    let replace = "INSERT OR REPLACE INTO bookings SELECT * FROM bookings"
    #expect(try database.refusal(of: replace) == "booking exists")
    let copy = """
      CREATE TEMP TABLE copy AS SELECT * FROM bookings; UPDATE copy SET id = 'b-9'; INSERT INTO bookings SELECT * FROM copy
      """
    #expect(try database.refusal(of: copy) == "booking without its history")
  }

  @Test(arguments: [
    ("allocation", "89", "120", true), ("allocation", "90", "120", false), ("allocation", "-30", "0", false),
    ("allocation", "-30", "1", true), ("allocation", "10", "20", true), ("allocation", "-30", "200", true),
    ("block", "89", "120", true), ("block", "90", "120", false), ("block", "-30", "200", true),
  ])
  func claimsDoNotOverlap(kind: String, start: String, end: String, refused: Bool) async throws {
    let database = try await confirmed()
    let minute = "SELECT window_start + 60000000 * "
    let sql = """
      INSERT INTO table_claims (restaurant_id, table_number, kind, window_start, window_end, booking_id, group_id)
      VALUES ('house', 'T1', '\(kind)', (\(minute) (\(start)) FROM table_claims), (\(minute) (\(end)) FROM table_claims),
        \(kind == "block" ? "NULL, 'x'" : "'b-1', NULL"))
      """
    #expect(try database.refusal(of: sql) == (refused ? "table is taken" : nil))
  }

  @Test func claimsDoNotMoveOntoOthers() async throws {
    let database = try await confirmed()
    try await database.store.commit(try SQLiteUnits.confirming("b-2", ["T2"], at: 0))
    try await database.store.commit(try SQLiteUnits.confirming("b-3", ["T1"], at: 90))
    for change in [
      "table_number = 'T1' WHERE booking_id = 'b-2'", "window_end = window_end + 1 WHERE booking_id = 'b-1'",
      "window_start = window_start - 1 WHERE booking_id = 'b-3'",
      "kind = 'block', booking_id = NULL, group_id = 'x', table_number = 'T1' WHERE booking_id = 'b-2'",
    ] {
      #expect(try database.refusal(of: "UPDATE table_claims SET \(change)") == "table is taken", "\(change)")
    }
    #expect(
      try database.refusal(of: "UPDATE table_claims SET window_end = window_end - 1 WHERE booking_id = 'b-1'") == nil)
  }

  @Test func recordsOfTheRolloutAreAppendOnly() async throws {
    let database = try SQLiteTestDatabase()
    var write = RolloutWrite(expectedRevision: 0, state: RolloutState(), plan: nil, at: ManualClock.start)
    write.records = [RolloutRecord(.held, run: nil, by: .init(name: "ann", role: .admin), at: ManualClock.start)]
    _ = try await database.store.storeRollout(write)
    for change in ["UPDATE rollout_records SET actor = 'x'", "DELETE FROM rollout_records"] {
      #expect(try database.refusal(of: change) == "records of the rollout are append-only", "\(change)")
    }
  }

  @Test func eventsAreNotEditedAndCountersOnlyRise() async throws {
    let database = try await confirmed()
    try await database.store.append([ObservabilityEvent(.flags, "flag.changed", at: ManualClock.start)])
    #expect(try database.refusal(of: "UPDATE observability_events SET context = '{}'") == "events are append-only")
    #expect(try database.refusal(of: "DELETE FROM observability_events") == nil)
    #expect(try database.refusal(of: "UPDATE counters SET value = value") == "counters only rise")
  }

  private func confirmed() async throws -> SQLiteTestDatabase {
    let database = try SQLiteTestDatabase()
    try await database.store.commit(try SQLiteUnits.confirming("b-1", ["T1"], at: 0))
    return database
  }
}

/// Units for tests of this database alone.
enum SQLiteUnits {
  static func confirming(_ id: BookingID, _ tables: [TableNumber], at minute: Int) throws -> WriteUnit {
    let record = BookingRecord.sample(id: id, start: ManualClock.start.adding(minutes: 360 + minute))
    let mutation = try BookingMutation.sampleConfirmed(record, tables: tables)
    var unit = WriteUnit(label: "test")
    unit.bookings = [mutation]
    unit.claims = Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
    return unit
  }
}
