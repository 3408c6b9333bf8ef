import AssignmentPipeline
import BookingDomain
import SeatingEngine

/// Gives the steps of the pipeline their simulated time, and V3's planner the faults that are on.
struct SimulatedFaults: FaultPoints {
  struct PlannerFailure: Error {}

  /// What a write, and a planner, usually take.
  private static let step = Duration.microseconds(800)
  private static let planning = Duration.milliseconds(6)

  let clock: SimulatedClock
  let chance: SimulatedChance
  let play: FaultPlay

  func reach(_ point: FaultPoint) async throws {
    switch point {
    case .noticeDelivering, .noticeDelivered: return
    default: clock.pass(chance.time(around: Self.step))
    }
  }

  func spoil(_ plans: [SeatingPlan], of call: PlannerCall) throws -> [SeatingPlan] {
    var time = chance.time(around: Self.planning)
    var plans = plans
    var fails = false
    for fault in call.flow == .v3 ? play.planner(call.restaurant, call.booking) : [] {
      switch fault.kind {
      case .slowPlanner: time += chance.time(around: .milliseconds(fault.milliseconds))
      case .worsePlanner: plans = []
      case .failingPlanner: fails = true
      case .storageAway, .incident: continue
      }
    }
    // Nobody waits longer than the limit.
    clock.pass(min(time, call.limit + .milliseconds(1)))
    if fails { throw PlannerFailure() }
    return plans
  }
}
