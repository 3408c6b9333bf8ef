import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@testable import SQLiteStore

/// What the database refuses of plans of days, whatever programs do above it.
@Suite struct DayPlanTests {
  private static let refusal = "a day plan changes by a step of its state only"

  private func database(_ state: DayPlanState) async throws -> SQLiteTestDatabase {
    let database = try SQLiteTestDatabase()
    try await add("p-1", state, to: database)
    return database
  }

  private func add(_ id: String, _ state: DayPlanState, to database: SQLiteTestDatabase) async throws {
    var unit = WriteUnit(label: "test")
    unit.dayPlan = .add(
      StoredDayPlan(
        id: id, restaurantID: "house", date: LocalDate(daysSinceEpoch: 20_000), cause: .request, state: state,
        moves: [],
        before: DayFigures(), after: DayFigures(), createdAt: ManualClock.start, createdBy: "ann"))
    try await database.store.commit(unit)
  }

  @Test(arguments: DayPlanState.allCases)
  func plansGoStepByStep(from state: DayPlanState) async throws {
    let allowed: [DayPlanState: Set<DayPlanState>] = [.ready: [.applied, .outdated], .applied: [.undone]]
    for next in DayPlanState.allCases {
      let database = try await database(state)
      let refusal = try database.refusal(of: "UPDATE day_plans SET state = '\(next.rawValue)'")
      #expect(refusal == (allowed[state]?.contains(next) == true ? nil : Self.refusal), "\(next)")
    }
  }

  @Test(arguments: [
    "id = 'p-2'", "restaurant_id = 'other'", "service_date = '2026-01-01'", "cause = 'block'", "moves = '[1]'",
    "figures_before = '{}'", "figures_after = '{}'", "move_count = 1", "created_at = 0", "created_by = 'x'",
    "is_automatic = 1",
  ])
  func nothingElseOfAPlanChanges(_ change: String) async throws {
    let database = try await database(.ready)
    #expect(try database.refusal(of: "UPDATE day_plans SET \(change)") == Self.refusal)
    #expect(try database.refusal(of: "UPDATE day_plans SET state = 'applied', \(change)") == Self.refusal)
    #expect(try database.refusal(of: "UPDATE day_plans SET state = 'applied', decided_by = 'x'") == nil)
  }

  @Test func plansAreNotReplacedAndOneOfADayIsReady() async throws {
    let database = try await database(.ready)
    let replace = "INSERT OR REPLACE INTO day_plans SELECT * FROM day_plans"
    #expect(try database.refusal(of: replace) == "day plan exists")
    try database.execute("CREATE TABLE copy AS SELECT * FROM day_plans; UPDATE copy SET id = 'p-2'")
    #expect(
      try database.refusal(of: "INSERT INTO day_plans SELECT * FROM copy")
        == "UNIQUE constraint failed: day_plans.restaurant_id, day_plans.service_date")
  }

  @Test(arguments: ["cause = 'whim'", "state = 'lost'", "move_count = -1", "is_automatic = 2"])
  func wordsAndCountsThatAreNoneAreRefused(_ change: String) async throws {
    let database = try await database(.applied)
    try database.execute("CREATE TABLE copy AS SELECT * FROM day_plans; UPDATE copy SET id = 'p-2', \(change)")
    let refusal = try database.refusal(of: "INSERT INTO day_plans SELECT * FROM copy")
    #expect(refusal?.hasPrefix("CHECK constraint failed") == true, "\(refusal ?? "not refused")")
  }

  /// The sweep looks every minute.
  @Test func oldPlansAndLongWaitingDaysAreFoundByTheirIndex() throws {
    let database = try SQLiteTestDatabase()
    let old = try database.plan(PruneSQL.delete(.dayPlans))
    #expect(old.contains { $0.contains("day_plans_by_date (service_date<?)") }, "\(old)")
    let waiting = try database.plan(ReplanSQL.waiting)
    #expect(waiting.contains { $0.contains("day_replans_by_time") }, "\(waiting)")
  }
}
