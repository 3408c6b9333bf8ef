public import BookingDomain
public import Rollout

/// What the rollout knows of a run; the rest of a report is gathered from bookings, events and notices.
public struct VerificationSubject: Sendable, Hashable {
  public var phase: RolloutPhase
  public var run: Int
  /// When the run was entered.
  public var from: Timestamp
  /// When it ended; the time of the report while it goes on. Exclusive.
  public var until: Timestamp
  /// How it ended, in a word; nil while it goes on.
  public var ending: String?
  public var writtenAt: Timestamp
  /// One result for each criterion.
  public var criteria: [CriterionResult]
  public var signOffs: [SignOff]
  public var incidents: [Incident]
  public var knownIssues: [KnownIssue]
  public var drills: [RecordedDrill]
  public var story: [VerificationReport.StoryLine]

  public init(
    phase: RolloutPhase, run: Int, from: Timestamp, until: Timestamp, ending: String? = nil, writtenAt: Timestamp,
    criteria: [CriterionResult], signOffs: [SignOff] = [], incidents: [Incident] = [], knownIssues: [KnownIssue] = [],
    drills: [RecordedDrill] = [], story: [VerificationReport.StoryLine] = []
  ) {
    self.phase = phase
    self.run = run
    self.from = from
    self.until = until
    self.ending = ending
    self.writtenAt = writtenAt
    self.criteria = criteria
    self.signOffs = signOffs
    self.incidents = incidents
    self.knownIssues = knownIssues
    self.drills = drills
    self.story = story
  }
}

extension Role {
  /// As a text has it.
  var words: String { rawValue.replacing("_", with: " ") }
}

extension VerificationReport {
  /// The report as far as the rollout itself tells it.
  public init(_ subject: VerificationSubject) {
    let signOffs = subject.phase.signedOffBy.map { role in
      let signed = subject.signOffs.first { $0.role == role }
      return SignOffLine(role: role, by: signed?.by, at: signed?.at)
    }
    self.init(
      subject: Subject(
        phase: subject.phase.name, environment: subject.phase.environment, run: subject.run, from: subject.from,
        until: subject.until, ending: subject.ending, writtenAt: subject.writtenAt,
        isShadowOnly: subject.phase.isShadowOnly),
      decision: Decision(
        subject.criteria.verdict,
        missing: signOffs.filter { $0.by == nil }.map { "sign-off by \($0.role.words)" }))
    criteria = subject.criteria
    configuration.phase = Self.settings(subject.phase)
    records.signOffs = signOffs
    records.incidents = subject.incidents
    records.knownIssues = subject.knownIssues
    records.drills = subject.drills
    records.story = subject.story
  }

  private static func settings(_ phase: RolloutPhase) -> [String] {
    var lines = [
      "V3 \(phase.pipelineV3.map { "\($0)" } ?? "not set"), shadow \(phase.shadow), share "
        + (phase.sharePercent.map { "\($0) %" } ?? "not set")
    ]
    let least = [
      phase.leastHours > 0 ? "\(phase.leastHours) h" : nil,
      phase.leastBookings > 0 ? "\(phase.leastBookings) eligible bookings" : nil,
    ].compactMap(\.self)
    lines.append("lasts at least: " + (least.isEmpty ? "no time" : least.joined(separator: " and ")))
    lines.append("automatic rollback \(phase.automaticRollback ? "on" : "off")")
    return lines
  }
}
