import BookingDomain
import Rollout

extension ReportDocument {
  /// The report for people: what was decided first, then what speaks for it.
  public init(_ report: VerificationReport) {
    let words = DecisionWords(report)
    self.init(
      title: "Verification report: \(report.subject.phase), run \(report.subject.run)",
      verdict: words.headline, summary: words.sentences,
      facts: Self.facts(report.subject),
      sections: [
        Section("Criteria", CriteriaSection(report).blocks),
        Section("What happened", StorySection(report.records).blocks),
        Section("Legacy against V3", ComparisonSection(report).blocks),
        Section("Latency", LatencySection(report).blocks),
        Section("States", StateSection(report).blocks),
        Section("Reasons", ReasonSection(report).blocks),
        Section("Notices", NoticeSection(report).blocks),
        Section("Edge cases", EdgeCaseSection(report).blocks),
        Section("Configuration", ConfigurationSection(report).blocks),
        Section("Incidents and known issues", IncidentSection(report.records).blocks),
        Section("Sign-offs", SignOffSection(report).blocks),
      ])
  }

  private static func facts(_ subject: VerificationReport.Subject) -> [Fact] {
    let length = subject.until.since(subject.from).inMilliseconds / 1_000
    let ending = subject.ending.map { Fact("Ended", $0.kind.words + ($0.by.map { " by \($0)" } ?? "")) }
    return [
      Fact("Environment", subject.environment.rawValue),
      Fact("From", ReportNumber.time(subject.from)),
      Fact("Until", subject.ending == nil ? "it goes on" : ReportNumber.time(subject.until)),
      Fact("Lasted", Shown.duration(length)),
      Fact("Written", ReportNumber.time(subject.writtenAt)),
    ] + [ending].compactMap(\.self)
  }
}

extension CriterionVerdict {
  var tone: ReportCell.Tone {
    switch self {
    case .pass: .good
    case .fail: .bad
    case .notEnoughData: .open
    }
  }
}

extension VerificationReport.Ending.Kind {
  fileprivate var words: String { rawValue.replacing("_", with: " ") }
}
