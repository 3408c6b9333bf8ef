import AssignmentPipeline
import BookingDomain
import SeatingEngine

/// What a day lost, in words: parties by id, size and time only.
struct RegretText {
  private static let mostNames = 6
  private let day: RegrettedDay
  private var regret: DayRegret { day.regret }

  init(_ day: RegrettedDay) { self.day = day }

  var text: String {
    let lines = [title, headline] + causes + [seated, proof, absent, notCounted].compactMap(\.self)
    return lines.map { ShownText.escaped($0) + "\n" }.joined()
  }

  private var title: String { "\(day.restaurant.name) (\(day.restaurant.id)), \(DayWords.long(day.date))" }

  private var headline: String {
    if day.record.count == 0 { return "There were no bookings." }
    if day.record.day.parties.allSatisfy({ $0.fate != .turnedAway }) { return "Nobody was turned away." }
    if regret.bookings == 0 && regret.covers == 0 { return "Nothing was lost: no better plan was found." }
    return "Lost: \(amount(regret.bookings, regret.covers)) that the best plan would have seated."
  }

  private var causes: [String] {
    regret.parts.filter { $0.bookings != 0 || $0.covers != 0 }.map { part in
      var line = "- \(amount(part.bookings, part.covers)) \(part.cause.words)"
      line += part.gained.isEmpty ? "" : ": " + names(part.gained)
      if !part.givenUp.isEmpty { line += ", in place of " + names(part.givenUp) }
      return line + "."
    }
  }

  /// For example `2 parties (7 guests)`; a loss of parties can be a gain of guests.
  private func amount(_ bookings: Int, _ covers: Int) -> String {
    if bookings == 0 { return "\(DayWords.guests(covers)), no party more" }
    let guests = covers < 0 ? "though \(DayWords.guests(-covers)) fewer" : DayWords.guests(covers)
    return "\(DayWords.parties(bookings)) (\(guests))"
  }

  /// The first few; `--json` has all.
  private func names(_ ids: [BookingID]) -> String {
    let shown = ids.count > Self.mostNames + 1 ? Self.mostNames : ids.count
    return DayWords.list(
      ids.prefix(shown).map { id in
        guard let booking = day.record.bookings[id] else { return id.rawValue }
        let time = day.restaurant.calendar.clockTime(booking.slot.dining.start)
        return "\(id) (\(booking.party) at \(time))"
      } + (shown < ids.count ? ["\(ids.count - shown) others"] : []))
  }

  private var seated: String? {
    guard day.record.count > 0 else { return nil }
    return "Seated: \(figures(regret.happened)). Best plan: \(figures(regret.best))."
  }

  private func figures(_ figures: DayFigures) -> String {
    let tables = figures.extraTables.counted("extra table")
    let seats = figures.spareSeats.counted("spare seat")
    return "\(DayWords.parties(figures.bookings)), \(DayWords.guests(figures.covers)), \(seats), \(tables)"
  }

  private var proof: String? {
    guard day.record.count > 0 else { return nil }
    if regret.isProven { return "No plan seats more parties than the best one: that is proven." }
    let percent = JSONTree.number(regret.gap * 100, decimals: 1).excerpt
    return "No plan seats more than \(DayWords.parties(regret.bound)); the best one found may be short of that by "
      + "\(regret.bound - regret.best.bookings) (\(percent) %)."
  }

  private var absent: String? {
    let (noShows, late) = (day.record.noShows, day.record.lateCancellations)
    guard noShows + late > 0 else { return nil }
    return "Did not come: \(noShows.counted("no-show")), "
      + "\(late.counted("late cancellation"))."
  }

  private var notCounted: String? {
    var words: [String] = []
    let record = day.record
    if record.cancellations > 0 {
      words.append("\(record.cancellations.counted("other cancellation"))")
    }
    if record.refusedByRules > 0 { words.append("\(record.refusedByRules) refused by hours, sizes or pacing") }
    let left = words.isEmpty ? nil : "Not counted: \(DayWords.list(words))."
    let waits = record.waiting == 1 ? "still waits for a table and counts" : "still wait for a table and count"
    let waiting = record.waiting == 0 ? nil : "\(DayWords.parties(record.waiting)) \(waits) as turned away."
    let both = [left, waiting].compactMap(\.self)
    return both.isEmpty ? nil : both.joined(separator: " ")
  }
}

extension RegretCause {
  /// Completes "2 parties …".
  var words: String {
    switch self {
    case .freeTable: "although a table stood free"
    case .overrides: "because of what was decided by hand"
    case .wrongTable: "because of the wrong tables: those seated could have sat elsewhere"
    case .orderOfArrival: "because of the order of arrival"
    case .noShows: "because tables were kept for parties that did not come"
    }
  }
}
