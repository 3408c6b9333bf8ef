public import AssignmentStore
public import BookingDomain
public import Rollout

/// The rollout as it stands, judged by what is stored.
public struct RolloutReport: Sendable, Hashable {
  /// When it was judged.
  public var at: Timestamp
  public var stored: StoredRollout
  /// The plan in force; before the first advance the built-in one.
  public var plan: RolloutPlan
  /// The run that goes on or ended last.
  public var phase: RolloutPhase?
  /// Measured in the present run; nil where none goes on.
  public var figures: PhaseFigures?
  /// One result for each criterion; empty where no run goes on.
  public var gate: [CriterionResult]
  /// How long each criterion takes until it has enough data, in the order of `gate`.
  public var estimates: [DataEstimate]
  /// Until all have.
  public var enoughData: DataEstimate
  /// Everything that keeps the rollout from advancing; empty when it may, or when there is nothing to advance from.
  public var missing: [RolloutRefusal.Missing]
  /// The phase that an advance would enter; nil after the last one.
  public var next: RolloutPhase?
  public var rollback: RollbackWatching
  /// Live instances that do not heed the rollout's flags yet.
  public var waitingFor: [String]
  /// The flags as they stand, and who says what.
  public var flags: FlagReport

  public var state: RolloutState { stored.state }
  public var run: PhaseRun? { stored.state.run }

  /// Whether an advance would be let through now.
  public var mayAdvance: Bool {
    RolloutCommand.names(allowedIn: state.status).contains("advance") && missing.isEmpty && next != nil
      && stored.drill == nil
  }
}

/// Whether automatic rollback watches, and how near it is.
public struct RollbackWatching: Sendable, Hashable {
  public var isArmed: Bool
  /// Why it is not; nil where it is.
  public var reason: String?
  /// The nearest rule first; empty where nothing is measured.
  public var standings: [RollbackStanding]
}

extension RolloutReport {
  /// Where the flags are not as the phase wants them, one line each: someone has set them by hand, an environment says
  /// `false`, or the kill switch is on. Empty while a drill has V3 off, and where no phase runs.
  public var flagDifferences: [String] {
    phase?.differences(from: flags.verdicts, stored) ?? []
  }
}

extension RolloutPhase {
  /// Where flags are not as this phase, which the rollout is in, wants them; see ``RolloutReport/flagDifferences``.
  public func differences(from verdicts: [FlagVerdict], _ stored: StoredRollout) -> [String] {
    guard stored.state.status.runUnderGate != nil, stored.drill == nil else { return [] }
    return FlagName.allCases.compactMap { name in
      guard let wanted = wanted(name), let verdict = verdicts.first(where: { $0.name == name }),
        verdict.value != wanted
      else { return nil }
      let by = verdict.decidedBy.map(\.description).joined(separator: ", ")
      return "\(name.rawValue) is \(verdict.value) by \(by), the phase wants \(wanted)"
    }
  }

  /// What a flag should come to in it; nil where it does not matter.
  fileprivate func wanted(_ name: FlagName) -> String? {
    switch name {
    case .pipelineV3: pipelineV3.map { "\($0)" }
    case .shadow: "\(shadow)"
    case .rolloutShare: "\(sharePercent ?? 0)"
    case .killSwitch: "false"
    case .maxParallel: nil
    }
  }
}
