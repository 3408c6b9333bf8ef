import BookingDomain
import Bootstrap
import HeadwaiterTesting
import Logging
import Rollout

@testable import Rehearsal

/// Rehearsals that take seconds: six houses, three hundred guests a day, and phases of hours with limits that so few bookings
/// can meet.
enum SmallRehearsal {
  static let plan: RolloutPlan = {
    var plan = RolloutPlan.standard
    for index in plan.phases.indices {
      plan.phases[index].leastHours = min(plan.phases[index].leastHours, 3)
      plan.phases[index].leastBookings = min(plan.phases[index].leastBookings, 30)
      plan.phases[index].also = plan.phases[index].also.map(lenient)
    }
    plan.criteria = plan.criteria.map(lenient)
    plan.rollback.review.lastEligible = 30
    plan.rollback.restaurant.leastEligible = 15
    return plan
  }()

  /// The limits with which so few bookings are enough.
  private static func lenient(_ rule: CriterionRule) -> CriterionRule {
    switch rule.kind {
    case .confirmation: CriterionRule(.confirmation, 70)
    case .review: CriterionRule(.review, 30)
    case .errorRate: CriterionRule(.errorRate, 25)
    case .events: CriterionRule(.events, 85)
    case .notWorseThanLegacy, .notWorseThanBefore: CriterionRule(rule.kind, 20)
    case .fullHouse: CriterionRule(.fullHouse, 20)
    case .everyDay: CriterionRule(.everyDay, 1)
    default: rule
    }
  }

  /// A scenario of the program's own, small.
  static func scenario(
    _ name: String = "all-well", _ change: (inout RehearsalScenario) -> Void = { _ in }
  ) throws -> RehearsalScenario {
    var scenario = try BuiltInScenarios.scenario(name) ?? RehearsalScenario(name: name)
    scenario.restaurants = 6
    scenario.bookingsPerDay = 300
    scenario.days = 7
    scenario.people.workHours = 0..<24
    scenario.people.resumeHours = scenario.people.resumeHours.map { min($0, 6) }
    change(&scenario)
    return scenario
  }

  static func play(
    _ scenario: RehearsalScenario, seed: UInt64 = 1, plan: RolloutPlan = SmallRehearsal.plan
  ) async throws -> RehearsalResult {
    let folder = try TemporaryFolder()
    let stage = Rehearsal.Stage(scenario, seed: seed)
    let database = try OpenDatabase(
      rehearsal: folder.file("rehearsal.sqlite"), clock: stage.clock, isAway: stage.storageIsAway)
    defer { database.close() }
    var logger = Logger(label: "rehearsal")
    logger.logLevel = .critical
    let demand = RehearsalDemand.generated(for: scenario, like: try DemoScript.whiteHorse(), seed: seed)
    return try await Rehearsal(scenario: scenario, demand: demand, seed: seed, plan: plan)
      .run(on: stage, store: database.store, logger: logger)
  }
}
