import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Rollout

/// The rollout as it is played.
final class RolloutDriver {
  let stage: RehearsalStage
  let scenario: RehearsalScenario
  let plan: RolloutPlan
  var faults: FaultDiary
  private var entered: [String] = []
  private(set) var phase: String?
  private(set) var phaseAt: Timestamp

  init(stage: RehearsalStage, scenario: RehearsalScenario, plan: RolloutPlan) {
    self.stage = stage
    self.scenario = scenario
    self.plan = plan
    faults = FaultDiary(scenario: scenario)
    phaseAt = stage.clock.now()
  }

  var isInDrill: Bool { false }

  func isComplete(at now: Timestamp) -> Bool {
    phase == plan.phases.last?.name && now.since(phaseAt) > .seconds(3 * 3_600)
  }

  func takeEntered() -> [String] {
    defer { entered = [] }
    return entered
  }

  func watch() async { await stage.keepers.heed() }

  func look() async {
    let now = stage.clock.now()
    let current = phase.flatMap { plan.phase($0) }
    guard current == nil || now.since(phaseAt) > .seconds((current?.leastHours ?? 0) * 3_600),
      let next = plan.phase(after: phase)
    else { return }
    var overrides: [FlagOverride] = []
    func set(_ key: FlagName, _ value: String) {
      overrides.append(FlagOverride(key: .flag(key), value: value, reason: "rehearsal", actor: "stub", at: now))
    }
    set(.pipelineV3, "\(next.pipelineV3 ?? false)")
    set(.shadow, "\(next.shadow)")
    set(.rolloutShare, "\(next.sharePercent ?? 0)")
    do { try await stage.store.setFlags(overrides, events: []) } catch { return }
    phase = next.name
    phaseAt = now
    entered.append(next.name)
    await stage.keepers.heed()
  }

  func report(_ index: Int, _ fault: RehearsalFault) async {
    faults.began(index, at: stage.clock.now())
  }
}
