import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Rollout

/// The rollout on one screen.
struct RolloutStatusText {
  private let report: RolloutReport

  init(_ report: RolloutReport) { self.report = report }

  var text: String {
    var lines = [title, flags, rollback]
    if let bookings { lines.append(bookings) }
    if let stop { lines.append(stop) }
    if report.stored.drill != nil { lines.append("drill     V3 is off for a rollback drill") }
    lines += report.flagDifferences.map { "differs   \($0)" }
    if !report.waitingFor.isEmpty { lines.append("waits for \(report.waitingFor.joined(separator: ", "))") }
    var text = lines.map { ShownText.escaped($0) + "\n" }.joined()
    if !report.gate.isEmpty { text += "\n" + table.render() }
    text += "\n"
    if let missing { text += "missing   \(missing)\n" }
    if let data { text += "data      \(data)\n" }
    text += "next      \(report.advice.words)\n"
    if let command = report.advice.command { text += "          \(command)\n" }
    return text
  }

  /// Nil while all is well.
  static func exitStatus(_ report: RolloutReport) -> ExitStatus? {
    if report.stored.isKilled { return .critical }
    switch report.state.status {
    case .rolledBack: return .critical
    case .holding: return .finding
    case .entered, .advancing:
      return report.gate.verdict == .fail || !report.flagDifferences.isEmpty ? .finding : nil
    case .notStarted, .aborted: return nil
    }
  }

  // MARK: Lines

  private var title: String {
    guard let run = report.run, let phase = report.phase else { return "phase     no rollout runs" }
    let signed = report.state.signedOff(run)
    let waiting = phase.signedOffBy.filter { !signed.contains($0) }.count
    let signs =
      phase.signedOffBy.isEmpty ? "" : ", \(phase.signedOffBy.count - waiting) of \(phase.signedOffBy.count) signed off"
    return "phase     \(run.phase) (\(phase.environment.rawValue)), run \(run.number), \(report.state.status.name)"
      + ", \(ElapsedText.text(report.at.since(run.enteredAt)))\(signs)"
  }

  private var flags: String {
    let values = Dictionary(uniqueKeysWithValues: report.flags.verdicts.map { ($0.name, $0.value) })
    let isOn = values[.pipelineV3] == "true"
    let share = isOn ? "on for \(values[.rolloutShare] ?? "100") % of restaurants" : "off"
    let killed = report.stored.isKilled ? "; KILL SWITCH ON" : ""
    return "flags     V3 \(share), shadow \(values[.shadow] == "true" ? "on" : "off")\(killed)"
  }

  private var rollback: String {
    guard report.rollback.isArmed else { return "rollback  not armed: \(report.rollback.reason ?? "no phase runs")" }
    guard let nearest = report.rollback.standings.first else { return "rollback  armed" }
    let unit: CriterionKind.Unit = nearest.rule == .breaker ? .seconds : .percent
    let limit = "fires above \(number(nearest.limit, unit))"
    if nearest.sample < nearest.needed {
      return
        "rollback  armed; nearest is \(nearest.rule.rawValue): \(nearest.sample) of the \(nearest.needed) it needs, \(limit)"
    }
    let sure = nearest.needed > 0 ? ", surely above \(number(nearest.bound, unit))" : ""
    return "rollback  armed; nearest is \(nearest.rule.rawValue): \(number(nearest.value, unit))\(sure), \(limit)"
  }

  /// The raw rates, which no gate goes by.
  private var bookings: String? {
    guard let figures = report.figures else { return nil }
    let name = report.phase?.isShadowOnly == true ? "shadow" : "V3"
    return "bookings  \(name) confirmed \(raw(figures.v3)), legacy \(raw(figures.legacy))"
  }

  private func raw(_ figures: FlowFigures) -> String {
    let rate = figures.rawConfirmationRate.map { " (\(number($0 * 100, .percent)))" } ?? ""
    return "\(figures.bookingsConfirmed) of \(figures.bookings)\(rate)"
  }

  private var stop: String? {
    switch report.state.status {
    case .holding(_, let stop): "holds     \(stop.reason) (\(stop.by))"
    case .aborted(_, let stop): "aborted   \(stop.reason) (\(stop.by))"
    case .rolledBack(let rollback): "rolled back: \(rollback.finding.sentence)"
    case .notStarted, .entered, .advancing: nil
    }
  }

  /// The criteria are in the table: here they are counted, and the rest is named.
  private var missing: String? {
    guard !report.missing.isEmpty else { return nil }
    var (criteria, signers, others) = (0, [String](), [String]())
    for item in report.missing {
      switch item {
      case .criterion: criteria += 1
      case .signOff(let role): signers.append(role.rawValue)
      case .environment, .killSwitch: others.append(item.description)
      }
    }
    if !signers.isEmpty { others.insert("sign-off by \(signers.joined(separator: " and "))", at: 0) }
    if criteria > 0 { others.insert("\(criteria) \(criteria == 1 ? "criterion" : "criteria")", at: 0) }
    return ShownText.escaped(others.joined(separator: "; "))
  }

  private var data: String? {
    guard !report.gate.isEmpty else { return nil }
    switch report.enoughData {
    case .enough: return "enough"
    case .after(let seconds, let bookings):
      let more = bookings > 0 ? " and \(bookings) more bookings" : ""
      return "enough in \(ElapsedText.text(.seconds(seconds)))\(more), at the present rate"
    case .never: return "not enough by waiting alone, as things stand"
    }
  }

  private var table: TableText {
    var table = TableText(
      .text("criterion"), .number("value"), .number("of"), .number("bound"), .number("limit"), .text("verdict"),
      .text("data in"))
    for (result, estimate) in zip(report.gate, report.estimates) {
      table.add(
        result.name, number(result.value, result.unit), result.sample > 0 ? "\(result.sample)" : "",
        number(result.bound, result.unit), number(result.limit, result.unit), result.verdict.words, words(estimate))
    }
    return table
  }

  private func words(_ estimate: DataEstimate) -> String {
    switch estimate {
    case .enough: ""
    case .after(let seconds, _): ElapsedText.text(.seconds(seconds))
    case .never: "-"
    }
  }

  private func number(_ value: Double?, _ unit: CriterionKind.Unit) -> String {
    guard let value else { return "-" }
    let short = Shown.number(value)
    switch unit {
    case .percent: return short + " %"
    case .points: return short + " pt"
    case .count: return short
    case .seconds: return ElapsedText.text(.seconds(value))
    case .milliseconds: return short + " ms"
    case .days: return short + " d"
    }
  }
}
