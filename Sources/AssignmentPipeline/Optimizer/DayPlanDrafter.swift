public import AssignmentStore
import BookingDomain
import SeatingEngine

/// Turns the moves of a plan into bookings that change, and adds them to the transaction that writes them all.
struct DayPlanDrafter: Sendable {
  /// Name in the history of what no person has decided.
  static let optimizer = "optimizer"

  let environment: PipelineEnvironment
  let author: ChangeContext

  /// - Parameter person: nil for what the restaurant's own rule decides.
  init(environment: PipelineEnvironment, person: ChangeContext?) {
    self.environment = environment
    author =
      person
      ?? ChangeContext(actor: .person, actorName: Self.optimizer, mode: .v3, at: environment.clock.now())
  }

  // MARK: - There

  /// A booking with its new tables: one that has tables moves, one in review is confirmed.
  /// - Parameter why: for the history: the plan, or the booking for which it makes room.
  func mutation(
    _ booking: Booking, to tables: [TableNumber], by strategy: StrategyName = .optimalFit, why: [String: String]
  ) throws(DeskError) -> BookingMutation {
    let isMove = booking.state == .confirmed
    let record = UndoRecord(
      action: isMove ? .move : .forceConfirm, before: booking, claimWindow: isMove ? booking.slot.block : nil)
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.undo = record
      $0.tables = tables
      $0.strategy = strategy
      $0.decisionID = nil
    }
    try mutation.confirmTables(
      cause: isMove ? .move : .forceConfirm, reason: isMove ? .moved : .forceConfirmed, metadata: why,
      by: author)
    return mutation
  }

  /// Claims, notices and jobs of bookings that get their tables; the bookings themselves are added by whoever commits.
  func add(_ mutations: [BookingMutation], to unit: inout WriteUnit) {
    for mutation in mutations {
      let booking = mutation.booking
      unit.releases.append(.allocations(booking.id))
      unit.claims += Claim.allocations(of: booking, window: booking.slot.block)
      unit.jobs.append(.finish(booking.id))
      let isMove = mutation.history.first?.from == .confirmed
      if booking.origin != .walkIn { unit.notices.append(environment.notice(isMove ? .moved : .confirmed, booking)) }
    }
  }

  /// The bookings of a reading at the tables to which a plan moves them.
  func mutations(
    _ moves: some Sequence<LiveDayPlan.Move>, in reading: DayReading, plan id: String
  ) throws(DeskError) -> [BookingMutation] {
    var result: [BookingMutation] = []
    for move in moves {
      guard let booking = reading.bookings[move.bookingID] else { continue }
      result.append(try mutation(booking, to: move.to, why: ["plan": id]))
    }
    return result
  }

  /// A plan that no person has decided, within the budget that the restaurant has for the date.
  func add(
    _ plan: StoredDayPlan, moving others: [BookingMutation], in reading: DayReading, as action: StoredDayPlan.Action,
    to unit: inout WriteUnit
  ) {
    add(others, to: &unit)
    unit.dayPlan = .add(plan, budget: reading.context.restaurant.optimisation.churnBudget)
    unit.events.append(plan.event(of: action, by: author))
  }

  // MARK: - And back

  /// A booking as it was before the plan. The tables that it had are claimed again, or it waits for a person again.
  func undone(_ booking: Booking, _ move: DayMove, plan id: String) throws(DeskError) -> BookingMutation {
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.undo = nil
      $0.tables = move.from
      $0.strategy = move.strategy
      $0.decisionID = move.decisionID
    }
    let metadata = ["plan": id, "undone": "plan"]
    if move.isMove {
      try mutation.confirmTables(cause: .undo, reason: .undone, metadata: metadata, by: author)
    } else {
      try mutation.go(to: .manualReview, cause: .undo, reason: .undone, metadata: metadata, by: author)
    }
    return mutation
  }
}

extension DayMove {
  init(_ move: LiveDayPlan.Move, of booking: Booking, isChange: Bool = false) {
    self.init(
      bookingID: booking.id, version: booking.version, party: booking.party, start: booking.slot.dining.start,
      from: move.from, to: move.to, strategy: booking.strategy, decisionID: booking.decisionID,
      isChange: isChange)
  }
}

extension StoredDayPlan {
  /// What the optimizer found for a reading of a day.
  init(
    _ plan: LiveDayPlan, of reading: DayReading, id: String, cause: DayPlanCause, state: DayPlanState,
    by author: ChangeContext, isAutomatic: Bool = false
  ) {
    let moves = plan.moves.compactMap { move in reading.bookings[move.bookingID].map { DayMove(move, of: $0) } }
    self.init(
      id: id, restaurantID: reading.context.restaurant.id, date: reading.date, cause: cause, state: state,
      moves: moves.sorted { ($0.start, $0.bookingID) < ($1.start, $1.bookingID) },
      before: reading.whole(plan.before), after: reading.whole(plan.after), createdAt: author.at,
      createdBy: author.actorName, isAutomatic: isAutomatic, decidedAt: state == .ready ? nil : author.at,
      decidedBy: state == .ready ? nil : author.actorName)
  }

  /// For example `2 more bookings (7 guests), 3 fewer spare seats`; `nothing gained` where there is nothing.
  public var gainInWords: String {
    let (bookings, covers) = (after.bookings - before.bookings, after.covers - before.covers)
    var parts: [String] = []
    if bookings > 0 { parts.append("\(bookings.counted("more booking")) (\(covers.counted("guest")))") }
    if bookings == 0, covers > 0 { parts.append(covers.counted("more guest")) }
    parts += [
      Self.difference(before.spareSeats, after.spareSeats, "spare seat"),
      Self.difference(before.extraTables, after.extraTables, "joined table"),
    ].compactMap { $0 }
    return parts.isEmpty ? "nothing gained" : parts.joined(separator: ", ")
  }

  private static func difference(_ before: Int, _ after: Int, _ noun: String) -> String? {
    if before == after { return nil }
    return abs(after - before).counted(after < before ? "fewer \(noun)" : "more \(noun)")
  }

  /// Stores a plan as an offer, in place of the one for its date: the same again stays as it is, and one without moves only
  /// takes the other back.
  func offer(inPlaceOf before: StoredDayPlan?, by author: ChangeContext, in unit: inout WriteUnit) {
    if moves.isEmpty {
      unit.dayPlan = before.map {
        .go(id: $0.id, from: .ready, to: .outdated, by: author.actorName, at: author.at)
      }
    } else if before?.moves != moves {
      unit.dayPlan = .add(self)
      unit.events = [event(of: .preview, by: author)]
    }
  }

  /// What is done with a plan.
  enum Action: String, Sendable {
    case preview, apply, undo
    /// Applied in the transaction that confirms the booking for which room is made.
    case makeRoom = "make_room"

    var event: String { self == .preview ? "optimizer.plan_ready" : "optimizer.applied" }
  }

  /// What tells of it. No personal data.
  func event(of action: Action, by author: ChangeContext) -> ObservabilityEvent {
    let context: [String: EventValue] = [
      "plan": .string(id), "date": .string("\(date)"), "cause": .string(cause.rawValue), "moves": .int(moveCount),
      "bookings_gained": .int(after.bookings - before.bookings), "covers_gained": .int(after.covers - before.covers),
      "gain_percent": .double((gainPercent * 10).rounded() / 10), "automatic": .bool(isAutomatic),
      "action": .string(action.rawValue), "actor": .string(author.actorName),
    ]
    return ObservabilityEvent(
      .optimizer, action.event, restaurantID: restaurantID, context: context, at: author.at)
  }
}
