import AssignmentStore
import BookingDomain
import SeatingEngine

extension PipelineEnvironment {
  /// Limits of a search: well within those of a planner, by the steady clock.
  var searchLimits: SearchLimits {
    let (monotonic, end) = (monotonic, monotonic.now.advanced(by: settings.planningLimit / 2))
    return SearchLimits(isOver: { monotonic.now >= end })
  }
}

extension SearchLimits {
  /// For one of many questions: a tenth of the usual effort.
  var quick: SearchLimits {
    var limits = self
    limits.effort = 0.1
    return limits
  }
}

/// Looks for the smallest set of moves that makes room for a booking, within the limits of its restaurant: what a house
/// that optimises automatically does before it says no.
struct RoomFinder: Sendable {
  private let environment: PipelineEnvironment
  private let reader: LiveDayReader

  init(environment: PipelineEnvironment) {
    self.environment = environment
    reader = LiveDayReader(environment: environment)
  }

  /// What may still be moved on a date without a person; nil where the house does not want that, or wants to choose itself.
  func reading(_ context: RestaurantContext, on date: LocalDate) async throws(StoreError) -> DayReading? {
    let policy = context.restaurant.optimisation
    guard policy.automatic, context.restaurant.automation != .suggest else { return nil }
    let made = try await environment.store.automaticMoves(context.restaurant.id, date: date)
    guard made < policy.churnBudget else { return nil }
    return try await reader.read(context, on: date, automaticallyWith: policy.churnBudget - made)
  }

  /// - Returns: nil where the house does not want it, there is no such room, or the search took too long.
  func room(for booking: PlanBooking, _ context: RestaurantContext) async throws(StoreError) -> RoomPlan? {
    guard let reading = try await reading(context, on: booking.slot.serviceDate) else { return nil }
    let limits = environment.searchLimits
    let answer = await environment.compute(for: context.restaurant.id) { reading.room(for: booking, limits: limits) }
    guard case .finished(let room, _) = answer else { return nil }
    return room.map { RoomPlan(id: environment.ids.next(), room: $0) }
  }
}

extension DeskLedger {
  /// Room that others make, where V3 decides, nobody has paused the restaurant, and the house optimises automatically.
  func room(
    for question: SeatingQuestion, _ context: RestaurantContext, flags: FeatureFlags
  ) async throws(DeskError) -> RoomPlan? {
    let id = context.restaurant.id
    guard flags.flow(for: id) == .v3, !flags.isPaused(id) else { return nil }
    let finder = RoomFinder(environment: environment)
    return try await read { _ async throws(StoreError) in
      try await finder.room(for: PlanBooking(question), context)
    }
  }

  /// Adds those who make room for the draft's booking.
  /// - Parameter flags: under which the room was looked for.
  func add(_ room: RoomPlan, flags: FeatureFlags, to draft: inout DeskDraft) throws(DeskError) {
    let drafter = DayPlanDrafter(environment: environment, person: nil)
    draft.mutations += try room.add(for: draft.mutations[0].booking, by: drafter, to: &draft.unit)
    draft.unit.flagsEpoch = flags.epoch
  }

  /// Adds bookings that a person moves so that another one finds room.
  func add(
    _ moves: [RoomMove], for newcomer: Booking, _ request: ChangeRequest, to draft: inout DeskDraft
  ) async throws(DeskError) {
    if moves.isEmpty { return }
    let context = try await restaurant(newcomer.restaurantID, request.caller)
    let drafter = DayPlanDrafter(environment: environment, person: person(request))
    var others: [BookingMutation] = []
    for move in moves {
      let booking = try await booking(move.bookingID, request.caller)
      guard booking.restaurantID == newcomer.restaurantID, booking.id != newcomer.id,
        !others.contains(where: { $0.booking.id == booking.id })
      else {
        throw .invalid(
          field: "moves", message: "names \(booking.id)", allowed: "other bookings of the same restaurant, each once")
      }
      guard booking.state == .confirmed, booking.status == .confirmed, !booking.pinned else {
        throw .invalid(
          field: "moves", message: "names \(booking.id), which is pinned, seated or not confirmed",
          allowed: "confirmed bookings that may move")
      }
      let tables = try checkChoice(
        move.tables, party: booking.party, wishes: booking.wishes, context: context, request.caller)
      let why = ["makes_room_for": newcomer.id.rawValue]
      others.append(try drafter.mutation(booking, to: tables, by: .manual, why: why))
    }
    drafter.add(others, to: &draft.unit)
    draft.mutations += others
  }
}
