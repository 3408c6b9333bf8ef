import AssignmentStore
import BookingDomain
import SeatingEngine

/// Room for a booking that finds no free table, made by moving others.
struct Room: Sendable {
  /// The others' moves, and last the booking's own place.
  var plan: LiveDayPlan
  var reading: DayReading
  /// The booking's own tables, as the engine's plans are.
  var seating: SeatingPlan
}

/// A day prepared for the question where one booking could sit, at one time or another.
struct PreparedReading: Sendable {
  private let reading: DayReading
  private let day: PreparedDay

  /// - Parameter booking: which the reading may have or not.
  init(_ reading: DayReading, for booking: PlanBooking) {
    self.reading = reading.releasing(booking.id, now: booking.now)
    day = DayOptimizer(floor: reading.context.floor).prepare(self.reading.day)
  }

  /// The smallest set of moves that makes room for the booking.
  func room(for booking: PlanBooking, limits: SearchLimits) -> Room? {
    guard let plan = day.room(for: booking, limits: limits), let own = plan.moves.last else { return nil }
    let seats = reading.context.floor.seats(of: own.to)
    let seating = SeatingPlan(
      tables: own.to, strategy: .optimalFit, score: 0, parts: [], spareSeats: max(0, seats - booking.party))
    return Room(plan: plan, reading: reading, seating: seating)
  }
}

extension DayReading {
  /// The smallest set of moves that makes room for a booking.
  func room(for booking: PlanBooking, limits: SearchLimits) -> Room? {
    PreparedReading(self, for: booking).room(for: booking, limits: limits)
  }
}

/// Room that is made by no person: stored as a plan that is applied, in the transaction that seats the booking.
struct RoomPlan: Sendable {
  let id: String
  let room: Room

  /// Of the booking itself.
  var seating: SeatingPlan { room.seating }
  /// For the booking's history.
  var metadata: [String: String] { ["plan": id] }

  /// Adds the plan and those who make room to a transaction; their mutations are the caller's to add.
  /// - Parameter booking: as it gets its tables.
  func add(
    for booking: Booking, by drafter: DayPlanDrafter, to unit: inout WriteUnit
  ) throws(DeskError) -> [BookingMutation] {
    let others = try drafter.mutations(room.plan.moves.dropLast(), in: room.reading, plan: id)
    drafter.add(stored(for: booking, by: drafter.author), moving: others, in: room.reading, as: .makeRoom, to: &unit)
    return others
  }

  private func stored(for booking: Booking, by author: ChangeContext) -> StoredDayPlan {
    var stored = StoredDayPlan(
      room.plan, of: room.reading, id: id, cause: .noTable, state: .applied, by: author, isAutomatic: true)
    stored.moves.removeAll { $0.bookingID == booking.id }
    stored.moves += room.plan.moves.suffix(1).map { own in
      // One that had tables before gets others for a change of its own.
      DayMove(own, of: booking, isChange: !own.from.isEmpty)
    }
    stored.moves.sort { ($0.start, $0.bookingID) < ($1.start, $1.bookingID) }
    return stored
  }
}
