import BookingDomain
import HeadwaiterAPI

/// Better seatings of a day for people.
struct DayPlanText {
  let calendar: RestaurantCalendar

  private var zone: String { "Times in \(calendar.identifier).\n" }

  // MARK: - One

  func preview(_ preview: DayPreviewBody, date: LocalDate, restaurant: String) -> String {
    guard let plan = preview.plan else { return nothing(preview, date) }
    return """
      Plan \(plan.planID) for \(date): \(plan.gain); gain \(Self.percent(plan)).

      \(moves(plan))
      \(figures(plan))
      \(plan.moveCount.counted("confirmed booking")) would move. Nothing has changed yet; apply it with
      headwaiter optimize apply --restaurant \(restaurant) \(plan.planID)
      \(zone)
      """
  }

  private func nothing(_ preview: DayPreviewBody, _ date: LocalDate) -> String {
    let now = preview.now
    let (seated, waiting) = (now.bookings, preview.waiting ?? 0)
    var text = "Nothing to gain: \(seated.counted("booking")) on \(date) with tables "
    text += "(\(now.covers.counted("guest")), \(now.spareSeats.counted("spare seat")), "
    text += "\(now.extraTables.counted("joined table"))), "
    guard waiting > 0 else { return text + "none waits for one.\n" }
    let isProven = preview.bound.map { $0 <= seated } ?? false
    text += waiting == 1 ? "1 waits for one" : "\(waiting) wait for one"
    return text + (isProven ? "; no seating has room for more.\n" : "; no room was found for more.\n")
  }

  func decided(_ plan: DayPlanBody) -> String {
    let head = "Plan \(plan.planID) for \(plan.date) is \(plan.state)"
    switch plan.state {
    case "applied": return "\(head): \(plan.gain).\n\n\(moves(plan))\n\(zone)"
    default: return "\(head): everybody is back where they were.\n"
    }
  }

  private func moves(_ plan: DayPlanBody) -> String {
    var table = TableText(.text("booking"), .flexible("move"))
    for move in plan.moves { table.add(move.bookingID, move.text) }
    return table.render()
  }

  private func figures(_ plan: DayPlanBody) -> String {
    var table = TableText(.text(""), .number("before"), .number("after"))
    let rows: [(String, KeyPath<DayFiguresBody, Int>)] = [
      ("bookings", \.bookings), ("guests", \.covers), ("spare seats", \.spareSeats), ("joined tables", \.extraTables),
    ]
    for (name, value) in rows { table.add(name, "\(plan.before[keyPath: value])", "\(plan.after[keyPath: value])") }
    return table.render()
  }

  // MARK: - Many

  func list(_ list: DayPlanListBody, date: LocalDate) -> String {
    guard !list.plans.isEmpty else { return "No plans for \(date).\n" }
    var table = TableText(
      .text("plan"), .text("made"), .text("cause"), .text("state"), .flexible("by"), .number("moves"),
      .number("gain"), .flexible("what is gained"))
    for plan in list.plans {
      table.add(
        plan.planID, Self.minute(plan.createdAt), plan.cause.replacing("_", with: " "), plan.state,
        plan.automatic ? "itself" : plan.decidedBy ?? plan.createdBy, "\(plan.moveCount)", Self.percent(plan), plan.gain
      )
    }
    return table.render() + "\n" + zone
  }

  // MARK: - Words

  private static func percent(_ plan: DayPlanBody) -> String {
    "\(JSONTree.number(plan.gainPercent, decimals: 1).excerpt) %"
  }

  /// `2026-12-04 19:00` of an RFC 3339 time.
  private static func minute(_ time: String) -> String {
    String(time.prefix(16)).replacing("T", with: " ")
  }
}
