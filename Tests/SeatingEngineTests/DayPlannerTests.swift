import BookingDomain
import SeatingEngine
import Testing

/// A day's bookings in file order.
struct DayPlannerTests {
  private static func booking(_ id: BookingID, _ party: Int, _ from: Int = 1_140) -> PlanBooking {
    PlanBooking(id: id, party: party, slot: TestHouse.slot(from, from + 90), now: TestHouse.early)
  }

  @Test("never double booked, all valid, summary right", arguments: 1...15, PlanMode.allCases)
  func valid(seed: UInt64, mode: PlanMode) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 9)
    let bookings = house.bookings(40)
    let day = DayPlanner(floor: CompiledFloor(restaurant: restaurant)).plan(
      bookings, mode: mode, limits: SearchLimits(effort: 0.002))
    try PlanRules(restaurant: restaurant).expectValid(day, bookings, keepsAccessible: mode != .legacy)
    let byID = Dictionary(uniqueKeysWithValues: bookings.map { ($0.id, $0) })
    #expect(day.covers == day.assignments.reduce(0) { $0 + (byID[$1.bookingID]?.party ?? 0) })
    #expect(day.bound >= day.seated && day.bound <= bookings.count)
    #expect(day.gap >= 0 && day.gap <= 1)
  }

  @Test("an empty day is an empty plan", arguments: PlanMode.allCases)
  func empty(mode: PlanMode) {
    let day = DayPlanner(floor: TestHouse.floor([TestHouse.table("1", 4)])).plan([], mode: mode)
    #expect(day.assignments.isEmpty && day.unseated.isEmpty && day.bound == 0 && day.gap == 0)
  }

  @Test(
    "accessible tables are kept for those who need them, unless it is late",
    arguments: [PlanMode.online, .reseat, .day])
  func accessible(mode: PlanMode) {
    let planner = DayPlanner(floor: TestHouse.floor([TestHouse.table("1", 4, tags: ["accessible"])]))
    var booking = Self.booking("a", 2)
    let early = planner.plan([booking], mode: mode, limits: SearchLimits(effort: 0.002))
    #expect(early.unseated.map(\.reason) == [.noTable])
    #expect(early.bound == 0)
    booking.now = TestHouse.midnight.adding(minutes: 1_140 - 120)
    #expect(planner.plan([booking], mode: mode, limits: SearchLimits(effort: 0.002)).seated == 1)
    booking.now = TestHouse.early
    booking.wishes.needs = [.accessible]
    #expect(planner.plan([booking], mode: mode, limits: SearchLimits(effort: 0.002)).seated == 1)
  }

  @Test("each booking is decided on what came before")
  func inOrder() {
    let planner = DayPlanner(floor: TestHouse.floor([TestHouse.table("1", 4)]))
    let day = planner.plan([Self.booking("a", 2), Self.booking("b", 4), Self.booking("c", 2, 1_230)], mode: .online)
    #expect(day.assignments.map(\.bookingID) == ["a", "c"])
    #expect(day.unseated == [DayPlan.Unseated(bookingID: "b", reason: .noTable)])
    #expect(day.bound == 2)
  }

  @Test("what the floor could never take has its reason")
  func neverFits() {
    let planner = DayPlanner(floor: TestHouse.floor([TestHouse.table("1", 4, min: 2)]))
    let day = planner.plan([Self.booking("a", 9), Self.booking("b", 1)], mode: .online)
    #expect(day.unseated.map(\.reason) == [.partyTooLarge, .partyTooSmall])
    #expect(day.bound == 0)
    #expect(day.gap == 0)
  }

  @Test("a booking that fits somewhere is always seated", arguments: 1...10)
  func neverRefuses(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 6)
    let floor = CompiledFloor(restaurant: restaurant)
    let bookings = house.bookings(30)
    let day = DayPlanner(floor: floor).plan(bookings, mode: .online, recording: true)
    #expect(day.records.count == bookings.count)
    let unseated = Set(day.unseated.map(\.bookingID))
    for record in day.records where unseated.contains(record.question.bookingID) {
      #expect(record.ranking.consideredCount == 0)
    }
  }

  @Test("records of a day replay to the same answer")
  func recordsReplay() throws {
    var house = RandomHouse(seed: 77)
    let floor = CompiledFloor(restaurant: house.restaurant(tables: 8))
    let day = DayPlanner(floor: floor).plan(house.bookings(25), mode: .online, recording: true)
    for record in day.records { #expect(try record.isReproduced(floor: floor)) }
  }

  @Test("tables taken before the first booking stay taken")
  func blocks() {
    let planner = DayPlanner(floor: TestHouse.floor([TestHouse.table("1", 4)]))
    let claim = SnapshotClaim(table: "1", window: TestHouse.window(1_100, 1_141))
    #expect(planner.plan([Self.booking("a", 2)], mode: .online, claims: [claim]).seated == 0)
  }

  @Test("an empty day is a plan")
  func emptyDay() {
    let day = DayPlanner(floor: TestHouse.floor([])).plan([], mode: .online)
    #expect(day.seated == 0 && day.bound == 0 && day.gap == 0)
  }
}
