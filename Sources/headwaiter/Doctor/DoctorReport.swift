import Bootstrap

/// The doctor's findings, worst word first.
struct DoctorReport: Encodable {
  var verdict: Examination.Verdict
  var checks: [Examination]

  init(_ checks: [Examination]) {
    self.checks = checks
    // What was skipped was skipped for a reason that is told.
    verdict = checks.map(\.verdict).filter { $0 != .skipped }.max() ?? .fine
  }

  /// For people: each check with its detail, and under those that need it what to do.
  var text: String {
    var text = headline + "\n\n"
    let width = checks.map { ShownText.width($0.check) }.max() ?? 0
    for item in checks {
      let mark = DoctorReport.mark(item.verdict)
      let gap = String(repeating: " ", count: width - ShownText.width(item.check) + 2)
      text += "\(mark)  \(item.check)\(gap)\(ShownText.escaped(item.detail))\n"
      if let advice = item.advice, item.verdict != .fine {
        text += String(repeating: " ", count: 10 + width + 2) + "-> \(ShownText.escaped(advice))\n"
      }
    }
    return text
  }

  private var headline: String {
    let critical = checks.count { $0.verdict == .critical }
    let findings = checks.count { $0.verdict == .finding }
    switch verdict {
    case .fine, .skipped: return "All is fine."
    case .finding: return findings == 1 ? "One finding." : "\(findings) findings."
    case .critical:
      let rest = findings == 0 ? "" : findings == 1 ? ", and one finding" : ", and \(findings) findings"
      return (critical == 1 ? "One thing cannot work" : "\(critical) things cannot work") + rest + "."
    }
  }

  /// Eight columns.
  private static func mark(_ verdict: Examination.Verdict) -> String {
    switch verdict {
    case .fine: "ok      "
    case .skipped: "skipped "
    case .finding: "FINDING "
    case .critical: "CRITICAL"
    }
  }
}
