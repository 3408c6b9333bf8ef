import AssignmentStore
public import BookingDomain

/// Waits for a booking's automatic work to end, in this process or in another one.
public struct LiveBookingProgress: BookingProgress {
  /// How often the store is asked, because another process may end the work.
  static let pollInterval = Duration.milliseconds(200)

  private let ledger: DeskLedger

  public init(environment: PipelineEnvironment) { ledger = DeskLedger(environment: environment) }

  public func settled(_ id: BookingID, within wait: Duration) async throws(DeskError) -> Booking? {
    guard wait > .zero else { return try await read(id) }
    let published = await withTaskGroup(of: Booking?.self) { group in
      // Listening begins first, so that an end between reading and listening is not missed for long.
      group.addTask { await ledger.environment.progress.next(id, within: wait) }
      group.addTask { await poll(id) }
      let first = await group.next()
      group.cancelAll()
      return first ?? nil
    }
    if let published { return published }
    return try await read(id)
  }

  /// Looks until the work has ended, there is no such booking, storage fails, or the wait is over.
  private func poll(_ id: BookingID) async -> Booking? {
    while !Task.isCancelled {
      guard let booking = try? await read(id) else { return nil }
      if booking.state.endsAutomaticWork { return booking }
      try? await Task.sleep(for: Self.pollInterval)
    }
    return nil
  }

  private func read(_ id: BookingID) async throws(DeskError) -> Booking? {
    try await ledger.guarded { () async throws(DeskError) -> Booking? in
      try await ledger.read { store async throws(StoreError) in try await store.booking(id) }
    }
  }
}
