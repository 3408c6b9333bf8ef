import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PostgresClient
import Testing

@testable import PostgresStore

/// What the database refuses of plans of days, whatever programs do above it.
@Suite struct DayPlanTests {
  private func bench(_ state: DayPlanState) async throws -> PostgresStoreBench {
    let bench = try await PostgresStoreBench()
    try await bench.store.commit(adding("p-1", state))
    return bench
  }

  private func adding(_ id: String, _ state: DayPlanState) -> WriteUnit {
    var unit = WriteUnit(label: "test")
    unit.dayPlan = .add(
      StoredDayPlan(
        id: id, restaurantID: "house", date: LocalDate(daysSinceEpoch: 20_000), cause: .request, state: state,
        moves: [], before: DayFigures(), after: DayFigures(), createdAt: ManualClock.start, createdBy: "ann"))
    return unit
  }

  @Test(arguments: DayPlanState.allCases)
  func plan_thatTakesNoStep_isRefused(_ state: DayPlanState) async throws {
    let allowed: [DayPlanState: Set<DayPlanState>] = [.ready: [.applied, .outdated], .applied: [.undone]]
    let bench = try await bench(state)
    for next in DayPlanState.allCases {
      let code = try await bench.refusal(
        of: """
          BEGIN;
          UPDATE day_plans SET state = '\(next.rawValue)';
          ROLLBACK
          """)
      #expect(code == (allowed[state]?.contains(next) == true ? nil : "HW100"), "\(next)")
    }
  }

  @Test func plan_ofWhichMoreThanTheStateChanges_isRefused() async throws {
    let bench = try await bench(.ready)
    for change in [
      "id = 'p-2'", "restaurant_id = 'other'", "service_date = '2026-01-01'", "cause = 'block'", "moves = '[1]'",
      "figures_before = '{}'", "figures_after = '{}'", "move_count = 1", "created_at = now()", "created_by = 'x'",
      "is_automatic = true",
    ] {
      #expect(try await bench.refusal(of: "UPDATE day_plans SET \(change)") == "HW100", "\(change)")
      let step = try await bench.refusal(of: "UPDATE day_plans SET state = 'applied', \(change)")
      #expect(step == "HW100", "\(change)")
    }
    let step = try await bench.refusal(of: "UPDATE day_plans SET state = 'applied', decided_by = 'x'")
    #expect(step == nil)
  }

  @Test func secondReadyPlanOfADay_isRefused() async throws {
    let bench = try await bench(.ready)
    try await bench.execute("CREATE TABLE copy AS SELECT * FROM day_plans; UPDATE copy SET id = 'p-2'")
    #expect(try await bench.refusal(of: "INSERT INTO day_plans SELECT * FROM copy") == "23505")
  }

  @Test func plansThatSeveralProcessesAdd_areReadyOneAfterTheOther() async throws {
    let bench = try await PostgresStoreBench()
    let stores = [bench.store, try await PostgresStoreBench.open(bench.database, bench.clock)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        let unit = adding("p-\(number)", .ready)
        group.addTask { try await stores[number % 2].commit(unit) }
      }
      try await group.waitForAll()
    }
    let plans = try await bench.store.dayPlans("house", date: LocalDate(daysSinceEpoch: 20_000), limit: 100)
    #expect(plans.count == 60)
    #expect(plans.count { $0.state == .ready } == 1)
  }

  @Test func wordsAndCountsThatAreNone_areRefused() async throws {
    let bench = try await bench(.applied)
    try await bench.execute("CREATE TABLE copy AS SELECT * FROM day_plans; UPDATE copy SET id = 'p-2'")
    for (column, value) in [("cause", "'whim'"), ("state", "'lost'"), ("move_count", "-1")] {
      let code = try await bench.refusal(
        of:
          "INSERT INTO day_plans SELECT (jsonb_populate_record(c, jsonb_build_object('\(column)', \(value)))).* FROM copy AS c"
      )
      #expect(code == "23514", "\(column)")
    }
  }

  /// The transaction that confirms a booking must not get longer.
  @Test func unitWithoutPlans_hasNoStatementAboutThem() throws {
    #expect(try UnitPlan(WriteUnit(label: "test")).statements.isEmpty)
  }

  /// Else two processes could both make a plan ready, or wait for each other over days that they ask for.
  @Test func unitWithPlansOrReplans_locksTheFloorFirst() throws {
    let replan = Replan(
      restaurantID: "house", date: LocalDate(daysSinceEpoch: 20_000), cause: .block, askedAt: ManualClock.start)
    var asking = WriteUnit(label: "test")
    asking.replans = [replan, replan]
    var settling = WriteUnit(label: "test")
    settling.settledReplan = replan
    for (unit, count) in [(adding("p-1", .ready), 3), (adding("p-1", .outdated), 2), (asking, 2), (settling, 2)] {
      let statements = try UnitPlan(unit).statements
      #expect(statements.first?.sql == TransactionLock.exclusive)
      #expect(statements.count == count)
    }
  }

  /// The sweep looks every minute.
  @Test func oldPlans_areFoundByTheirIndex() async throws {
    let plan = try await PostgresStoreBench().plan(PruneSQL.delete(.dayPlans))
    #expect(plan.contains("day_plans_by_date"), "\(plan)")
  }
}
