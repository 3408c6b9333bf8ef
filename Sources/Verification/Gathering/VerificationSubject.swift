public import AssignmentStore
public import BookingDomain
public import Rollout

/// What the rollout knows of a run; the rest of a report is gathered from bookings, events and notices.
public struct VerificationSubject: Sendable, Hashable {
  /// As the plan has it that was in force.
  public var phase: RolloutPhase
  /// With the flags and the share that were set for it.
  public var run: RolloutRun
  /// Nil while it goes on.
  public var ending: VerificationReport.Ending?
  public var writtenAt: Timestamp
  /// One result for each criterion.
  public var criteria: [CriterionResult]
  /// What else keeps a run that goes on from being left, in words.
  public var missing: [String] = []
  /// Who holds it, and why; nil unless it is held.
  public var held: RolloutStatus.Stop?
  /// The phase that an advance would enter; nil after the last one, and where the run has ended.
  public var next: String?
  public var budget = VerificationReport.Budget()
  public var signOffs: [SignOff] = []
  public var incidents: [Incident] = []
  public var knownIssues: [KnownIssue] = []
  public var drills: [RecordedDrill] = []
  public var story: [VerificationReport.StoryLine] = []

  public init(
    phase: RolloutPhase, run: RolloutRun, ending: VerificationReport.Ending? = nil, writtenAt: Timestamp,
    criteria: [CriterionResult]
  ) {
    self.phase = phase
    self.run = run
    self.ending = ending
    self.writtenAt = writtenAt
    self.criteria = criteria
  }

  /// When the run was entered.
  public var from: Timestamp { run.enteredAt ?? run.decidedAt }
  /// When it ended; the time of the report while it goes on. Exclusive.
  public var until: Timestamp { run.endedAt ?? writtenAt }
}

extension VerificationReport {
  /// The report as far as the rollout itself tells it.
  public init(_ subject: VerificationSubject) {
    let run = subject.run
    var decision = Decision(subject.criteria.verdict, missing: subject.missing)
    (decision.held, decision.next) = (subject.held, subject.next)
    self.init(
      subject: Subject(
        phase: run.phase, environment: run.environment, run: run.number, from: subject.from, until: subject.until,
        ending: subject.ending, writtenAt: subject.writtenAt, isShadowOnly: run.isShadowOnly),
      decision: decision)
    criteria = subject.criteria
    budget = subject.budget
    configuration.phase = Self.settings(subject.phase, run)
    records.signOffs = subject.phase.signedOffBy.map { role in
      let signed = subject.signOffs.first { $0.role == role }
      return SignOffLine(role: role, by: signed?.by, at: signed?.at)
    }
    records.incidents = subject.incidents
    records.knownIssues = subject.knownIssues
    records.drills = subject.drills
    records.story = subject.story
  }

  private static func settings(_ phase: RolloutPhase, _ run: RolloutRun) -> [String] {
    let decides = run.decidesV3 ? "V3 decides for \(run.sharePercent) % of the restaurants" : "legacy decides for all"
    let least = [
      phase.leastHours > 0 ? "\(phase.leastHours) h" : nil,
      phase.leastBookings > 0 ? "\(phase.leastBookings) eligible bookings" : nil,
    ].compactMap(\.self)
    return [
      "\(decides), shadow is \(run.shadow ? "on" : "off")",
      "lasts at least: " + (least.isEmpty ? "no time" : least.joined(separator: " and ")),
      "automatic rollback is \(phase.automaticRollback ? "on" : "off")",
    ]
  }
}
