import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PostgresClient
import PostgresStore
import Rollout
import Testing

/// What the database itself refuses, whatever programs do above it.
@Suite struct SchemaTests {
  private static let windows = "'2026-12-04 18:00+00', '2026-12-04 19:30+00'"

  private static func claim(
    _ kind: String, group: String?, expires: String = "NULL", from: String = "18:00", to: String = "19:30"
  ) -> String {
    """
    INSERT INTO table_claims (restaurant_id, table_number, kind, window_start, window_end, group_id, expires_at)
    VALUES ('house', 'T1', '\(kind)', '2026-12-04 \(from)+00', '2026-12-04 \(to)+00',
      \(group.map { "'\($0)'" } ?? "NULL"), \(expires))
    """
  }

  @Test func history_edited_deletedOrEmptied_isRefused() async throws {
    let bench = try await confirmedBooking()
    for sql in [
      "UPDATE booking_assignment_state_history SET actor = 'x'", "DELETE FROM booking_assignment_state_history",
      "TRUNCATE booking_assignment_state_history",
    ] {
      let code = try await bench.refusal(of: sql)
      #expect(code == "HW100", "\(sql)")
    }
  }

  @Test func history_withAGap_isRefused() async throws {
    let bench = try await confirmedBooking()
    let code = try await bench.refusal(
      of: """
        INSERT INTO booking_assignment_state_history
          (restaurant_id, booking_id, version, from_state, to_state, mode, actor, cause, metadata, created_at)
        VALUES ('house', 'b-1', 8, 'confirmed', 'failed', 'v3', 'x', 'x', '{}', now())
        """)
    #expect(code == "HW100")
  }

  @Test(arguments: [
    "UPDATE bookings SET assignment_state = 'failed', assignment_state_version = assignment_state_version + 1",
    "UPDATE bookings SET assignment_state = 'failed'", "UPDATE bookings SET party_size = 9",
    "UPDATE bookings SET id = 'b-9', assignment_state_version = assignment_state_version + 1",
  ])
  func booking_changedWithoutItsHistory_isRefused(_ sql: String) async throws {
    let bench = try await confirmedBooking()
    let code = try await bench.refusal(of: sql)
    #expect(code == "HW100")
  }

  @Test func claims_overlapping_areRefusedUnlessBothAreBlocks() async throws {
    let bench = try await PostgresStoreBench()
    let hold = Self.claim("hold", group: "h-1", expires: "now() + interval '1 hour'")
    let block = Self.claim("block", group: "x-1")
    try await bench.execute(hold)
    let twice = try await bench.refusal(of: hold)
    let under = try await bench.refusal(of: block)
    #expect(twice == "23P01")
    #expect(under == "23P01")
    try await bench.execute("DELETE FROM table_claims; \(block); \(Self.claim("block", group: "x-2"))")
    let party = try await bench.refusal(of: hold)
    #expect(party == "23P01")
    // Half-open: what begins when the other ends is no conflict.
    let next = Self.claim("hold", group: "h-2", expires: "now()", from: "19:30", to: "20:30")
    let code = try await bench.refusal(of: next)
    #expect(code == nil)
  }

  @Test func claims_movedOrTurnedIntoAnother_areRefusedWhenTheyOverlap() async throws {
    let bench = try await PostgresStoreBench()
    try await bench.execute(Self.claim("hold", group: "h-1", expires: "now()"))
    try await bench.execute(Self.claim("hold", group: "h-2", expires: "now()", from: "20:00", to: "21:00"))
    let moved = try await bench.refusal(
      of: "UPDATE table_claims SET window_start = '2026-12-04 19:00+00' WHERE group_id = 'h-2'")
    #expect(moved == "23P01")
    try await bench.execute("DELETE FROM table_claims")
    try await bench.execute(Self.claim("block", group: "x-1"))
    try await bench.execute(Self.claim("block", group: "x-2"))
    let turned = try await bench.refusal(
      of: "UPDATE table_claims SET kind = 'hold', expires_at = now() WHERE group_id = 'x-2'")
    #expect(turned == "23P01")
  }

  @Test func counters_loweredOrRepeated_areRefused() async throws {
    let bench = try await PostgresStoreBench()
    let code = try await bench.refusal(of: "UPDATE counters SET value = value WHERE name = 'flags_epoch'")
    #expect(code == "HW100")
  }

  @Test func events_edited_areRefused() async throws {
    let bench = try await PostgresStoreBench()
    try await bench.store.append([ObservabilityEvent(.coordinator, "coordinator.start", at: bench.clock.now())])
    let code = try await bench.refusal(of: "UPDATE observability_events SET context = '{}'")
    #expect(code == "HW100")
  }

  @Test func recordsOfTheRollout_editedOrDeleted_areRefused() async throws {
    let bench = try await PostgresStoreBench()
    var write = RolloutWrite(expectedRevision: 0, state: RolloutState(), plan: nil, at: bench.clock.now())
    write.records = [RolloutRecord(.held, run: nil, by: .init(name: "ann", role: .admin), at: bench.clock.now())]
    _ = try await bench.store.storeRollout(write)
    for change in ["UPDATE rollout_records SET actor = 'x'", "DELETE FROM rollout_records"] {
      #expect(try await bench.refusal(of: change) == "HW100", "\(change)")
    }
  }

  private func confirmedBooking() async throws -> PostgresStoreBench {
    let bench = try await PostgresStoreBench()
    let record = BookingRecord.sample(
      id: "b-1", start: bench.clock.now().adding(minutes: 360), minutes: 90, createdAt: bench.clock.now())
    let mutation = try BookingMutation.sampleConfirmed(record, tables: ["T1"], at: bench.clock.now())
    var unit = WriteUnit(label: "test")
    unit.bookings = [mutation]
    unit.claims = Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
    try await bench.store.commit(unit)
    return bench
  }
}
