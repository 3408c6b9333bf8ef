import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let dayPlanChecks: [ConformanceCheck] = [
    ConformanceCheck(
      "day plans: what is added is read whole, also after a restart, in its restaurant alone", addedPlan),
    ConformanceCheck("day plans: an id is added once", addedOnce),
    ConformanceCheck("day plans: those of a day come newest first, at most so many", newestFirst),
    ConformanceCheck("day plans: a ready or applied one makes the ready one of its day outdated, no other", outdating),
    ConformanceCheck("day plans: of many that are added at once, the last is ready and the others outdated", race),
    ConformanceCheck("day plans: each step is stored with who took it and when", legalSteps),
    ConformanceCheck("day plans: any other step is refused, and nothing of its unit is stored", illegalSteps),
    ConformanceCheck("day plans: of two that take the same step, one does", sameStep),
    ConformanceCheck("day plans: moves by no person are counted until they are undone", automaticMoves),
    ConformanceCheck("day plans: those of past days are deleted by age", prunedPlans),
  ]

  private static func addedPlan(_ bench: ConformanceBench) async throws {
    var plans = DayPlanCause.allCases.map { cause in
      var plan = StoredDayPlan.sample(bench, "p-\(cause)", state: .outdated)
      plan.cause = cause
      return plan
    }
    (plans[0].state, plans[0].decidedAt, plans[0].decidedBy) = (.applied, bench.clock.now(), "ann \"the host\"")
    plans[0].isAutomatic = true
    plans[1].moves = []
    for plan in plans { try await bench.add(plan) }
    let reopened = try await bench.reopen()
    for plan in plans {
      try bench.expect(try await reopened.dayPlan(plan.id, of: "house"), plan, "plan \(plan.id)")
      try bench.expect(try await reopened.dayPlan(plan.id, of: "elsewhere"), nil, "plan in another restaurant")
    }
    try bench.expect(try await reopened.dayPlan("p-none", of: "house"), nil, "plan that was never made")
  }

  private static func addedOnce(_ bench: ConformanceBench) async throws {
    let plan = StoredDayPlan.sample(bench, "p-1")
    try await bench.add(plan)
    var other = plan
    other.cause = .overstay
    try await bench.refuse(bench.unit { $0.dayPlan = .add(other) }, "the same id again") {
      if case .constraint = $0 { true } else { false }
    }
    try bench.expect(try await bench.store.dayPlan("p-1", of: "house"), plan, "plan")
  }

  private static func newestFirst(_ bench: ConformanceBench) async throws {
    for (id, seconds, restaurant, day) in [
      ("b", 0, "house", 0), ("a", 0, "house", 0), ("c", -5, "house", 0), ("d", 5, "house", 0), ("e", 0, "other", 0),
      ("f", 0, "house", 1),
    ] as [(String, Int, RestaurantID, Int)] {
      var plan = StoredDayPlan.sample(bench, id, state: .outdated, day: day)
      plan.createdAt = plan.createdAt.adding(.seconds(seconds))
      plan.restaurantID = restaurant
      try await bench.add(plan)
    }
    try bench.expect(try await bench.plans().map(\.id), ["d", "b", "a", "c"], "plans")
    try bench.expect(try await bench.plans(limit: 2).map(\.id), ["d", "b"], "the newest two")
    try bench.expect(try await bench.plans(day: 1).map(\.id), ["f"], "those of the next day")
    try bench.expect(try await bench.plans(day: 2), [], "those of a day without any")
  }

  private static func outdating(_ bench: ConformanceBench) async throws {
    try await bench.add(.sample(bench, "tomorrow", day: 1))
    var elsewhere = StoredDayPlan.sample(bench, "elsewhere")
    elsewhere.restaurantID = "other"
    try await bench.add(elsewhere)
    try await bench.add(.sample(bench, "applied", state: .applied))
    for (id, state) in [("a", .ready), ("b", .ready), ("c", .applied), ("d", .ready), ("e", .outdated), ("f", .undone)]
      as [(String, DayPlanState)]
    {
      bench.clock.advance(by: .seconds(1))
      try await bench.add(.sample(bench, id, state: state))
    }
    let plans = try await bench.plans()
    try bench.expect(
      plans.map { "\($0.id) \($0.state)" },
      ["f undone", "e outdated", "d ready", "c applied", "b outdated", "a outdated", "applied applied"], "plans")
    let outdated = plans.first { $0.id == "a" }
    try bench.expect(outdated?.decidedAt, ManualClock.start.adding(.seconds(2)), "time of the plan that took its place")
    try bench.expect(outdated?.decidedBy, "maker of b", "its maker")
    try bench.expect(try await bench.state("tomorrow"), .ready, "plan of another day")
    let other = try await bench.store.dayPlan("elsewhere", of: "other")
    try bench.expect(other?.state, .ready, "plan of another restaurant")
  }

  private static func race(_ bench: ConformanceBench) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 { group.addTask { try await bench.add(.sample(bench, "p-\(number)")) } }
      try await group.waitForAll()
    }
    let states = try await bench.plans().map(\.state)
    try bench.expect(states.count { $0 == .ready }, 1, "plans that are ready")
    try bench.expect(states.count { $0 == .outdated }, 39, "plans that are outdated")
  }

  private static func legalSteps(_ bench: ConformanceBench) async throws {
    for (index, (from, to)) in DayPlanState.steps.enumerated() {
      var plan = StoredDayPlan.sample(bench, "p-\(index)", state: from)
      try await bench.add(plan)
      bench.clock.advance(by: .seconds(60))
      try await bench.go(plan.id, from, to)
      (plan.state, plan.decidedAt, plan.decidedBy) = (to, bench.clock.now(), "ann")
      try bench.expect(try await bench.store.dayPlan(plan.id, of: "house"), plan, "plan from \(from) to \(to)")
    }
  }

  private static func illegalSteps(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    for (day, state) in DayPlanState.allCases.enumerated() {
      let plan = StoredDayPlan.sample(bench, "p-\(state)", state: state, day: day)
      try await bench.add(plan)
      for (from, to) in DayPlanState.pairs where from != state || !DayPlanState.isStep(from, to) {
        let what = "a plan that is \(state) from \(from) to \(to)"
        let wanted: (StoreError) -> Bool = { error in
          if from != state { return error == .staleDayPlan(plan.id) }
          if case .invalid = error { return true } else { return false }
        }
        try await bench.refuse(try bench.going(plan.id, from, to, with: booking), what, wanted)
        try bench.expect(try await bench.store.dayPlan(plan.id, of: "house"), plan, what)
      }
    }
    let missing = try bench.going("p-none", .ready, .applied, with: booking)
    try await bench.refuse(missing, "a plan that is not there") { $0 == .staleDayPlan("p-none") }
    try bench.expect(try await bench.load("b-1"), booking, "booking of the refused units")
    try bench.expect(try await bench.store.replans(limit: 9), [], "replans of the refused units")
    try await bench.store.commit(try bench.going("p-ready", .ready, .applied, with: booking))
    try bench.expect(try await bench.load("b-1").version, 2, "version after a step that is one")
  }

  private static func sameStep(_ bench: ConformanceBench) async throws {
    try await bench.add(.sample(bench, "p-1"))
    let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do {
            try await bench.go("p-1", .ready, .applied)
            return true
          } catch StoreError.staleDayPlan("p-1") {
            return false
          }
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    try bench.expect(winners, 1, "writers that applied the plan")
  }

  private static func automaticMoves(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.automaticMoves(), 0, "moves of a day without plans")
    for (id, state, isAutomatic, day) in [
      ("a", .applied, true, 0), ("b", .applied, true, 0), ("by-person", .applied, false, 0), ("c", .undone, true, 0),
      ("d", .ready, true, 0), ("e", .applied, true, 1),
    ] as [(String, DayPlanState, Bool, Int)] {
      var plan = StoredDayPlan.sample(bench, id, state: state, day: day)
      plan.isAutomatic = isAutomatic
      try await bench.add(plan)
    }
    // Each moves two, and seats one that had no table.
    try bench.expect(try await bench.automaticMoves(), 4, "moves")
    try bench.expect(try await bench.automaticMoves(day: 1), 2, "moves of the next day")
    try bench.expect(try await bench.store.automaticMoves("other", date: bench.date(0)), 0, "moves elsewhere")
    try await bench.go("b", .applied, .undone)
    try bench.expect(try await bench.automaticMoves(), 2, "moves after one plan was undone")
  }

  private static func prunedPlans(_ bench: ConformanceBench) async throws {
    for day in [-2, -1, 0, 1] {
      try await bench.add(.sample(bench, "day \(day)", day: day))
      try await bench.add(.sample(bench, "applied \(day)", state: .applied, day: day))
    }
    func prunable() async throws -> Int { try await bench.store.prunable(.dayPlans, before: bench.clock.now()) }
    try bench.expect(try await prunable(), 0, "would be deleted when just made")
    bench.clock.advance(by: .seconds(1))
    try bench.expect(try await prunable(), 4, "would be deleted")
    let counts = [
      try await bench.store.prune(.dayPlans, before: bench.clock.now(), limit: 3),
      try await bench.store.prune(.dayPlans, before: bench.clock.now(), limit: 3),
      try await bench.store.prune(.dayPlans, before: bench.clock.now(), limit: 3),
    ]
    try bench.expect(counts, [3, 1, 0], "deleted")
    for day in [-2, -1] { try bench.expect(try await bench.plans(day: day), [], "plans of day \(day)") }
    for day in [0, 1] { try bench.expect(try await bench.plans(day: day).count, 2, "plans of day \(day)") }
    bench.clock.advance(by: .seconds(86_400))
    try bench.expect(try await prunable(), 2, "would be deleted a day later")
  }
}
