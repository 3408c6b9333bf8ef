import AssignmentStore
import BookingDomain

extension ProcessingShell {
  /// `created → capacity_verified → assignment_pending`, with a free permit on to `assignment_in_progress` in the same
  /// transaction, or `failed`.
  /// - Returns: an outcome if the try ends here.
  func verify(_ current: inout Try, planner: some FlowPlanner) async throws(StoreError) -> Outcome? {
    switch current.booking.state {
    case .created: return try await verifyCapacity(&current, planner: planner)
    case .capacityVerified: try await queue(&current)
    case .assigned: try await resume(&current)
    default: break
    }
    return nil
  }

  private func verifyCapacity(
    _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome? {
    let booking = current.booking
    let request = CapacityRequest(booking)
    let interval =
      current.context.restaurant.pacing == nil || booking.origin == .walkIn
      ? nil : current.context.verifier.pacingInterval(containing: request.start)
    var load = StartLoad()
    if let interval {
      load = try await store.pacingLoad(booking.restaurantID, interval: interval, excluding: booking.id)
    }
    switch judge(request, load: load, current) {
    case .failure(let rejection):
      return try await reject(rejection, &current, planner: planner)
    case .success(let slot):
      let guarded = interval.map { PacingGuard(booking, interval: $0, pacing: current.context.restaurant.pacing) }
      let hadRoom = try await accept(slot, pacing: guarded, &current, planner: planner)
      return hadRoom ? nil : try await reject(.pacingExceeded, &current, planner: planner)
    }
  }

  private func judge(
    _ request: CapacityRequest, load: StartLoad, _ current: Try
  ) -> Result<ServiceSlot, CapacityRejection> {
    do throws(CapacityRejection) {
      return .success(
        try current.context.verifier.verify(
          request, now: environment.businessClock.now(for: current.id), load: PacingLoad(load),
          fit: { current.context.fit(of: $0, wishes: current.booking.wishes) }))
    } catch { return .failure(error) }
  }

  /// - Returns: false when others took the last of the interval's room meanwhile; then nothing is stored.
  private func accept(
    _ slot: ServiceSlot, pacing: PacingGuard?, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Bool {
    do throws(StoreError) {
      if try await acceptAndEnter(slot, pacing: pacing, &current, planner: planner) { return true }
      var unit = unit("coordinator.verify", current)
      unit.pacing = pacing
      try await commit(try accepted(slot, current), unit, &current)
      return true
    } catch {
      guard case .pacingExceeded = error else { throw error }
      return false
    }
  }

  /// Verifies and takes the permit at once, which nearly always is free: one transaction instead of two.
  /// - Returns: false when no permit was free; then nothing is stored.
  private func acceptAndEnter(
    _ slot: ServiceSlot, pacing: PacingGuard?, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Bool {
    var mutation = try accepted(slot, current)
    try move(&mutation, to: .assignmentInProgress, cause: .start, context: context(current))
    var unit = unit("coordinator.verify", current)
    unit.pacing = pacing
    unit.permit = permitRequest(current)
    let before = current.events
    note(.permitAcquired, in: &current, planner)
    do throws(StoreError) {
      try await commit(mutation, unit, &current)
      current.hasPermit = true
      return true
    } catch {
      current.events = before
      guard case .noPermit = error else { throw error }
      return false
    }
  }

  private func accepted(_ slot: ServiceSlot, _ current: Try) throws(StoreError) -> BookingMutation {
    var mutation = BookingMutation(current.booking)
    let context = context(current)
    mutation.edit {
      $0.slot = slot
      $0.flow = current.flow
    }
    try move(&mutation, to: .capacityVerified, cause: .verify, context: context)
    try move(&mutation, to: .assignmentPending, cause: .queue, context: context)
    return mutation
  }

  private func permitRequest(_ current: Try) -> PermitRequest {
    PermitRequest(
      restaurantID: current.booking.restaurantID, bookingID: current.id, owner: environment.instance,
      limit: current.flags.maxParallel, ttl: environment.settings.leaseTTL)
  }

  private func reject(
    _ rejection: CapacityRejection, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    let reason = OutcomeReason(rejection)
    return try await end(.failed, cause: .reject, reason: reason, &current, planner: planner)
  }

  /// A booking that a dead worker left between the two steps.
  private func queue(_ current: inout Try) async throws(StoreError) {
    var mutation = BookingMutation(current.booking)
    try move(&mutation, to: .assignmentPending, cause: .queue, context: context(current))
    try await commit(mutation, unit("coordinator.queue", current), &current)
  }

  /// A booking that was assigned, but not confirmed: its tables are planned again.
  private func resume(_ current: inout Try) async throws(StoreError) {
    var mutation = BookingMutation(current.booking)
    try move(&mutation, to: .assignmentPending, cause: .retry, context: context(current))
    try await commit(mutation, unit("coordinator.resume", current), &current)
  }

  /// Takes a permit and goes to `assignment_in_progress`; without one the job waits and keeps its place in line.
  func enter(_ current: inout Try, planner: some FlowPlanner) async throws(StoreError) -> Outcome? {
    if current.hasPermit { return nil }
    var unit = unit("coordinator.enter", current)
    unit.permit = permitRequest(current)
    let before = current.events
    note(.permitAcquired, in: &current, planner)
    do throws(StoreError) {
      if current.booking.state == .assignmentPending {
        var mutation = BookingMutation(current.booking)
        let flow = current.flow
        mutation.edit { $0.flow = flow }
        try move(&mutation, to: .assignmentInProgress, cause: .start, context: context(current))
        try await commit(mutation, unit, &current)
      } else {
        // A dead worker's booking is taken on from the state that it was in.
        unit.events = current.events
        try await store.commit(unit)
        current.events = []
      }
      return nil
    } catch {
      current.events = before
      guard case .noPermit = error else { throw error }
      return try await park(&current, planner: planner)
    }
  }

  private func park(_ current: inout Try, planner: some FlowPlanner) async throws(StoreError) -> Outcome {
    note(.rateLimited, in: &current, planner)
    var unit = unit("coordinator.park", current)
    unit.events = current.events
    unit.jobs = [.park(current.id)]
    unit.releaseLeases = [current.fence]
    try await store.commit(unit)
    environment.workSignal.wake()
    return .retry(reason: .rateLimited, delay: .zero)
  }
}

extension CapacityRequest {
  /// What the rules must know of a booking.
  init(_ booking: Booking) {
    self.init(
      party: booking.party, start: booking.slot.dining.start, service: booking.requestedService,
      durationMinutes: booking.durationMinutes, byHost: booking.origin.isHost, walkIn: booking.origin == .walkIn)
  }
}

extension PacingLoad {
  init(_ load: StartLoad) {
    self.init(covers: load.covers, coversOnline: load.coversOnline, parties: load.parties)
  }
}

extension PacingGuard {
  /// The room that an interval must have for a booking.
  init(_ booking: Booking, interval: TimeWindow, pacing: Pacing?) {
    self.init(
      restaurantID: booking.restaurantID, interval: interval, excluding: booking.id,
      covers: pacing?.maxCovers.map { $0 - booking.party },
      coversOnline: booking.origin == .guest ? pacing?.maxCoversOnline.map { $0 - booking.party } : nil,
      parties: pacing?.maxParties.map { $0 - 1 })
  }
}
