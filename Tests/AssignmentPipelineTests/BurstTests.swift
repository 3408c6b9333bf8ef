import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Logging
import Testing

/// A crowd that comes at once, and two instances that work on it.
@Suite struct BurstTests {
  private static let bookings = 500

  /// Two to eight seats, some side by side: enough for some of the crowd, and a fight for the rest.
  private static let tables = [(12, 2), (20, 4), (6, 6), (4, 8)].flatMap { count, seats in
    (1...count).map { DiningTable(number: TableNumber("\(seats)-\($0)"), zone: "Main", capacity: seats) }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `500 bookings at once for one house: each one ends, none is lost, no table is taken twice`(seed: UInt64)
    async throws
  {
    let harness = try await PipelineHarness(
      restaurant: .sample(tables: Self.tables), flags: FeatureFlags(pipelineV3: true, maxParallel: 20))
    try await store(Self.crowd(seed: seed), harness)
    let workers = [harness.worker, second(harness)]
    while try await harness.store.queueDepth().isBusy {
      guard await round(of: workers) == 0 else { continue }
      // What is left waits for its time.
      harness.clock.advance(by: .seconds(1))
      _ = try await harness.store.reviveJobs()
    }
    try await expectAllEnded(harness)
  }

  private func expectAllEnded(_ harness: PipelineHarness) async throws {
    var query = BookingQuery()
    query.restaurantID = "house"
    query.limit = 1_000
    let ended = try await harness.store.bookings(query)
    #expect(Set(ended.map(\.id)).count == Self.bookings)
    #expect(ended.allSatisfy { $0.state.endsAutomaticWork })
    #expect(try await harness.store.checkInvariants(restaurant: nil) == InvariantReport())
    let confirmed = ended.filter { $0.state == .confirmed }
    let others = ended.filter { $0.state != .confirmed }
    // More come at any hour than there are tables.
    #expect(confirmed.count >= Self.tables.count)
    #expect(others.allSatisfy { $0.state == .manualReview && $0.reason == .noTable && $0.tables.isEmpty })
    for booking in confirmed {
      let claims = try await harness.store.claims(of: booking.id)
      #expect(claims.map(\.table).sorted() == booking.tables.sorted(), "\(booking.id)")
      #expect(claims.allSatisfy { $0.kind == .allocation && $0.window == booking.slot.block }, "\(booking.id)")
    }
    let taken = try await harness.store.acquireLease("permit:house:1", owner: "test", ttl: .seconds(1))
    guard case .acquired = taken else {
      Issue.record("a permit was not given back")
      return
    }
  }

  private static func crowd(seed: UInt64) -> [BookingRecord] {
    var random = SeededRandom(seed: seed)
    return (1...bookings).map { number in
      .sample(
        id: BookingID("b-\(number)"), party: Int.random(in: 1...8, using: &random),
        start: ManualClock.start.adding(minutes: 240 + 15 * Int.random(in: 0...14, using: &random)))
    }
  }

  private func store(_ records: [BookingRecord], _ harness: PipelineHarness) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for record in records { group.addTask { try await harness.create(record) } }
      try await group.waitForAll()
    }
  }

  /// Another instance on the same store.
  private func second(_ harness: PipelineHarness) -> Worker {
    let first = harness.environment
    let environment = PipelineEnvironment(
      store: harness.store, clock: harness.clock, monotonic: first.monotonic, ids: SequentialIDs("second"),
      traces: SequentialTraces(),
      random: { 0.5 }, flags: first.flags, instance: "worker-2", logger: first.logger)
    return Worker(
      environment: environment, locks: LockManager(store: harness.store, owner: "worker-2", ttl: .seconds(30)))
  }

  /// - Returns: tries that were made.
  private func round(of workers: [Worker]) async -> Int {
    await withTaskGroup(of: Int.self) { group in
      for worker in workers {
        for _ in 0..<8 { group.addTask { await worker.runOnce(limit: 4).count } }
      }
      return await group.reduce(0, +)
    }
  }
}

extension QueueDepth {
  var isBusy: Bool { ready + running + parked + waiting > 0 }
}
