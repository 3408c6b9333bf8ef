import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Rollout

/// The rollout as it is played: its keeper, and the people who lead it.
final class RolloutDriver {
  /// A drill is begun so long after a phase that asks for one was entered.
  private static let drillAfter = Duration.seconds(2 * 3_600)
  /// So often somebody resumes; what stops it once more needs more than a rehearsal.
  private static let resumes = 4
  /// The last phase is looked at for so long before the rehearsal is over.
  private static let lastLook = Duration.seconds(6 * 3_600)

  let stage: RehearsalStage
  let scenario: RehearsalScenario
  let plan: RolloutPlan
  var faults: FaultDiary
  private(set) var gates = GateDiary()
  private let desk: LiveRolloutDesk
  private let keeper: RolloutKeeper
  private var stored = StoredRollout()
  private var resumed = 0
  private var lastEntered = 0
  private var entered: [String] = []

  init(stage: RehearsalStage, scenario: RehearsalScenario, plan: RolloutPlan) {
    self.stage = stage
    self.scenario = scenario
    self.plan = plan
    faults = FaultDiary(scenario: scenario)
    desk = LiveRolloutDesk(environment: stage.environment)
    keeper = RolloutKeeper(environment: stage.environment)
  }

  private var now: Timestamp { stage.clock.now() }

  /// The phase of the run that goes on or ended last.
  var phase: String? { stored.state.run?.phase }

  /// Whether its keeper must look all the time: a drill is timed, or a phase is being entered.
  var isBusy: Bool {
    if case .advancing = stored.state.status { return true }
    return stored.drill != nil
  }

  /// Whether the last phase has gone on for a while.
  func isComplete(at now: Timestamp) -> Bool {
    guard case .entered(let run) = stored.state.status, run.phase == plan.phases.last?.name else { return false }
    return now.since(run.enteredAt) >= Self.lastLook
  }

  /// Phases that have been entered since the last call.
  func takeEntered() -> [String] {
    defer { entered = [] }
    return entered
  }

  // MARK: - The keeper

  /// A turn of the heartbeat, of the rollout's keeper, and of the heartbeat again, which heeds what that has set.
  func watch() async {
    await stage.keepers.heed()
    _ = try? await keeper.turn()
    await observe()
    if isBusy { await stage.keepers.heed() }
  }

  /// Reads where the rollout stands; what cannot be read is as it was.
  private func observe() async {
    guard let stored = try? await stage.store.rollout() else { return }
    let changed = stored.flagsEpoch != self.stored.flagsEpoch
    self.stored = stored
    if case .entered(let run) = stored.state.status, run.number > lastEntered {
      lastEntered = run.number
      entered.append(run.phase)
    }
    if changed { await stage.keepers.heed() }
  }

  // MARK: - The people

  /// Somebody looks, if it is time to work, and does what is to be done.
  func look() async {
    guard scenario.people.workHours.contains(Int(now.seconds % 86_400 / 3_600)) else { return }
    await observe()
    switch stored.state.status {
    case .notStarted: await perform(.advance)
    case .entered(let run): await lead(run)
    case .holding(_, let stop): await resume(since: stop.at)
    case .rolledBack(let rollback): await resume(since: rollback.at)
    case .advancing, .aborted: return
    }
  }

  func report(_ index: Int, _ fault: RehearsalFault) async {
    faults.began(index, at: now)
    faults.ended(index, at: now)
    await perform(.incident(fault.level, text: "rehearsed"))
    await watch()
  }

  private func lead(_ run: PhaseRun) async {
    guard let phase = plan.phase(run.phase), plan.phase(after: run.phase) != nil, stored.drill == nil else { return }
    let elapsed = now.since(run.enteredAt)
    if needsDrill(phase, run), elapsed >= Self.drillAfter {
      _ = try? await desk.drill(RolloutRequest(caller: Self.person(.onCallEngineer)))
      return await observe()
    }
    guard elapsed >= .seconds(phase.leastHours * 3_600),
      let report = try? await desk.report(Self.person(.engineeringLead))
    else { return }
    gates.note(report)
    let mayBeSigned = report.missing.allSatisfy { if case .signOff = $0 { true } else { false } }
    guard mayBeSigned else { return }
    for case .signOff(let role) in report.missing { await perform(.signOff(run: run.number), as: role) }
    await perform(.advance)
  }

  private func needsDrill(_ phase: RolloutPhase, _ run: PhaseRun) -> Bool {
    plan.criteria(of: phase).contains { $0.kind == .drill } && stored.state.drill(of: run) == nil
  }

  private func resume(since stopped: Timestamp) async {
    guard let hours = scenario.people.resumeHours, resumed < Self.resumes,
      now.since(stopped) >= .seconds(hours * 3_600)
    else { return }
    resumed += 1
    await perform(.resume)
  }

  /// What is refused is tried again at the next look.
  private func perform(_ command: RolloutCommand, as role: Role = .onCallEngineer) async {
    var request = RolloutRequest(caller: Self.person(role))
    if stored.plan == nil { request.start.plan = plan }
    _ = try? await desk.perform(command, request)
    await observe()
  }

  private static func person(_ role: Role) -> Caller {
    Caller(name: role.rawValue, id: "rehearsal-\(role.rawValue)", role: role)
  }
}
