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

/// Room for a booking that finds no free table, made by moving others.
struct Room: Sendable {
  var plan: LiveDayPlan
  var reading: DayReading
  /// The booking's own tables, as the engine's plans are.
  var seating: SeatingPlan
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

  /// What may still be moved on a date without a person; nil where the house does not want that.
  func reading(_ context: RestaurantContext, on date: LocalDate) async throws(StoreError) -> DayReading? {
    let policy = context.restaurant.optimisation
    guard policy.automatic else { return nil }
    let made = try await environment.store.automaticMoves(context.restaurant.id, date: date)
    guard made < policy.churnBudget else { return nil }
    return try await reader.read(context, on: date, churnBudget: policy.churnBudget - made)
  }

  /// - Returns: nil where the house does not want it, there is no such room, or the search took too long.
  func room(for booking: PlanBooking, _ context: RestaurantContext) async throws(StoreError) -> Room? {
    guard let reading = try await reading(context, on: booking.slot.serviceDate) else { return nil }
    let limits = environment.searchLimits
    let answer = await environment.compute(for: context.restaurant.id) {
      reading.room(for: booking, limits: limits)
    }
    guard case .finished(let room, _) = answer else { return nil }
    return room
  }
}

extension DayReading {
  /// The smallest set of moves that makes room for a booking, which the reading may have or not.
  func room(for booking: PlanBooking, limits: SearchLimits) -> Room? {
    var day = day
    // Tables that it holds for a change that is not decided yet are given up for the new ones.
    day.claims.removeAll { $0.bookingID == booking.id }
    guard let plan = DayOptimizer(floor: context.floor).room(for: booking, in: day, limits: limits),
      let own = plan.moves.last, own.bookingID == booking.id
    else { return nil }
    let seats = context.floor.tables(own.to).reduce(0) { $0 + context.floor.tables[$1].capacity }
    let seating = SeatingPlan(
      tables: own.to, strategy: .optimalFit, score: 0, parts: [], spareSeats: max(0, seats - booking.party))
    return Room(plan: plan, reading: self, seating: seating)
  }
}

extension Room {
  /// The others, at their new tables.
  func mutations(_ drafter: DayPlanDrafter, plan id: String) throws(DeskError) -> [BookingMutation] {
    var result: [BookingMutation] = []
    for move in plan.moves.dropLast() {
      guard let booking = reading.bookings[move.bookingID] else { continue }
      result.append(try drafter.mutation(booking, to: move.to, why: ["plan": id]))
    }
    return result
  }

  /// As it is kept: applied by no person.
  func stored(for booking: Booking, id: String, by author: ChangeContext) -> StoredDayPlan {
    StoredDayPlan(
      plan, of: reading, newcomer: booking, id: id, cause: .noTable, state: .applied, by: author, isAutomatic: true)
  }
}

extension DeskLedger {
  /// Room that others make, where V3 decides and the house optimises automatically.
  func room(
    for question: SeatingQuestion, _ context: RestaurantContext, flags: FeatureFlags? = nil
  ) async throws(DeskError) -> Room? {
    guard (flags ?? environment.flags()).flow(for: context.restaurant.id) == .v3 else { return nil }
    let finder = RoomFinder(environment: environment)
    return try await read { _ async throws(StoreError) in
      try await finder.room(for: PlanBooking(question), context)
    }
  }

  /// Adds those who make room for the draft's booking.
  func add(_ room: Room, to draft: inout DeskDraft) throws(DeskError) {
    let drafter = DayPlanDrafter(environment: environment, person: nil)
    let plan = room.stored(for: draft.mutations[0].booking, id: environment.ids.next(), by: drafter.author)
    let others = try room.mutations(drafter, plan: plan.id)
    drafter.add(others, to: &draft.unit)
    draft.mutations += others
    draft.unit.dayPlan = .add(plan)
    draft.unit.events.append(plan.event(of: .makeRoom, by: drafter.author))
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
        throw .dayPlan(.changed(booking.id))
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
