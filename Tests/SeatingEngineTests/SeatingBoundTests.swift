import BookingDomain
import SeatingEngine
import Testing

/// The upper bound on a day's seated bookings.
struct SeatingBoundTests {
  /// The most bookings that any plan seats, by trying all.
  private static func most(
    _ bookings: ArraySlice<PlanBooking>, _ rules: PlanRules, taken: [(table: TableNumber, window: TimeWindow)]
  ) -> Int {
    guard let booking = bookings.first else { return 0 }
    var best = most(bookings.dropFirst(), rules, taken: taken)
    let block = booking.slot.block
    for tables in rules.allowed(
      party: booking.party, host: booking.extraChairs, accessible: booking.wishes.needsAccessibleTable)
    where !taken.contains(where: { tables.contains($0.table) && $0.window.overlaps(block) }) {
      let more = taken + tables.map { ($0, block) }
      best = max(best, 1 + most(bookings.dropFirst(), rules, taken: more))
    }
    return best
  }

  @Test("no plan seats more than the bound", arguments: 1...25)
  func valid(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 4)
    let floor = CompiledFloor(restaurant: restaurant)
    let bookings = (0..<6).map { index in
      let question = house.question()
      let start = 1_080 + (question.party * 37) % 90
      return PlanBooking(
        id: BookingID("\(index)"), party: question.party, slot: TestHouse.slot(start, start + 95),
        wishes: question.wishes, extraChairs: question.extraChairs, now: question.now)
    }
    let bound = SeatingBound(floor: floor).seats(bookings)
    #expect(bound >= Self.most(bookings[...], PlanRules(restaurant: restaurant), taken: []))
    #expect(bound <= bookings.count)
  }

  @Test("tables that are claimed do not count")
  func claims() {
    let floor = TestHouse.floor([TestHouse.table("1", 2), TestHouse.table("2", 2)])
    let bookings = (0..<3).map { index in
      PlanBooking(id: BookingID("\(index)"), party: 2, slot: TestHouse.slot(), now: TestHouse.early)
    }
    #expect(SeatingBound(floor: floor).seats(bookings) == 2)
    let claim = SnapshotClaim(table: "2", window: TestHouse.window(1_100, 1_200))
    #expect(SeatingBound(floor: floor, claims: [claim]).seats(bookings) == 1)
  }
}
