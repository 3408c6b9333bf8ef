import AssignmentStore
import BookingDomain
import Dispatch
import HeadwaiterTesting
import SeatingEngine

@testable import AssignmentPipeline

/// A planner that does what a test says, and tells the events of V3.
struct PlannerDouble: FlowPlanner {
  typealias Plan =
    @Sendable (SeatingQuestion, AvailabilitySnapshot, RestaurantContext) throws -> Planned

  let flow = AssignmentFlow.v3
  private let live = V3Planner(limit: 5)
  private let answer: Plan

  init(_ answer: @escaping Plan) { self.answer = answer }

  /// Waits at a gate, then plans as V3 does.
  init(waitingAt gate: PlannerGate) {
    let live = V3Planner(limit: 5)
    self.init { question, snapshot, context in
      gate.pass()
      return live.plan(question, snapshot, context: context)
    }
  }

  /// Proposes these tables, whatever they are.
  init(proposing tables: [TableNumber]) {
    self.init { _, _, _ in
      let plan = SeatingPlan(tables: tables, strategy: .optimalFit, score: 1, parts: [], spareSeats: 0)
      return Planned(ranking: PlanRanking(plans: [plan], consideredCount: 1, rejections: []))
    }
  }

  func plan(
    _ question: SeatingQuestion, _ snapshot: AvailabilitySnapshot, context: RestaurantContext
  ) throws -> Planned {
    try answer(question, snapshot, context)
  }

  func whenNoTable(_ job: Job) -> NoTableAction { live.whenNoTable(job) }

  func event(_ step: TryStep, of id: BookingID, restaurant: RestaurantID, at time: Timestamp) -> ObservabilityEvent? {
    live.event(step, of: id, restaurant: restaurant, at: time)
  }
}

/// Blocks threads until it is opened.
final class PlannerGate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)

  func pass() {
    arrival.yield()
    semaphore.wait()
    semaphore.signal()
  }

  /// Returns once a thread, one more for each call, stands at the gate.
  func arrived() async { for await _ in arrivals { return } }

  func open() { semaphore.signal() }
}

extension PipelineHarness {
  /// Takes the next job and runs it with a planner.
  func run(_ planner: some FlowPlanner) async throws -> Outcome? {
    let request = JobClaimRequest(owner: "worker-1", limit: 1, after: nil, maxParallel: 20, ttl: .seconds(30))
    guard let job = try await store.claimJobs(request).first else { return nil }
    let shell = ProcessingShell(environment: environment, locks: locks)
    return await shell.run(job, flags: environment.flags(), planner: planner)
  }

  /// Runs the next job with a planner that hangs at a gate, for longer than it may.
  func runHanging(at gate: PlannerGate) async throws -> Outcome? {
    async let outcome = run(PlannerDouble(waitingAt: gate))
    await gate.arrived()
    clock.advance(by: environment.settings.planningLimit + .milliseconds(1))
    return try await outcome
  }
}
