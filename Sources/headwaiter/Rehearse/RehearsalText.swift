import AssignmentStore
import BookingDomain
import Rehearsal
import Rollout

/// Rehearsals for people.
enum RehearsalText {
  /// One, from its beginning to its end.
  static func one(_ played: PlayedRehearsal) -> String {
    let result = played.result
    return [
      headline(result), timeline(result), gate(result), table([result]), guests(result),
      played.verification?.summary ?? "",
      verdict(result),
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// A line for each scenario.
  static func table(_ results: [RehearsalResult]) -> String {
    var table = TableText(
      .text("scenario"), .number("seeds"), .text("phase reached"), .text("stands at the end"), .text("caught by"),
      .number("after bookings"), .text("and"), .number("guests affected"), .number("as expected"))
    for group in RehearsalGroup.groups(of: results) { table.add(cells: group.cells) }
    return table.render()
  }

  private static func headline(_ result: RehearsalResult) -> String {
    let about = result.scenario.about.isEmpty ? "" : "\n\(ShownText.escaped(result.scenario.about))"
    return "\(ShownText.escaped(result.scenario.name)), seed \(result.seed): \(result.tally.asked) guests of "
      + "\(result.restaurants) restaurants in \(ElapsedText.text(result.endedAt.since(result.beganAt)))\(about)\n"
  }

  private static func timeline(_ result: RehearsalResult) -> String {
    var table = TableText(.text("when"), .text("phase"), .text("what"), .flexible(""))
    for moment in result.moments {
      table.add(
        when(moment.at, since: result.beganAt), moment.phase ?? "",
        moment.kind.rawValue.replacing("_", with: " "), moment.text)
    }
    return table.render()
  }

  /// For example `day 3 14:05`, the first day being 1.
  private static func when(_ time: Timestamp, since begin: Timestamp) -> String {
    let day = time.seconds / 86_400 - begin.seconds / 86_400 + 1
    return "day \(day) \(time.description.dropFirst(11).prefix(5))"
  }

  /// The gate that the people looked at last.
  private static func gate(_ result: RehearsalResult) -> String {
    if result.lastGate.isEmpty { return "" }
    var table = TableText(.text("last gate"), .text("verdict"), .flexible("what it says"))
    for criterion in result.lastGate {
      table.add(criterion.name, criterion.verdict.words, criterion.sentence)
    }
    return table.render()
  }

  private static func guests(_ result: RehearsalResult) -> String {
    let tally = result.tally
    var line =
      "\(tally.booked) bookings: \(tally.confirmed) confirmed, \(tally.manualReview) in review, \(tally.failed) failed, "
      + "\(tally.unfinished) not ended; \(tally.byV3) decided by V3"
    if tally.askedAgain > 0 { line += "; \(tally.askedAgain) guests had to come back" }
    if tally.refused > 0 { line += "; \(tally.refused) were refused" }
    return line + "\nbroken invariants: \(result.invariants.total)\n"
  }

  private static func verdict(_ result: RehearsalResult) -> String {
    let others = result.unexpected
    if !result.isSound { return "NOT SOUND: a booking has not ended, or an invariant is broken\n" }
    return others.isEmpty ? "as expected\n" : "NOT AS EXPECTED: \(others.joined(separator: "; "))\n"
  }
}
