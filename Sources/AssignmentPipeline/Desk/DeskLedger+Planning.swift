import AssignmentStore
import BookingDomain
import Logging
import SeatingEngine

extension DeskLedger {
  /// The planner of the flow that decides a restaurant's bookings by the flags.
  func planner(_ flags: FeatureFlags, for restaurant: RestaurantID) -> any FlowPlanner {
    switch flags.flow(for: restaurant) {
    case .v3: V3Planner(limit: environment.settings.plansPerSnapshot)
    case .legacy: LegacyFlowPlanner(waits: environment.settings.legacyWaits)
    }
  }

  /// - Parameter flags: those that decide; the present ones unless given.
  /// - Throws: ``DeskError/plannerUnavailable(retryAfter:)`` when the planner hangs, fails, or proposes what cannot be.
  func plan(
    _ question: SeatingQuestion, in snapshot: AvailabilitySnapshot, context: RestaurantContext,
    flags: FeatureFlags? = nil
  ) async throws(DeskError) -> Planned {
    let planner = planner(flags ?? environment.flags(), for: context.restaurant.id)
    let planned = try await compute(for: context) { try planner.plan(question, snapshot, context: context) }
    if let flaw = planned.flaw(on: context.floor, for: question) {
      throw plannerRefusal("impossible_plan: \(flaw.code)")
    }
    return planned
  }

  /// Runs what asks a planner, once or often, within the time limit for planners.
  func compute<Value: Sendable>(
    for context: RestaurantContext, _ work: @escaping @Sendable () throws -> Value
  ) async throws(DeskError) -> Value {
    switch await environment.compute(for: context.restaurant.id, work) {
    case .finished(let value, _): return value
    case .failed(let kind): throw plannerRefusal("planner_failed: \(kind)")
    case .timedOut: throw plannerRefusal("planning_timeout")
    case .refused: throw plannerRefusal("too many planners hang")
    }
  }

  private func plannerRefusal(_ why: String) -> DeskError {
    environment.logger.error("\(why)", source: "assignment.desk")
    return .plannerUnavailable(retryAfter: .seconds(5))
  }

  /// The floor around a window, without a booking's own claims.
  func reading(
    _ context: RestaurantContext, around window: TimeWindow, excluding booking: BookingID?
  ) async throws(DeskError) -> SnapshotBuilder.Reading {
    let snapshots = snapshots
    return try await read { _ async throws(StoreError) in
      try await snapshots.read(context, around: window, excluding: booking)
    }
  }

  /// A slot that passed the capacity rules, and the room that its pacing interval must still have when it is written.
  struct Verified: Sendable {
    var slot: ServiceSlot
    var pacing: PacingGuard?
  }

  /// The capacity rules; a booking's own share of the pacing never counts against it.
  /// - Throws: ``DeskError/rejected(_:)`` with the first rule broken.
  func verify(
    _ request: CapacityRequest, wishes: SeatingWishes, for id: BookingID, context: RestaurantContext
  ) async throws(DeskError) -> Verified {
    let restaurant = context.restaurant
    let interval = request.walkIn ? nil : context.verifier.pacingInterval(containing: request.start)
    var load = StartLoad()
    if let interval {
      load = try await read { store async throws(StoreError) in
        try await store.pacingLoad(restaurant.id, interval: interval, excluding: id)
      }
    }
    do {
      let slot = try context.verifier.verify(
        request, now: environment.businessClock.now(for: id), load: PacingLoad(load),
        fit: { context.fit(of: $0, wishes: wishes) })
      let pacing = interval.map { PacingGuard(request, in: restaurant, interval: $0, excluding: id) }
      return Verified(slot: slot, pacing: pacing)
    } catch { throw .rejected(error) }
  }

  /// Checks tables that a person chose, by the host's rules unless a guest's app asks.
  /// - Returns: the tables in order.
  func checkChoice(
    _ tables: [TableNumber], party: Int, wishes: SeatingWishes, context: RestaurantContext, _ caller: Caller
  ) throws(DeskError) -> [TableNumber] {
    do {
      try context.floor.check(
        tables: tables, party: party, extraChairs: caller.role != .guestApp, accessible: wishes.needsAccessibleTable)
    } catch { throw DeskError(error) }
    return tables.sorted()
  }
}

extension PacingGuard {
  /// The room that an interval must have for a request.
  init(_ request: CapacityRequest, in restaurant: Restaurant, interval: TimeWindow, excluding: BookingID) {
    let pacing = restaurant.pacing
    self.init(
      restaurantID: restaurant.id, interval: interval, excluding: excluding,
      covers: pacing?.maxCovers.map { $0 - request.party },
      coversOnline: request.byHost ? nil : pacing?.maxCoversOnline.map { $0 - request.party },
      parties: pacing?.maxParties.map { $0 - 1 })
  }
}
