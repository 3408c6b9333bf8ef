import BookingDomain
import SeatingEngine

/// Restaurants, questions and times for tests.
enum TestHouse {
  static let date = LocalDate(daysSinceEpoch: 20_791)
  static let midnight = Timestamp(seconds: Int64(date.daysSinceEpoch) * 86_400)
  static let day = TimeWindow(start: midnight, end: midnight.adding(minutes: 1_440))
  /// The day before, so that accessible tables are still kept.
  static let early = midnight.adding(minutes: -720)

  static func window(_ from: Int, _ until: Int) -> TimeWindow {
    TimeWindow(start: midnight.adding(minutes: from), end: midnight.adding(minutes: until))
  }

  static func restaurant(
    _ tables: [DiningTable], adjacency: [(TableNumber, TableNumber)] = [], named: [NamedCombination] = [],
    combining: CombiningPolicy = CombiningPolicy(), demand: [DemandExpectation] = [],
    periods: [ServicePeriod] = [], acceptsUntil: Int = 120, zones: [String] = ["Room", "Terrace"]
  ) -> Restaurant {
    Restaurant(
      id: "test", name: "Test", calendar: utc, openingHours: [], servicePeriods: periods, combining: combining,
      accessibleTablesKeptUntilMinutes: acceptsUntil, demand: demand,
      floor: FloorPlan(
        zones: zones.map { Zone(name: $0) }, tables: tables, adjacency: adjacency.map { TablePair($0.0, $0.1) },
        combinations: named))
  }

  static func floor(
    _ tables: [DiningTable], adjacency: [(TableNumber, TableNumber)] = [], named: [NamedCombination] = [],
    combining: CombiningPolicy = CombiningPolicy(), acceptsUntil: Int = 120
  ) -> CompiledFloor {
    CompiledFloor(
      restaurant: restaurant(
        tables, adjacency: adjacency, named: named, combining: combining, acceptsUntil: acceptsUntil))
  }

  static func table(
    _ number: TableNumber, _ capacity: Int, zone: String = "Room", min: Int? = nil, max: Int? = nil,
    fixed: Bool = false, tags: Set<String> = [], priority: Int = 0, active: Bool = true
  ) -> DiningTable {
    DiningTable(
      number: number, zone: zone, capacity: capacity, minParty: min, maxParty: max,
      mobility: fixed ? .fixed : .movable, tags: tags, priority: priority, isActive: active)
  }

  static func slot(_ from: Int = 1_140, _ until: Int = 1_230, service: String? = nil) -> ServiceSlot {
    ServiceSlot(
      service: service, serviceDate: date, dining: window(from, until), block: window(from, until))
  }

  static func question(
    _ party: Int, from: Int = 1_140, until: Int = 1_230, wishes: SeatingWishes = SeatingWishes(), host: Bool = false,
    now: Timestamp = early, service: String? = nil
  ) -> SeatingQuestion {
    SeatingQuestion(
      bookingID: "b", party: party, slot: slot(from, until, service: service), wishes: wishes, extraChairs: host,
      now: now)
  }

  static func snapshot(
    _ floor: CompiledFloor, taken: [(TableNumber, Int, Int)] = [], waiting: [WaitingParty] = [],
    past: PastSuccess = .none
  ) -> AvailabilitySnapshot {
    AvailabilitySnapshot(
      floor: floor, span: day, claims: taken.map { SnapshotClaim(table: $0.0, window: window($0.1, $0.2)) },
      waiting: waiting, pastSuccess: past)
  }

  static func rank(
    _ question: SeatingQuestion, _ floor: CompiledFloor, taken: [(TableNumber, Int, Int)] = [],
    waiting: [WaitingParty] = [], past: PastSuccess = .none, limit: Int = 100
  ) -> PlanRanking {
    SmartAssignmentEngine(floor: floor, demand: DemandForecast(restaurant: floor.restaurant)).rank(
      question, in: snapshot(floor, taken: taken, waiting: waiting, past: past), limit: limit)
  }

  private static let utc = RestaurantCalendar(identifier: "UTC")!
}

extension PlanRanking {
  /// The tables of each plan, best first.
  var choices: [[TableNumber]] { plans.map(\.tables) }
}
