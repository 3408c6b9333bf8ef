import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

/// Random evenings of pipeline and people: whatever they do in whatever order, nothing happens that must not.
@Suite struct DeskStormTests {
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `a random evening keeps every invariant`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let buffers = Buffers(beforeMinutes: 5, afterMinutes: 10)
    let harness = try await DeskHarness(.sample(tables: Array(Restaurant.sampleTables.prefix(6)), buffers: buffers))
    harness.clock.set(DeskHarness.evening(-90))
    for number in 0..<12 {
      let new = DeskHarness.new(
        BookingID("b-\(number)"), party: Int.random(in: 1...5, using: &random),
        at: 15 * Int.random(in: -4...8, using: &random))
      _ = try await harness.bookings.create(new, DeskHarness.byGuest)
    }
    for _ in 0..<120 {
      harness.clock.advance(by: .seconds(Int.random(in: 0...120, using: &random)))
      let result = await step(harness, &random)
      #expect(result != "storage_unavailable")
      try await expectClaimsMatch(harness)
    }
    await harness.pipeline.worker.runOnce(limit: 50)
    try await harness.expectSound()
  }

  private func step(_ harness: DeskHarness, _ random: inout SeededRandom) async -> String {
    let id = BookingID("b-\(Int.random(in: 0..<12, using: &random))")
    let other = BookingID("b-\(Int.random(in: 0..<12, using: &random))")
    let first = Int.random(in: 1...6, using: &random)
    let tables = [TableNumber("T\(first)")] + (Bool.random(using: &random) ? [] : [TableNumber("T\(first % 6 + 1)")])
    let minutes = 15 * Int.random(in: -2...8, using: &random)
    let (bookings, review, request) = (harness.bookings, harness.review, DeskHarness.byHost)
    switch Int.random(in: 0..<20, using: &random) {
    case 0...2:
      await harness.pipeline.worker.runOnce()
      return "worked"
    case 3:
      let change = BookingChange(
        party: 1 + first, start: DeskHarness.evening(minutes),
        onNoTable: Bool.random(using: &random) ? .review : .refuse)
      return await outcome { try await bookings.change(id, change, request) }
    case 4, 5: return await outcome { try await bookings.move(id, to: tables, request) }
    case 6: return await outcome { try await bookings.squeeze(id, onto: tables, request) }
    case 7: return await code { _ = try await bookings.swap(id, other, request) }
    case 8: return await outcome { try await bookings.cancel(id, request) }
    case 9, 10: return await outcome { try await bookings.seat(id, request) }
    case 11: return await outcome { try await bookings.complete(id, request) }
    case 12: return await outcome { try await bookings.noShow(id, request) }
    case 13: return await outcome { try await bookings.extend(id, request) }
    case 14, 15: return await outcome { try await bookings.undo(id, request) }
    case 16: return await outcome { try await review.forceConfirm(id, tables: tables, request) }
    case 17: return await outcome { try await review.requeue(id, request) }
    case 18: return await block(harness, tables, minutes)
    default:
      return await outcome {
        try await bookings.walkIn(NewWalkIn(restaurantID: "house", party: first), request)
      }
    }
  }

  private func block(_ harness: DeskHarness, _ tables: [TableNumber], _ minutes: Int) async -> String {
    let window = TimeWindow(start: DeskHarness.evening(minutes), end: DeskHarness.evening(minutes + 30))
    let new = NewBlock(restaurantID: "house", tables: tables, window: window, reason: "spill", displace: true)
    return await code { _ = try await harness.floor.block(new, DeskHarness.byHost) }
  }

  /// A party that is expected or seated has its block window claimed, on its tables and no others.
  private func expectClaimsMatch(_ harness: DeskHarness) async throws {
    var query = BookingQuery()
    query.restaurantID = "house"
    query.states = [.confirmed]
    query.statuses = [.confirmed, .seated]
    for booking in try await harness.store.bookings(query) {
      let claims = try await harness.claims(booking.id)
      #expect(claims.map(\.table) == booking.tables)
      #expect(claims.allSatisfy { $0.window == booking.slot.block })
    }
  }
}
