import BookingDomain
import SeatingEngine

/// The plan for people: who sits where and why, by time, and a line that sums it up.
struct PlanTable {
  let planned: PlannedDay

  func text() -> String {
    var table = TableText(
      .text("time"), .text("booking"), .number("party"), .text("tables"), .text("strategy"), .flexible("why"))
    for index in planned.day.entries.indices.sorted(by: isEarlier) {
      let entry = planned.day.entries[index]
      let (tables, strategy, why) = words(planned.verdicts[index], wish: entry.row.zone)
      table.add(
        planned.day.restaurant.calendar.clockTime(entry.start), entry.row.bookingID.rawValue, "\(entry.row.party)",
        tables, strategy, why)
    }
    return table.render() + "\n" + summary + "\n"
  }

  /// One line.
  var summary: String {
    let plan = planned.plan
    let milliseconds = JSONTree.number(planned.elapsed.inMilliseconds, decimals: 1).excerpt
    let limit = plan.isOptimal ? "no plan is better" : "no plan seats more than \(plan.bound)"
    return "Seated \(plan.seated) of \(planned.day.entries.count) bookings, \(plan.covers) covers, "
      + "\(plan.spareSeats) spare seats, \(plan.extraTables) extra tables; \(limit); \(milliseconds) ms."
  }

  private func isEarlier(_ a: Int, _ b: Int) -> Bool {
    let entries = planned.day.entries
    return (entries[a].start, a) < (entries[b].start, b)
  }

  private func words(_ verdict: PlannedDay.Verdict, wish: String?) -> (tables: String, strategy: String, why: String) {
    switch verdict {
    case .unseated(let reason): ("-", "-", "\(reason.rawValue): \(reason.words)")
    case .seated(let assignment):
      (
        assignment.tables.map(\.rawValue).joined(separator: ", "), assignment.strategy.rawValue,
        why(assignment, wish: wish)
      )
    }
  }

  private func why(_ assignment: DayPlan.Assignment, wish: String?) -> String {
    let zone = planned.day.floor.index(of: assignment.tables[0]).map { planned.day.floor.tables[$0].zone } ?? ""
    let spare = assignment.spareSeats
    var parts = [spare == 0 ? "no spare seats" : spare.counted("spare seat")]
    if assignment.tables.count > 1 { parts.append("\(assignment.tables.count) tables joined") }
    parts.append(wish == zone ? "in \(zone) as wished" : wish == nil ? "in \(zone)" : "in \(zone), not \(wish ?? "")")
    return parts.joined(separator: "; ")
  }
}
