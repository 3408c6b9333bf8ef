import BookingDomain
import SeatingEngine
import Testing

/// Small days: the best plan, and the proof that it is.
struct ExactDayTests {
  /// Enough for the first round of annealing; from then on it is exact.
  private static let limits = SearchLimits(threads: 1, effort: 0.015)

  private static func value(_ plan: DayPlan) -> [Int] {
    [plan.seated, plan.covers, -plan.spareSeats - 3 * plan.extraTables]
  }

  private static func day(_ seed: UInt64) -> BruteForceDay {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 5)
    let bookings = house.bookings(7) { index, party in 1_080 + (party * 37 + index * 15) % 120 }
    return BruteForceDay(restaurant: restaurant, bookings: bookings)
  }

  @Test("what is said to be optimal is, and small days are", arguments: 1...12)
  func optimal(seed: UInt64) {
    let day = Self.day(seed)
    let plan = DayPlanner(floor: CompiledFloor(restaurant: day.restaurant)).plan(
      day.bookings, mode: .day, limits: Self.limits)
    #expect(plan.isOptimal)
    #expect(Self.value(plan) == day.best())
    #expect(plan.bound == plan.seated && plan.coversBound == plan.covers)
  }

  @Test("tables that only some pairs of can be joined are told apart where it matters")
  func joins() throws {
    // Types promise two pairs; but 2 is needed for both.
    let tables = (1...3).map { TestHouse.table(TableNumber("\($0)"), 4) } + [TestHouse.table("4", 4, zone: "Terrace")]
    let restaurant = TestHouse.restaurant(tables, adjacency: [("1", "2"), ("2", "3")])
    let bookings = (0..<2).map {
      PlanBooking(id: BookingID("\($0)"), party: 8, slot: TestHouse.slot(), now: TestHouse.early)
    }
    let plan = DayPlanner(floor: CompiledFloor(restaurant: restaurant)).plan(bookings, mode: .day, limits: Self.limits)
    #expect(plan.isOptimal)
    #expect(plan.seated == 1)
  }

  @Test("tables that are claimed for a while are valid and proven", arguments: 1...8)
  func claims(seed: UInt64) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 6)
    let bookings = house.bookings(25)
    let claims = house.claims(6, on: restaurant).map {
      SnapshotClaim(table: $0.0, window: TestHouse.window($0.1, $0.2))
    }
    let planner = DayPlanner(floor: CompiledFloor(restaurant: restaurant))
    let plan = planner.plan(bookings, mode: .day, claims: claims, limits: Self.limits)
    try PlanRules(restaurant: restaurant).expectValid(plan, bookings, claims: claims)
    #expect(plan.isOptimal)
    #expect(planner.plan(bookings, mode: .day, claims: claims, limits: Self.limits).assignments == plan.assignments)
  }

  @Test("no plan that seats as many has more covers than the bound", arguments: 1...10)
  func covers(seed: UInt64) {
    let day = Self.day(seed)
    let best = day.best()
    let bound = SeatingBound(floor: CompiledFloor(restaurant: day.restaurant)).covers(day.bookings, seated: best[0])
    #expect(bound >= best[1])
    #expect(bound <= day.bookings.reduce(0) { $0 + $1.party })
  }

  @Test("ended before it begins, it proves nothing")
  func interrupted() {
    let day = Self.day(3)
    let plan = DayPlanner(floor: CompiledFloor(restaurant: day.restaurant)).plan(
      day.bookings, mode: .day, limits: SearchLimits(effort: nil, isOver: { true }))
    #expect(!plan.isOptimal)
  }
}
