public import AssignmentStore
public import BookingDomain
import SeatingEngine

/// Re-seats days, each change in one transaction.
public struct LiveOptimizerDesk: OptimizerDesk {
  private let ledger: DeskLedger
  private let reader: LiveDayReader

  /// Plans shown of a day.
  private static let shown = 50

  public init(environment: PipelineEnvironment) {
    ledger = DeskLedger(environment: environment)
    reader = LiveDayReader(environment: environment)
  }

  // MARK: - Preview

  public func preview(
    _ restaurant: RestaurantID, date: LocalDate, _ request: ChangeRequest
  ) async throws(DeskError) -> DayPreview {
    try await ledger.guarded { () async throws(DeskError) -> DayPreview in
      let context = try await ledger.freshRestaurant(restaurant, request.caller)
      let reading = try await ledger.read { _ async throws(StoreError) in try await reader.read(context, on: date) }
      let limits = ledger.environment.searchLimits
      let found = try await ledger.compute(for: context) { DaySearchResult(reading, limits: limits) }
      return DayPreview(
        plan: try await offer(found.plan, of: reading, request), now: reading.whole(found.plan.before),
        waiting: reading.day.parties.count(where: \.tables.isEmpty), bound: reading.staying.bookings + found.bound)
    }
  }

  /// Stores what was found, in place of what was offered before; the same again stays as it is.
  private func offer(
    _ found: LiveDayPlan, of reading: DayReading, _ request: ChangeRequest
  ) async throws(DeskError) -> StoredDayPlan? {
    let (author, restaurant) = (ledger.person(request), reading.context.restaurant.id)
    let plan = StoredDayPlan(
      found, of: reading, id: ledger.environment.ids.next(), cause: .request, state: .ready, by: author)
    var kept: StoredDayPlan?
    _ = try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
      let before = try await ledger.read { store async throws(StoreError) in
        try await store.readyPlan(restaurant, date: reading.date)
      }
      kept = before.flatMap { $0.moves == plan.moves ? $0 : nil } ?? (plan.moves.isEmpty ? nil : plan)
      var draft = DeskDraft("optimizer.preview", resource: kept?.id ?? plan.id)
      plan.offer(inPlaceOf: before, by: author, in: &draft.unit)
      return draft
    }
    return kept
  }

  // MARK: - Reads

  public func plans(
    _ restaurant: RestaurantID, date: LocalDate, caller: Caller
  ) async throws(DeskError) -> [StoredDayPlan] {
    try await ledger.guarded { () async throws(DeskError) -> [StoredDayPlan] in
      _ = try await ledger.freshRestaurant(restaurant, caller)
      return try await ledger.read { store async throws(StoreError) in
        try await store.dayPlans(restaurant, date: date, limit: Self.shown)
      }
    }
  }

  public func plan(
    _ id: String, of restaurant: RestaurantID, caller: Caller
  ) async throws(DeskError) -> StoredDayPlan {
    try await ledger.guarded { () async throws(DeskError) -> StoredDayPlan in
      try await stored(id, of: restaurant, caller)
    }
  }

  private func stored(
    _ id: String, of restaurant: RestaurantID, _ caller: Caller
  ) async throws(DeskError) -> StoredDayPlan {
    _ = try await ledger.restaurant(restaurant, caller)
    let found = try await ledger.read { store async throws(StoreError) in
      try await store.dayPlan(id, of: restaurant)
    }
    guard let found else { throw .notFound(kind: "plan", id: id) }
    return found
  }

  // MARK: - Apply and undo

  public func apply(
    _ id: String, of restaurant: RestaurantID, _ request: ChangeRequest
  ) async throws(DeskError) -> StoredDayPlan {
    try await changing(id, of: restaurant, from: .ready, to: .applied, request) {
      plan, drafter async throws(DeskError) in
      try await applied(plan, drafter, request)
    }
  }

  public func undo(
    _ id: String, of restaurant: RestaurantID, _ request: ChangeRequest
  ) async throws(DeskError) -> StoredDayPlan {
    try await changing(id, of: restaurant, from: .applied, to: .undone, request) {
      plan, drafter async throws(DeskError) in
      try await undone(plan, drafter, request)
    }
  }

  private func changing(
    _ id: String, of restaurant: RestaurantID, from: DayPlanState, to: DayPlanState, _ request: ChangeRequest,
    _ draft: (StoredDayPlan, DayPlanDrafter) async throws(DeskError) -> DeskDraft
  ) async throws(DeskError) -> StoredDayPlan {
    try await ledger.guarded { () async throws(DeskError) -> StoredDayPlan in
      let author = ledger.person(request)
      let drafter = DayPlanDrafter(environment: ledger.environment, person: author)
      _ = try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        let plan = try await stored(id, of: restaurant, request.caller)
        guard plan.state == from else { throw .dayPlan(.state(plan.state, wanted: from)) }
        var draft = try await draft(plan, drafter)
        draft.unit.dayPlan = .go(id: id, from: from, to: to, by: author.actorName, at: author.at)
        draft.unit.events.append(plan.event(of: to == .undone ? .undo : .apply, by: author))
        return draft
      }
      return try await stored(id, of: restaurant, request.caller)
    }
  }

  private func applied(
    _ plan: StoredDayPlan, _ drafter: DayPlanDrafter, _ request: ChangeRequest
  ) async throws(DeskError) -> DeskDraft {
    let context = try await ledger.restaurant(plan.restaurantID)
    let freeze = context.restaurant.optimisation.freezeMinutes
    var draft = DeskDraft("optimizer.apply", resource: plan.id)
    for move in plan.moves {
      let booking = try await ledger.booking(move.bookingID, request.caller)
      guard booking.version == move.version else { throw .dayPlan(.changed(booking.id)) }
      let start = booking.slot.dining.start
      let now = ledger.environment.businessClock.now(for: booking.id)
      guard start > now, !move.isMove || start >= now.adding(minutes: freeze) else {
        throw .dayPlan(.tooSoon(booking.id, freezeMinutes: move.isMove ? freeze : 0))
      }
      try check(move.to, booking, context, extraChairs: booking.origin.isHost)
      draft.mutations.append(try drafter.mutation(booking, to: move.to, why: ["plan": plan.id]))
    }
    drafter.add(draft.mutations, to: &draft.unit)
    draft.unit.restaurantRevision = context.guardRevision
    return draft
  }

  private func undone(
    _ plan: StoredDayPlan, _ drafter: DayPlanDrafter, _ request: ChangeRequest
  ) async throws(DeskError) -> DeskDraft {
    let context = try await ledger.restaurant(plan.restaurantID)
    var draft = DeskDraft("optimizer.undo", resource: plan.id)
    for move in plan.moves {
      let booking = try await ledger.booking(move.bookingID, request.caller)
      if move.isChange { throw .dayPlan(.madeForChange(booking.id)) }
      guard booking.state == .confirmed, booking.status == .confirmed, booking.tables == move.to, !booking.pinned
      else { throw .dayPlan(.changed(booking.id)) }
      let extraChairs = booking.origin.isHost || move.strategy == .manual
      if move.isMove { try check(move.from, booking, context, extraChairs: extraChairs) }
      var mutation = try drafter.undone(booking, move, plan: plan.id)
      if !move.isMove {
        let deadline = ledger.reopenedDeadline(of: mutation.booking, context)
        mutation.edit { $0.reviewDeadline = deadline }
      }
      draft.mutations.append(mutation)
      draft.unit.releases.append(.allocations(booking.id))
      draft.unit.claims += Claim.allocations(of: mutation.booking, window: booking.slot.block)
      try await GuestNotices(ledger: ledger, booking: booking)
        .add(
          to: &draft, after: mutation.booking, undone: move.isMove ? .move : .forceConfirm, plan: plan.id,
          isConfirmed: move.isMove)
    }
    draft.unit.restaurantRevision = context.guardRevision
    return draft
  }
}

extension LiveOptimizerDesk {
  /// The floor may have been edited since, and the party may have grown.
  private func check(
    _ tables: [TableNumber], _ booking: Booking, _ context: RestaurantContext, extraChairs: Bool
  ) throws(DeskError) {
    do {
      try context.floor.check(
        tables: tables, party: booking.party, extraChairs: extraChairs,
        accessible: booking.wishes.needsAccessibleTable)
    } catch { throw DeskError(error) }
  }
}

/// What a search of a day comes to.
struct DaySearchResult: Sendable {
  let plan: LiveDayPlan
  /// Of the day's parties, how many any seating could hold at most.
  let bound: Int

  init(_ reading: DayReading, limits: SearchLimits) {
    let floor = reading.context.floor
    plan = DayOptimizer(floor: floor).improve(reading.day, limits: limits)
    let all = reading.day.parties.map(\.booking)
    bound =
      plan.after.bookings == all.count
      ? all.count
      : SeatingBound(floor: floor, claims: reading.day.claims).seats(all, seated: plan.after.bookings)
  }
}
