import AssignmentPipeline
import AssignmentStore
import BookingDomain
import SeatingEngine

/// A stored decision, asked again.
struct DecisionReplay {
  let record: DecisionRecord
  let bookingID: BookingID
  let decidedAt: String
  let explanation: String
  /// Whether the engine gave the recorded answer again; nil if it could not be asked.
  let isReproduced: Bool?
  /// Why it could not be asked.
  let obstacle: String?

  /// - Throws: ``CommandProblem`` if there is no such decision, or its restaurant is gone; `StoreError`.
  init(of id: String, in store: any AssignmentStore) async throws {
    guard let stored = try await store.decision(id) else {
      throw CommandProblem("--decision: there is no decision \"\(ShownText.escaped(id))\" in the database")
    }
    guard let record = DecisionDocument.decode(stored.document) else {
      throw CommandProblem("decision \(id) is stored in a form that this program cannot read", status: .critical)
    }
    guard let restaurant = try await store.restaurant(stored.restaurantID)?.restaurant else {
      throw CommandProblem("decision \(id): the restaurant \"\(stored.restaurantID)\" is no longer stored")
    }
    let floor = CompiledFloor(restaurant: restaurant)
    self.record = record
    bookingID = stored.bookingID
    decidedAt = restaurant.calendar.format(stored.createdAt)
    do throws(DecisionRecord.ReplayError) {
      isReproduced = try record.isReproduced(floor: floor)
      obstacle = nil
      explanation = record.explain(floor: floor)
    } catch {
      isReproduced = nil
      obstacle = error.description
      explanation = DecisionReplay.recorded(record)
    }
  }

  /// What can be said without the floor that was decided on.
  private static func recorded(_ record: DecisionRecord) -> String {
    let plans = record.ranking.plans.enumerated().map { rank, plan in
      let tables = plan.tables.map(\.rawValue).joined(separator: ", ")
      return "\(rank + 1). \(tables), proposed by \(plan.strategy.rawValue), "
        + "score \(JSONTree.number(plan.score, decimals: 2).excerpt)"
    }
    let head = "Party of \(record.question.party), \(record.question.slot.serviceDate): "
    return head + (plans.isEmpty ? "no table was free." : "recorded were\n" + plans.joined(separator: "\n"))
  }

  var text: String {
    "Booking \(bookingID), decided \(decidedAt).\n\(explanation)\n\(verdict)\n"
  }

  var json: [UInt8] {
    JSONWriter.write(
      .members([
        ("decision_id", .string(record.id)), ("booking_id", .string(bookingID.rawValue)),
        ("decided_at", .string(decidedAt)),
        ("tables", JSONTree(.array((record.chosen?.tables ?? []).map { .string($0.rawValue) }))),
        ("reproduced", JSONTree(isReproduced.map(JSONTree.Value.bool) ?? .null)), ("text", .string(explanation)),
        ("replay", .string(verdict)),
      ]))
  }

  private var verdict: String {
    if let obstacle { return "Not replayed: \(obstacle)." }
    return isReproduced == true
      ? "Replayed: the same answer, plan by plan." : "Replayed: ANOTHER ANSWER than the recorded one."
  }
}
