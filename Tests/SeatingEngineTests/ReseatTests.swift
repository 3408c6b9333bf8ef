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

  @Test("of those in the way some can move and some cannot: looks on until it finds the first, moving alone")
  func directMoves() {
    let tables = [TestHouse.table("1", 2), TestHouse.table("2", 2, zone: "Terrace"), TestHouse.table("3", 2)]
    let planner = DayPlanner(floor: TestHouse.floor(tables))
    let claims = [
      SnapshotClaim(table: "2", window: TestHouse.window(1_050, 1_110)),
      SnapshotClaim(table: "3", window: TestHouse.window(1_110, 1_200)),
      SnapshotClaim(table: "1", window: TestHouse.window(1_290, 1_320)),
    ]
    var late = Self.booking("late", 2, 1_230, 1_320)
    late.wishes.zone = "Terrace"
    // "early" can sit at table 1 only; "late" at 2 or 3; for the last, 2 must be made free.
    let bookings = [Self.booking("early", 2, 1_080, 1_200), late, Self.booking("last", 2, 1_140, 1_260)]
    let plan = planner.plan(bookings, mode: .reseat, claims: claims, limits: SearchLimits(effort: 0))
    #expect(plan.assignments.map(\.tables) == [["1"], ["3"], ["2"]])
  }

  @Test("valid with more starts than are told apart")
  func manyStarts() throws {
    let seats = [2, 2, 2, 4, 4, 6]
    let restaurant = TestHouse.restaurant(seats.enumerated().map { TestHouse.table(TableNumber("\($0)"), $1) })
    let bookings = (0..<1_060).map { index in
      let start = index * 7 % 1_061
      return Self.booking(BookingID("\(index)"), 1 + index * 5 % 6, start, start + 3 + index % 6)
    }
    for mode in [PlanMode.reseat, .day] {
      let plan = DayPlanner(floor: CompiledFloor(restaurant: restaurant)).plan(
        bookings, mode: mode, limits: SearchLimits(effort: 0.0005))
      try PlanRules(restaurant: restaurant).expectValid(plan, bookings)
      #expect(plan.seated > 400 && !plan.isOptimal)
    }
  }

  @Test("what is seen too coarsely is not proven")
  func manyStartsAtOneTable() {
    let planner = DayPlanner(floor: TestHouse.floor([TestHouse.table("1", 2)]))
    let bookings = (0..<1_100).map { Self.booking(BookingID("\($0)"), 2, $0, $0 + 1) }
    let plan = planner.plan(bookings, mode: .day, limits: SearchLimits(effort: 0))
    #expect(plan.bound == 1_100)
    #expect(plan.seated < 1_100 && !plan.isOptimal, "all fit one after the other, but starts are merged in pairs")
  }

  @Test("on a very large floor it seats whom online seats")
  func veryLarge() {
    let planner = DayPlanner(
      floor: TestHouse.floor((1...121).map { TestHouse.table(TableNumber("\($0)"), 2 + $0 % 3) }))
    let bookings = (0..<260).map {
      Self.booking(BookingID("\($0)"), 1 + $0 % 4, 1_080 + $0 * 37 % 90, 1_170 + $0 * 53 % 90)
    }
    let plan = planner.plan(bookings, mode: .reseat, limits: SearchLimits(effort: 0))
    let online = planner.plan(bookings, mode: .online)
    #expect(plan.assignments.map(\.bookingID) == online.assignments.map(\.bookingID))
    #expect(!plan.unseated.isEmpty)
  }

  @Test("nobody accepted is dropped for those after", arguments: 1...12)
  func keepsAll(seed: UInt64) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 7)
    let planner = DayPlanner(floor: CompiledFloor(restaurant: restaurant))
    let bookings = house.bookings(36)
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
