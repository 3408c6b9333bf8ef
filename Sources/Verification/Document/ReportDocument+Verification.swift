import BookingDomain
import Rollout

extension ReportDocument {
  /// The report for people: what was decided first, then what speaks for it.
  public init(_ report: VerificationReport) {
    let words = DecisionWords(report)
    self.init(
      title: "Verification report: \(report.subject.phase), run \(report.subject.run)",
      verdict: ReportCell(words.headline, report.decision.verdict.tone), summary: words.sentences,
      facts: Self.facts(report.subject),
      sections: [
        Section("Criteria", CriteriaSection(report).blocks),
        Section("Legacy against V3", ComparisonSection(report).blocks),
        Section("Latency", LatencySection(report).blocks),
        Section("States", StateSection(report).blocks),
        Section("Reasons", ReasonSection(report).blocks),
        Section("Notices", NoticeSection(report).blocks),
        Section("Edge cases", EdgeCaseSection(report).blocks),
        Section("Configuration", ConfigurationSection(report.configuration).blocks),
        Section("Incidents and known issues", IncidentSection(report.records).blocks),
        Section("Sign-offs", SignOffSection(report.records).blocks),
        Section("What happened", StorySection(report.records).blocks),
      ])
  }

  private static func facts(_ subject: VerificationReport.Subject) -> [Fact] {
    let length = subject.until.since(subject.from).inMilliseconds / 1_000
    return [
      Fact("Environment", subject.environment.rawValue),
      Fact("From", ReportNumber.time(subject.from)),
      Fact("Until", subject.ending == nil ? "it goes on" : ReportNumber.time(subject.until)),
      Fact("Lasted", ReportNumber.duration(length)),
      Fact("Ended", subject.ending ?? "not yet"),
      Fact("Written", ReportNumber.time(subject.writtenAt)),
    ]
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

  /// Failures are loud without colour too.
  var words: String {
    switch self {
    case .pass: "pass"
    case .fail: "FAIL"
    case .notEnoughData: "not enough data"
    }
  }
}

/// What the gate says, in words.
private struct DecisionWords {
  private let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var headline: String {
    switch report.decision.verdict {
    case .pass:
      report.decision.missing.isEmpty ? "Passed: the rollout may advance" : "All criteria pass; not signed off"
    case .fail: "Failed: the rollout must not advance"
    case .notEnoughData: "Not enough data: the rollout holds"
    }
  }

  var sentences: [String] {
    let all = report.criteria.count
    let failed = report.criteria.filter { $0.verdict == .fail }
    let open = report.criteria.filter { $0.verdict == .notEnoughData }
    var lines = ["\(all - failed.count - open.count) of \(all) criteria pass."]
    if !failed.isEmpty { lines.append("Failed: \(names(failed)).") }
    if !open.isEmpty { lines.append("Not enough data: \(names(open)).") }
    if !report.decision.missing.isEmpty {
      lines.append("Also missing to advance: \(report.decision.missing.joined(separator: "; ")).")
    }
    return lines
  }

  private func names(_ results: [CriterionResult]) -> String {
    results.map { CriterionWords.title(of: $0.name) }.joined(separator: "; ")
  }
}
