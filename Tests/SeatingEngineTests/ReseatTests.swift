import BookingDomain
import SeatingEngine
import Testing

/// `reseat` mode: in order, but those accepted may change tables.
struct ReseatTests {
  private static let quick = SearchLimits(effort: 0.02)

  private static func booking(_ id: BookingID, _ party: Int, _ from: Int, _ until: Int) -> PlanBooking {
    PlanBooking(id: id, party: party, slot: TestHouse.slot(from, until), now: TestHouse.early)
  }

  @Test("makes room by moving those accepted")
  func moves() {
    let tables = [TestHouse.table("1", 2), TestHouse.table("2", 2)]
    let planner = DayPlanner(floor: TestHouse.floor(tables))
    // Whatever tables a to d get, one of the last two needs a move unless the first four were lucky.
    let bookings = [
      Self.booking("a", 2, 1_080, 1_140), Self.booking("b", 2, 1_200, 1_260), Self.booking("c", 2, 1_100, 1_200),
      Self.booking("d", 2, 1_140, 1_200), Self.booking("e", 2, 1_200, 1_300),
    ]
    let plan = planner.plan(bookings, mode: .reseat, limits: Self.quick)
    #expect(plan.unseated.isEmpty)
  }

  @Test("nobody accepted is dropped for those after", arguments: 1...12)
  func keepsAll(seed: UInt64) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 7)
    let planner = DayPlanner(floor: CompiledFloor(restaurant: restaurant))
    let bookings = (0..<36).map { index in
      let question = house.question()
      return PlanBooking(
        id: BookingID("\(index)"), party: question.party, slot: question.slot, wishes: question.wishes,
        extraChairs: question.extraChairs, now: question.now)
    }
    var accepted: Set<BookingID> = []
    for count in stride(from: 4, through: bookings.count, by: 8) {
      let known = Array(bookings.prefix(count))
      let plan = planner.plan(known, mode: .reseat, limits: Self.quick)
      try PlanRules(restaurant: restaurant).expectValid(plan, known)
      #expect(accepted.isSubset(of: plan.assignments.map(\.bookingID)))
      accepted = Set(plan.assignments.map(\.bookingID))
    }
  }

  @Test("on a small floor a booking is refused only if no seating of all would hold it", arguments: 1...15)
  func complete(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 4)
    let planner = DayPlanner(floor: CompiledFloor(restaurant: restaurant))
    let bookings = (0..<6).map { index in
      let party = house.question().party % 5 + 1
      return Self.booking(BookingID("\(index)"), party, 1_080 + party * 37 % 90, 1_180 + party * 37 % 90)
    }
    let plan = planner.plan(bookings, mode: .reseat, limits: Self.quick)
    var accepted: [PlanBooking] = []
    for booking in bookings {
      let day = BruteForceDay(restaurant: restaurant, bookings: accepted + [booking])
      if day.best()[0] == accepted.count + 1 { accepted.append(booking) }
    }
    #expect(Set(plan.assignments.map(\.bookingID)) == Set(accepted.map(\.id)))
  }

  @Test("ended early, it goes on in order without moves")
  func interrupted() throws {
    var house = RandomHouse(seed: 5)
    let restaurant = house.restaurant(tables: 6)
    let bookings = (0..<30).map { Self.booking(BookingID("\($0)"), 1 + $0 % 6, 1_080 + $0 * 7 % 120, 1_220) }
    let plan = DayPlanner(floor: CompiledFloor(restaurant: restaurant)).plan(
      bookings, mode: .reseat, limits: SearchLimits(isOver: { true }))
    try PlanRules(restaurant: restaurant).expectValid(plan, bookings)
    #expect(plan.seated >= 1)
  }
}
