import AssignmentStore
import BookingDomain
import SeatingEngine

/// Says in plain words why a booking has its tables: by the stored decision, or by who chose them.
struct TableExplainer: Sendable {
  let ledger: DeskLedger
  let booking: Booking

  /// Causes of history rows with which a person chose tables.
  private static let choices = ["move", "squeeze", "swap", "hand_pick", "force_confirm", "undo", "create"]

  func explain() async throws(DeskError) -> TableExplanation {
    guard booking.holdsTables else { return explanation("This booking has no table\(reason).", decision: nil) }
    if booking.strategy == .manual { return explanation(try await byPerson(), decision: nil) }
    if let text = try await byPlan() { return explanation(text, decision: nil) }
    if let (text, document) = try await byDecision() { return explanation(text, decision: document) }
    return explanation(bestFit, decision: nil)
  }

  private func explanation(_ text: String, decision: String?) -> TableExplanation {
    TableExplanation(
      bookingID: booking.id, tables: booking.tables, strategy: booking.strategy,
      decisionID: decision == nil ? nil : booking.decisionID, text: text, decision: decision)
  }

  private var reason: String { booking.reason.map { " (\($0.rawValue))" } ?? "" }

  private func byDecision() async throws(DeskError) -> (String, String)? {
    guard let id = booking.decisionID else { return nil }
    let stored = try await ledger.read { store async throws(StoreError) in try await store.decision(id) }
    guard let stored, let record = DecisionDocument.decode(stored.document) else { return nil }
    let context = try await ledger.restaurant(booking.restaurantID)
    let text = record.explain(floor: context.floor)
    guard let chosen = record.chosen, chosen.tables != booking.tables else { return (text, stored.document) }
    // The best plan was taken meanwhile, and the next one was used.
    let next = "\(booking.tables.words.capitalizedFirst) came next when better ones were taken."
    return ("\(next)\n\(text)", stored.document)
  }

  /// A day that was seated anew.
  private func byPlan() async throws(DeskError) -> String? {
    guard booking.decisionID == nil else { return nil }
    let (id, restaurant) = (booking.id, booking.restaurantID)
    let history = try await ledger.read { store async throws(StoreError) in try await store.history(of: id) }
    guard let row = history.last(where: { $0.to == .assigned }), let name = row.metadata["plan"],
      row.metadata["undone"] == nil
    else { return nil }
    let plan = try await ledger.read { store async throws(StoreError) in try await store.dayPlan(name, of: restaurant) }
    let context = try await ledger.restaurant(restaurant)
    let verb = booking.tables.count == 1 ? "was" : "were"
    let tables = "\(booking.tables.words.capitalizedFirst) \(verb) given to it by \(row.actor)"
    let when = context.restaurant.calendar.format(row.createdAt)
    guard let plan else { return "\(tables) when the day was seated anew, \(when)." }
    return "\(tables) when the day was seated anew, \(when): \(plan.gainInWords)."
  }

  private func byPerson() async throws(DeskError) -> String {
    let id = booking.id
    let history = try await ledger.read { store async throws(StoreError) in try await store.history(of: id) }
    let tables = booking.tables.words.capitalizedFirst
    let verb = booking.tables.count == 1 ? "was" : "were"
    guard let row = history.last(where: { Self.choices.contains($0.cause) && $0.mode == .manual }) else {
      return "\(tables) \(verb) chosen by a person."
    }
    let context = try await ledger.restaurant(booking.restaurantID)
    let when = context.restaurant.calendar.format(row.createdAt)
    return "\(tables) \(verb) chosen by \(row.actor) (\(row.cause.replacing("_", with: " "))), \(when)."
  }

  /// The legacy flow keeps no record of its decisions.
  private var bestFit: String {
    let how = booking.strategy == .legacyBestFit ? "best fit: fewest spare seats, then fewest tables" : "the planner"
    return "\(booking.tables.words.capitalizedFirst): chosen by \(how); no decision record was kept."
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
