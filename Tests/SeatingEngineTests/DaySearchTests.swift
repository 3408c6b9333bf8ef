import BookingDomain
import SeatingEngine
import Synchronization
import Testing

/// `day` mode: bookings known at once, seated together.
struct DaySearchTests {
  private static let quick = SearchLimits(effort: 0.004)

  /// A day of few tables on which bookings press.
  private static func day(_ seed: UInt64, bookings count: Int = 7) -> BruteForceDay {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 4)
    let bookings = house.bookings(count) { index, party in 1_080 + (party * 37 + index * 15) % 120 }
    return BruteForceDay(restaurant: restaurant, bookings: bookings)
  }

  @Test(
    "finds the best plan of small days: bookings, then covers, then spare seats and extra tables", arguments: 1...25)
  func best(seed: UInt64) {
    let day = Self.day(seed)
    let plan = DayPlanner(floor: CompiledFloor(restaurant: day.restaurant)).plan(
      day.bookings, mode: .day, limits: Self.quick)
    #expect([plan.seated, plan.covers, -plan.spareSeats - 3 * plan.extraTables] == day.best())
    #expect(plan.bound >= plan.seated)
  }

  @Test("the same seed gives the same plan", arguments: 1...5)
  func deterministic(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let planner = DayPlanner(floor: CompiledFloor(restaurant: house.restaurant(tables: 9)))
    let bookings = house.bookings(50)
    let limits = SearchLimits(seed: seed, threads: 3, effort: 0.002)
    let first = planner.plan(bookings, mode: .day, limits: limits)
    #expect(planner.plan(bookings, mode: .day, limits: limits).assignments == first.assignments)
  }

  @Test("more effort never gives a worse plan", arguments: 1...3)
  func anytime(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let planner = DayPlanner(floor: CompiledFloor(restaurant: house.restaurant(tables: 9)))
    let bookings = house.bookings(45)
    var before = [0, 0, Int.min]
    for effort in [0, 0.0002, 0.001, 0.005] {
      let plan = planner.plan(bookings, mode: .day, limits: SearchLimits(threads: 1, effort: effort))
      let value = [plan.seated, plan.covers, -plan.spareSeats - 3 * plan.extraTables]
      #expect(!value.lexicographicallyPrecedes(before))
      before = value
    }
  }

  @Test("ended at any moment, it has a valid plan", arguments: [0, 1, 2, 7, 40], [UInt64(3), 4])
  func interrupted(after moments: Int, seed: UInt64) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 8)
    let bookings = house.bookings(40)
    let asked = Counter()
    let plan = DayPlanner(floor: CompiledFloor(restaurant: restaurant)).plan(
      bookings, mode: .day, limits: SearchLimits(effort: nil, isOver: { asked.next() > moments }))
    try PlanRules(restaurant: restaurant).expectValid(plan, bookings)
  }

  @Test("valid on days with more starts than fit into a word, and as good as in order", arguments: 1...2)
  func oddMinutes(seed: UInt64) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 8)
    let bookings = house.bookings(120)
    #expect(Set(bookings.map(\.slot.block.start)).count > 64)
    let planner = DayPlanner(floor: CompiledFloor(restaurant: restaurant))
    let plan = planner.plan(bookings, mode: .day, limits: Self.quick)
    try PlanRules(restaurant: restaurant).expectValid(plan, bookings)
    #expect(plan.seated >= planner.plan(bookings, mode: .online).seated)
  }

  @Test("bookings that no table could take change nothing", arguments: 1...4)
  func unseatable(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let planner = DayPlanner(floor: CompiledFloor(restaurant: house.restaurant(tables: 8)))
    let bookings = house.bookings(40)
    let tooLarge = (0..<200).map {
      PlanBooking(id: BookingID("large \($0)"), party: 99, slot: TestHouse.slot(), now: TestHouse.early)
    }
    let plan = planner.plan(bookings, mode: .day, limits: Self.quick)
    let crowded = planner.plan(tooLarge + bookings, mode: .day, limits: Self.quick)
    #expect(crowded.assignments == plan.assignments)
    #expect(crowded.unseated.count == 200 + plan.unseated.count)
  }

  @Test("tables taken before stay taken", arguments: 1...10)
  func claims(seed: UInt64) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 6)
    let bookings = house.bookings(30)
    let claims = house.claims(12, on: restaurant).map {
      SnapshotClaim(table: $0.0, window: TestHouse.window($0.1, $0.2))
    }
    let plan = DayPlanner(floor: CompiledFloor(restaurant: restaurant)).plan(
      bookings, mode: .day, claims: claims, limits: Self.quick)
    try PlanRules(restaurant: restaurant).expectValid(plan, bookings, claims: claims)
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
  }
}
