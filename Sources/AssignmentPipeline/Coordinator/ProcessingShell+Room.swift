import AssignmentStore
import BookingDomain
import SeatingEngine

extension ProcessingShell {
  /// Moves others so that the booking finds tables, where the restaurant optimises automatically: the last thing before a
  /// person is asked. All of them and the booking are one transaction.
  /// - Returns: nil if there is no such room.
  func makeRoom(_ current: inout Try, planner: some FlowPlanner) async throws(StoreError) -> Outcome? {
    guard current.flow == .v3 else { return nil }
    let booking = PlanBooking(current.booking, now: environment.businessClock.now(for: current.id))
    let finder = RoomFinder(environment: environment)
    guard let room = try await finder.room(for: booking, current.context) else { return nil }
    try await reach(.planned)
    try stillDecides(current)
    return try await confirm(room.seating, record: nil, room: room, &current, planner: planner)
  }

  /// Adds those who make room to the unit that confirms the booking.
  func add(_ room: Room, for booking: Booking, to unit: inout WriteUnit) throws(StoreError) -> [BookingMutation] {
    let drafter = DayPlanDrafter(environment: environment, person: nil)
    let plan = room.stored(for: booking, id: environment.ids.next(), by: drafter.author)
    let mutations: [BookingMutation]
    do throws(DeskError) { mutations = try room.mutations(drafter, plan: plan.id) } catch {
      throw .invalid(error.code)
    }
    unit.takeOver = mutations.map(\.booking.id).sorted()
    drafter.add(mutations, to: &unit)
    for mutation in mutations { machine.add(mutation, flow: nil, to: &unit) }
    unit.dayPlan = .add(plan)
    unit.events.append(plan.event(of: .makeRoom, by: drafter.author))
    return mutations
  }
}
