import AssignmentStore
import BookingDomain
import SeatingEngine

/// Room for a booking that finds no free table, made by moving others.
struct Room: Sendable {
  /// Of the plan that is stored with it.
  var id: String
  /// The others' moves, and last the booking's own place.
  var plan: LiveDayPlan
  /// The day without the booking.
  var reading: DayReading
  /// The booking's own tables, as the engine's plans are.
  var seating: SeatingPlan

  /// Of the restaurant, for a date.
  var budget: Int { reading.context.restaurant.optimisation.churnBudget }

  /// For the booking's history.
  var metadata: [String: String] { ["plan": id] }

  /// The others, at their new tables.
  func mutations(_ drafter: DayPlanDrafter) throws(DeskError) -> [BookingMutation] {
    var result: [BookingMutation] = []
    for move in plan.moves.dropLast() {
      guard let booking = reading.bookings[move.bookingID] else { continue }
      result.append(try drafter.mutation(booking, to: move.to, why: metadata))
    }
    return result
  }

  /// As it is kept: applied by no person.
  /// - Parameters:
  ///   - booking: as it gets its tables.
  ///   - before: as it was; the same unless it changes with it, and without tables for a new one.
  func stored(for booking: Booking, before: Booking, by author: ChangeContext) -> StoredDayPlan {
    var stored = StoredDayPlan(
      plan, of: reading, id: id, cause: .noTable, state: .applied, by: author, isAutomatic: true)
    if before.holdsTables { stored.before.add(before, on: reading.context.floor) }
    let own = DayMove(
      bookingID: booking.id, version: before.version, party: booking.party, start: booking.slot.dining.start,
      from: before.tables, to: seating.tables, isChange: before.holdsTables)
    stored.moves = (stored.moves + [own]).sorted { ($0.start, $0.bookingID) < ($1.start, $1.bookingID) }
    return stored
  }
}

/// A day without one booking, prepared for the question where that could sit.
struct PreparedReading: Sendable {
  let reading: DayReading
  private let day: PreparedDay

  /// - Parameter id: of the booking, which the reading may have or not.
  init(_ reading: DayReading, without id: BookingID) {
    self.reading = reading.without(id)
    day = DayOptimizer(floor: reading.context.floor).prepare(self.reading.day)
  }

  /// The smallest set of moves that makes room for the booking.
  func room(for booking: PlanBooking, id: String, limits: SearchLimits) -> Room? {
    guard let plan = day.room(for: booking, limits: limits), let own = plan.moves.last,
      own.bookingID == booking.id
    else { return nil }
    let floor = reading.context.floor
    let seats = floor.tables(own.to).reduce(0) { $0 + floor.tables[$1].capacity }
    let seating = SeatingPlan(
      tables: own.to, strategy: .optimalFit, score: 0, parts: [], spareSeats: max(0, seats - booking.party))
    return Room(id: id, plan: plan, reading: reading, seating: seating)
  }
}

extension DayReading {
  /// The smallest set of moves that makes room for a booking.
  func room(for booking: PlanBooking, id: String, limits: SearchLimits) -> Room? {
    PreparedReading(self, without: booking.id).room(for: booking, id: id, limits: limits)
  }

  /// The day without a booking: tables that it has are given up for the new ones.
  fileprivate func without(_ id: BookingID) -> DayReading {
    var others = self
    others.day.parties.removeAll { $0.booking.id == id }
    others.day.claims.removeAll { $0.bookingID == id }
    others.bookings[id] = nil
    if let booking = others.stayers.removeValue(forKey: id) { others.staying.remove(booking, on: context.floor) }
    return others
  }
}
