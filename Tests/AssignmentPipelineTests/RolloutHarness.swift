import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import Testing

@testable import AssignmentPipeline

/// A rollout on a pipeline's store.
extension PipelineHarness {
  var rolloutDesk: LiveRolloutDesk { LiveRolloutDesk(environment: environment) }
  var keeper: RolloutKeeper { RolloutKeeper(environment: environment) }

  static let pager = Caller(name: "pager", id: "k-1", role: .onCallEngineer)
  static let owner = Caller(name: "owner", id: "k-2", role: .productOwner)

  /// Four phases without criteria of their own, and what every phase is judged by.
  static func plan(_ criteria: [CriterionRule] = [CriterionRule(.incidents, 0)]) -> RolloutPlan {
    func phase(_ name: String, share: Int?) -> RolloutPhase {
      RolloutPhase(
        name: name, environment: .production, pipelineV3: share == nil ? nil : true, shadow: share == nil,
        sharePercent: share, signedOffBy: [], automaticRollback: true)
    }
    return RolloutPlan(
      phases: [
        phase("shadow", share: nil), phase("ten", share: 10), phase("fifty", share: 50), phase("all", share: 100),
      ], criteria: criteria)
  }

  @discardableResult
  func perform(
    _ command: RolloutCommand, plan: RolloutPlan? = nil, by caller: Caller = pager, revision: Int? = nil
  ) async throws -> RolloutReport {
    try await rolloutDesk.perform(
      command, RolloutRequest(caller: caller, expectedRevision: revision, start: .init(plan: plan)))
  }

  /// Begins with a phase, whatever is before it.
  func begin(_ phase: String, _ plan: RolloutPlan = plan()) async throws {
    try await perform(.force(reason: "test", to: phase), plan: plan)
  }

  func rolloutReport() async throws -> RolloutReport { try await rolloutDesk.report(Self.pager) }

  func result(_ kind: CriterionKind) async throws -> CriterionResult? {
    try await rolloutReport().gate.first { $0.name == kind.rawValue }
  }

  /// What is set for all, as `V3=true SHADOW=false SHARE=10`.
  func overrides() async throws -> [String: String] {
    Dictionary(uniqueKeysWithValues: try await store.flagOverrides().map { ("\($0.key)", $0.value) })
  }

  /// How the work on bookings ends.
  enum Ending { case confirmed, reviewed, failed, fullHouse }

  /// Bookings that were made and have ended now, with all that the pipeline leaves behind, a second apart from what is read.
  func seed(
    _ count: Int, _ ending: Ending, _ prefix: String = "b", flow: AssignmentFlow = .v3, house: RestaurantID = "house",
    ms: Int = 100
  ) async throws {
    let machine = BookingStateMachine(logger: environment.logger)
    for first in stride(from: 0, to: count, by: 50) {
      var unit = WriteUnit(label: "test.seed")
      for number in first..<min(count, first + 50) {
        let mutation = try ended(BookingID("\(prefix)-\(number)"), ending, flow, house, ms)
        machine.add(mutation, flow: flow, to: &unit)
        if mutation.booking.state == .confirmed {
          unit.claims += Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
        }
      }
      try await store.commit(unit)
    }
    clock.advance(by: .seconds(1))
  }

  private func ended(
    _ id: BookingID, _ ending: Ending, _ flow: AssignmentFlow, _ house: RestaurantID, _ ms: Int
  ) throws -> BookingMutation {
    let made = clock.now()
    var record = BookingRecord.sample(
      id: id, restaurant: house, start: made.adding(minutes: 1_440), createdAt: made)
    record.work.automation = .auto
    record.flow = flow
    let work = ChangeContext(
      actor: .pipeline, actorName: "worker-1", mode: flow == .legacy ? .legacy : .v3, at: made.adding(.milliseconds(ms))
    )
    var mutation = BookingMutation(creating: record, context: work)
    try mutation.transition(to: .capacityVerified, cause: .verify, context: work)
    try mutation.transition(to: .assignmentPending, cause: .queue, context: work)
    try mutation.transition(to: .assignmentInProgress, cause: .start, context: work)
    mutation.edit { $0.work.feasible = ending != .fullHouse }
    switch ending {
    case .confirmed:
      mutation.edit {
        $0.tables = [TableNumber("T-\($0.id)")]
        $0.strategy = .optimalFit
      }
      try mutation.transition(to: .assigned, cause: .assign, context: work)
      try mutation.transition(to: .confirmed, cause: .confirm, context: work)
    case .reviewed, .fullHouse:
      try mutation.transition(to: .manualReview, cause: .giveUp, reason: .noTable, context: work)
    case .failed: try mutation.transition(to: .failed, cause: .giveUp, reason: .systemError, context: work)
    }
    return mutation
  }

  /// What shadow found of bookings that legacy has confirmed.
  func compare(_ count: Int, _ verdict: ShadowVerdict, _ prefix: String) async throws {
    try await seed(count, .confirmed, prefix, flow: .legacy)
    var batch = ShadowBatch()
    let isSeated = ![.legacyOnly, .shadowError, .bothFailed].contains(verdict)
    batch.comparisons = (0..<count).map { number in
      ShadowComparison(
        bookingID: BookingID("\(prefix)-\(number)"), restaurantID: "house", createdAt: clock.now(), verdict: verdict,
        legacy: ShadowSide(outcome: "confirmed", tables: ["T1"]),
        v3: ShadowSide(outcome: isSeated ? "confirmed" : "manual_review", tables: isSeated ? ["T1"] : nil))
    }
    try await store.appendShadow(batch)
    clock.advance(by: .seconds(1))
  }

  func told(_ source: EventSource) async throws -> [String] {
    var query = EventQuery()
    query.source = source
    query.limit = 1_000
    return try await store.events(query).map(\.event.type)
  }
}
