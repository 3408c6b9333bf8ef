import AssignmentPipeline
import AssignmentStore
public import BookingDomain
import Resilience
import ServiceLifecycle

/// Sends the bookings of a file through the real pipeline and waits until each has ended.
public struct ReplayRunner: Sendable {
  /// How far a replay is.
  public struct Progress: Sendable, Hashable {
    public var created: Int
    public var ended: Int
    public var total: Int

    public init(created: Int = 0, ended: Int = 0, total: Int = 0) {
      self.created = created
      self.ended = ended
      self.total = total
    }
  }

  /// A replay gives up waiting after this time without a booking that ends.
  private static let patience = Duration.seconds(240)

  let system: HeadwaiterSystem
  private let concurrency: Int
  /// Longest wait for a booking before the next one is sent, as a caller of the API waits.
  private let wait = Duration.seconds(2)
  private let pause: Duration
  private let runsServices: Bool

  /// - Parameters:
  ///   - concurrency: bookings sent at once.
  ///   - pause: time between two bookings, for an evening that people can watch; zero unless set.
  ///   - runsServices: false where the system's services run already.
  public init(
    system: HeadwaiterSystem, concurrency: Int, pause: Duration = .zero, runsServices: Bool = true
  ) {
    self.runsServices = runsServices
    self.system = system
    self.concurrency = max(1, concurrency)
    self.pause = pause
  }

  /// - Parameter progress: told after each booking that was sent, and every second afterwards.
  /// - Throws: ``DeskError`` for a booking that could not be stored; `StoreError`.
  public func run(
    _ rows: [BookingRow], restaurants: [RestaurantID: Restaurant],
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> ReplayReport {
    let begin = ContinuousClock.now
    for restaurant in restaurants.values.sorted(by: { $0.id < $1.id }) { try await store(restaurant) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for service in runsServices ? system.services : [] { group.addTask { try await service.run() } }
      try await send(rows, restaurants: restaurants, progress: progress)
      try await waitForEnd(of: rows, progress: progress)
      if let shadow = system.environment.shadow { try await waitForShadow(shadow) }
      group.cancelAll()
    }
    return try await report(rows, elapsed: begin.duration(to: .now))
  }

  private func store(_ restaurant: Restaurant) async throws {
    _ = try await system.desks.floor.put(
      restaurant, document: RestaurantFile.encode(restaurant), affected: .refuse,
      ChangeRequest(caller: .local("replay")))
  }

  private func send(
    _ rows: [BookingRow], restaurants: [RestaurantID: Restaurant], progress: @escaping @Sendable (Progress) -> Void
  ) async throws {
    let sent = Locked(0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, row) in rows.enumerated() {
        if index >= concurrency { try await group.next() }
        if pause > .zero { try await Task.sleep(for: pause) }
        guard let calendar = restaurants[row.restaurantID]?.calendar else { continue }
        group.addTask {
          try await send(row, start: row.start(in: calendar))
          let count = sent.withLock { count in
            count += 1
            return count
          }
          progress(Progress(created: count, ended: 0, total: rows.count))
        }
      }
      try await group.waitForAll()
    }
  }

  private func send(_ row: BookingRow, start: Timestamp) async throws {
    let new = NewBooking(
      restaurantID: row.restaurantID, origin: .guest, guest: nil, party: row.party, start: start,
      service: row.service, durationMinutes: row.durationMinutes, wishes: row.wishes, id: row.bookingID)
    let booking = try await system.desks.bookings.create(new, ChangeRequest(caller: .local("replay")))
    _ = try await system.desks.progress.settled(booking.id, within: wait)
  }

  /// Waits for stored retries too: the legacy loop alone waits 65 seconds.
  private func waitForEnd(of rows: [BookingRow], progress: @Sendable (Progress) -> Void) async throws {
    var open = Int.max
    var lastEnd = ContinuousClock.now
    while true {
      let depth = try await system.store.queueDepth()
      let left = depth.ready + depth.running + depth.parked + depth.waiting
      if left == 0 { return }
      if left < open { (open, lastEnd) = (left, .now) }
      if lastEnd.duration(to: .now) > ReplayRunner.patience { return }
      progress(Progress(created: rows.count, ended: max(0, rows.count - left), total: rows.count))
      try await Task.sleep(for: .milliseconds(left > 20 ? 200 : 50))
    }
  }

  private func report(_ rows: [BookingRow], elapsed: Duration) async throws -> ReplayReport {
    var tallies: [RestaurantID: ReplayTally] = [:]
    var latencies: [RestaurantID: [Duration]] = [:]
    for row in rows {
      guard let booking = try await system.store.booking(row.bookingID) else {
        tallies[row.restaurantID, default: ReplayTally()].unfinished += 1
        continue
      }
      tallies[row.restaurantID, default: ReplayTally()].add(booking)
      if booking.state == .confirmed {
        latencies[row.restaurantID, default: []].append(booking.stateEnteredAt.since(booking.createdAt))
      }
    }
    let checker = InvariantChecker(environment: system.environment)
    for id in tallies.keys {
      tallies[id]?.invariants = try await checker.report(id)
      tallies[id]?.latency = LatencySummary(latencies[id] ?? [])
    }
    var total = tallies.values.reduce(into: ReplayTally()) { $0.add($1) }
    total.latency = LatencySummary(latencies.values.flatMap { $0 })
    return ReplayReport(
      flow: system.environment.flags().flow, total: total, restaurants: tallies, elapsed: elapsed,
      shadow: try await shadowTally(rows))
  }
}

extension ReplayTally {
  mutating func add(_ booking: Booking) {
    bookings += 1
    switch booking.state {
    case .confirmed:
      confirmed += 1
      covers += booking.party
    case .manualReview: manualReview += 1
    case .failed: failed += 1
    default: unfinished += 1
    }
    if booking.state != .confirmed, let reason = booking.reason { reasons[reason.rawValue, default: 0] += 1 }
  }

  mutating func add(_ other: ReplayTally) {
    bookings += other.bookings
    confirmed += other.confirmed
    manualReview += other.manualReview
    failed += other.failed
    unfinished += other.unfinished
    covers += other.covers
    reasons.merge(other.reasons, uniquingKeysWith: +)
    invariants = invariants + other.invariants
  }
}
