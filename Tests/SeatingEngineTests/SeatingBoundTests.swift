import BookingDomain
import SeatingEngine
import Testing

/// The upper bound on a day's seated bookings.
struct SeatingBoundTests {
  @Test("no plan seats more than the bound", arguments: 1...25)
  func valid(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 4)
    let floor = CompiledFloor(restaurant: restaurant)
    let bookings = house.bookings(6) { _, party in 1_080 + (party * 37) % 90 }
    let bound = SeatingBound(floor: floor).seats(bookings)
    #expect(bound >= BruteForceDay(restaurant: restaurant, bookings: bookings).best()[0])
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
