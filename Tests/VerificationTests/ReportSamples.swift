import AssignmentStore
import BookingDomain
import Rollout
import Verification

/// Reports that were made up.
enum ReportSamples {
  static let start = Timestamp(seconds: 1_795_824_000)
  /// What a person could type to break a page.
  static let hostile = "<script>alert('x')</script> & \"quoted\" | *bold* `code` [link](http://x)\nnext\u{202E}line"

  static func subject(_ criteria: [CriterionResult], name: String = "production_10") -> VerificationSubject {
    let phase = RolloutPlan.standard.phase(name) ?? RolloutPlan.standard.phases[0]
    let run = RolloutRun(
      number: 4, phase: phase.name, environment: phase.environment, decidesV3: true, shadow: false, sharePercent: 10,
      decidedAt: start, enteredAt: start)
    var subject = VerificationSubject(
      phase: phase, run: run, writtenAt: start.adding(.seconds(90_000)), criteria: criteria)
    subject.next = RolloutPlan.standard.phase(after: phase.name)?.name
    subject.budget = .init(latency: 3_000, leaseWait: 100)
    return subject
  }

  static func criterion(
    _ kind: CriterionKind, _ value: Double?, bound: Double?, limit: Double, _ verdict: CriterionVerdict
  ) -> CriterionResult {
    CriterionResult(
      name: kind.rawValue, value: value, sample: 400, bound: bound, limit: limit, unit: kind.unit, verdict: verdict,
      sentence: "the sentence of \(kind.rawValue)")
  }

  static let passing = [
    criterion(.confirmation, 98.5, bound: 97.1, limit: 95, .pass),
    criterion(.review, 1.25, bound: 2.75, limit: 10, .pass),
    criterion(.notWorseThanLegacy, 0.4, bound: -1.2, limit: 5, .pass),
    criterion(.stuck, 0, bound: nil, limit: 0, .pass),
  ]

  /// With something of everything.
  static func full(_ criteria: [CriterionResult] = passing) -> VerificationReport {
    var subject = subject(criteria)
    subject.signOffs = [SignOff(role: .productOwner, by: hostile, run: 4, at: start)]
    subject.incidents = [Incident(level: .p1, text: hostile, by: "ada", run: 4, at: start)]
    subject.knownIssues = [KnownIssue(text: "a slow printer", by: "ada", run: 4, at: start)]
    subject.drills = [RecordedDrill(result: DrillResult(at: start, recoverySeconds: 0.6), by: "ada", run: 4)]
    subject.story = [.init(at: start, what: "entered", by: "ada", text: hostile)]
    var report = VerificationReport(subject)
    report.edgeCases = [.init(name: "joined_tables", count: 12), .init(name: "after_midnight", count: 0)]
    report.configuration.changes = [.init(at: start, flag: "ROLLOUT_SHARE", value: "10", actor: "ada", reason: hostile)]
    report.configuration.instances = [
      .init(id: "one", role: "all", version: "1.0", isLive: true, says: "V3 true"),
      .init(id: "two", role: "all", version: "1.0", isLive: false, says: "nothing"),
    ]
    return report
  }
}
