import AssignmentStore
import BookingDomain
import SeatingEngine

extension ProcessingShell {
  /// Moves others so that the booking finds tables, where the restaurant optimises automatically: the last thing before a
  /// person is asked. All of them and the booking are one transaction.
  /// - Parameter decision: by which no table was free; kept, and named in the history.
  /// - Returns: nil if there is no such room.
  func makeRoom(
    decision: DecisionRecord?, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome? {
    guard current.flow == .v3 else { return nil }
    let booking = PlanBooking(current.question(now: environment.businessClock.now(for: current.id)))
    let finder = RoomFinder(environment: environment)
    guard let room = try await finder.room(for: booking, current.context) else { return nil }
    try await reach(.planned)
    try stillDecides(current)
    let outcome = try await confirm(room.seating, record: decision, room: room, &current, planner: planner)
    if let outcome { return outcome }
    // Somebody took one of the tables meanwhile: there may be other room.
    return try await retry(.holdConflict, cause: .retry, &current, planner: planner)
  }

  /// Adds those who make room to the unit that confirms the booking.
  func add(_ room: RoomPlan, for booking: Booking, to unit: inout WriteUnit) throws(StoreError) -> [BookingMutation] {
    let others: [BookingMutation]
    do throws(DeskError) {
      others = try room.add(for: booking, by: DayPlanDrafter(environment: environment, person: nil), to: &unit)
    } catch { throw .invalid(error.code) }
    unit.takeOver = others.map(\.booking.id).sorted()
    for mutation in others { machine.add(mutation, flow: nil, to: &unit) }
    return others
  }
}
