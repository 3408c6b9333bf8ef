import BookingDomain
import SeatingEngine

/// Why a booking of a plan has its tables, or none.
struct PlanExplanation {
  let bookingID: BookingID
  /// Plain words, several lines.
  let text: String
  private let decisionID: String?

  /// - Throws: ``CommandProblem`` if the file has no such booking.
  init(of id: String, in planned: PlannedDay) throws(CommandProblem) {
    let entries = planned.day.entries
    guard let index = entries.firstIndex(where: { $0.row.bookingID.rawValue == id }) else {
      let hint = Spelling.closest(to: id, in: entries.prefix(1_000).map(\.row.bookingID.rawValue))
      let question = hint.map { "; did you mean \($0)?" } ?? ""
      throw CommandProblem("--explain: the file has no booking \"\(ShownText.escaped(id))\"\(question)")
    }
    bookingID = entries[index].row.bookingID
    let record = planned.plan.records.first { $0.question.bookingID.rawValue == id }
    decisionID = record?.id
    if let record {
      text = record.explain(floor: planned.day.floor)
    } else if case .rejected(let reason) = entries[index].intake {
      text = "Not planned: \(reason.rawValue), \(reason.words)."
    } else {
      text = "No record was kept."
    }
  }

  var json: JSONTree {
    var members: [(String, JSONTree)] = [("booking_id", .string(bookingID.rawValue)), ("text", .string(text))]
    if let decisionID { members.append(("decision_id", .string(decisionID))) }
    return .members(members)
  }
}
