import AssignmentStore
import Rollout

/// What a rollout's records tell of one run.
struct RunRecords {
  private let run: RolloutRun
  private let runs: [RolloutRun]
  private let all: [RolloutRecord]
  private let own: [RolloutRecord]

  /// - Parameters:
  ///   - runs: all of the rollout.
  ///   - all: records of the rollout, in order.
  init(of run: RolloutRun, runs: [RolloutRun], all: [RolloutRecord]) {
    self.run = run
    self.runs = runs
    self.all = all
    own = all.filter { $0.run == run.number }
  }

  /// The plan that was in force when the run ended, or is; nil where no record has one.
  var plan: RolloutPlan? {
    let known = all.last { record in
      record.kind == .planned && record.run ?? 0 <= run.number && run.endedAt.map { record.at <= $0 } ?? true
    }
    return known?.content.plan
  }

  /// What the gate said when the run was left.
  var gate: [CriterionResult]? { own.last { $0.kind == .gateEvaluated }?.content.results }

  /// Nil while it goes on.
  var ending: VerificationReport.Ending? {
    switch run.ending {
    case nil: return nil
    case .left: return left
    case .rolledBack:
      var ending = VerificationReport.Ending(.rolledBack)
      ending.findings = own.filter { $0.kind == .rolledBack }.compactMap(\.content.finding)
      return ending
    case .aborted:
      var ending = VerificationReport.Ending(.aborted)
      let record = own.last { $0.kind == .aborted }
      (ending.by, ending.reason) = (record?.by.name, record?.content.text)
      return ending
    }
  }

  /// The step to another phase is recorded with the run that it began.
  private var left: VerificationReport.Ending {
    let next = runs.first { $0.number > run.number }
    let step = all.first { $0.run == next?.number && ($0.kind == .forced || $0.kind == .advanced) }
    var ending = VerificationReport.Ending(step?.kind == .forced ? .forced : .advanced)
    (ending.next, ending.by, ending.reason) = (next?.phase, step?.by.name, step?.content.text)
    return ending
  }

  var story: [VerificationReport.StoryLine] { own.compactMap(\.storyLine) }
}

extension RolloutRecord {
  /// Nil for what has a section of its own.
  fileprivate var storyLine: VerificationReport.StoryLine? {
    switch kind {
    case .signedOff, .incident, .knownIssue, .drill, .gateEvaluated: nil
    case .planned, .advanced, .forced, .entered, .held, .resumed, .aborted, .rolledBack, .restaurantOut, .drillStarted,
      .drillStopped, .cleanupChecklist:
      VerificationReport.StoryLine(
        at: at, what: kind.rawValue.replacing("_", with: " "), by: by.name,
        text: ([content.text].compactMap(\.self) + (content.checklist ?? [])).joined(separator: "; "))
    }
  }
}
