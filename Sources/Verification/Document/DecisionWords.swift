import Rollout

/// How the run ended, or what its gate says, in words.
struct DecisionWords {
  private let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  // MARK: Headline

  var headline: ReportCell {
    if let ending = report.subject.ending { return headline(ending) }
    let verdict = report.decision.verdict
    return ReportCell(verdict == .pass ? passing : Self.stopped(verdict), isStopped ? .open : verdict.tone)
  }

  private func headline(_ ending: VerificationReport.Ending) -> ReportCell {
    let verdict = report.decision.verdict
    switch ending.kind {
    case .advanced: return ReportCell("\(verdict == .pass ? "Passed: w" : "W")ent on\(onward(ending))", verdict.tone)
    case .forced:
      return ReportCell("Forced on\(onward(ending)), \(Self.despite(verdict))", verdict == .fail ? .bad : .open)
    case .rolledBack:
      return ReportCell("Rolled back" + (ending.findings.first.map { " by the \($0.rule.rawValue) rule" } ?? ""), .bad)
    case .aborted: return ReportCell("Aborted" + (ending.by.map { " by \($0)" } ?? ""), .bad)
    }
  }

  private func onward(_ ending: VerificationReport.Ending) -> String { ending.next.map { " to \($0)" } ?? "" }

  private static func despite(_ verdict: CriterionVerdict) -> String {
    switch verdict {
    case .pass: "though all criteria passed"
    case .fail: "though criteria failed"
    case .notEnoughData: "without enough data"
    }
  }

  private static func stopped(_ verdict: CriterionVerdict) -> String {
    verdict == .fail ? "Failed: the rollout must not advance" : "Not enough data: the rollout waits"
  }

  /// Whether all criteria pass, and the rollout may not advance all the same.
  private var isStopped: Bool {
    report.decision.verdict == .pass && (report.decision.held != nil || !report.decision.missing.isEmpty)
  }

  private var passing: String {
    if report.decision.held != nil { return "All criteria pass; the phase is held" }
    let unsigned = report.records.signOffs.count { $0.by == nil }
    if report.decision.missing.count > unsigned { return "All criteria pass; something else keeps it from advancing" }
    if unsigned > 0 { return "All criteria pass; not signed off" }
    return report.decision.next.map { "Passed: the rollout may advance to \($0)" } ?? "Passed: this is the last phase"
  }

  // MARK: Sentences

  /// What led to it, then how many criteria pass.
  var sentences: [String] {
    let all = report.criteria.count
    let failed = report.criteria.filter { $0.verdict == .fail }
    let open = report.criteria.filter { $0.verdict == .notEnoughData }
    let hasEnded = report.subject.ending != nil
    var lines = causes
    lines.append("\(all - failed.count - open.count) of \(all) criteria \(hasEnded ? "passed when it ended" : "pass").")
    if !failed.isEmpty { lines.append("Failed: \(names(failed)).") }
    if !open.isEmpty { lines.append("Not enough data: \(names(open)).") }
    if !hasEnded, !report.decision.missing.isEmpty {
      lines.append("Also missing to advance: \(report.decision.missing.joined(separator: "; ")).")
    }
    return lines
  }

  private var causes: [String] {
    if let held = report.decision.held {
      return ["Held since \(ReportNumber.time(held.at)) by \(held.by): \(held.reason)"]
    }
    guard let ending = report.subject.ending else { return [] }
    let found = ending.findings.map { "The \($0.rule.rawValue) rule: \($0.sentence)." }
    let waits = ending.resumesAt.map { ["Nobody has resumed yet; resuming enters \($0)."] } ?? []
    return found + waits + (ending.reason.map { ["Reason given by \(ending.by ?? "nobody"): \($0)"] } ?? [])
  }

  private func names(_ results: [CriterionResult]) -> String {
    results.map { result in
      let measured = result.value.map { "\(ReportNumber.value($0, result.unit)), " } ?? ""
      return "\(CriterionWords.title(of: result.name)) (\(measured)needed \(CriterionWords.limit(of: result)))"
    }.joined(separator: "; ")
  }
}
