import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct DeskSafetyTests {
  @Test func `a change at a version that is no longer stored gets the present booking`() async throws {
    let harness = try await DeskHarness()
    let seen = try await harness.seatedByPipeline()
    let now = try await harness.bookings.pin("b-1", true, DeskHarness.byHost)
    let stale = ChangeRequest(caller: DeskHarness.host, expectedVersion: seen.version)
    do {
      _ = try await harness.bookings.cancel("b-1", stale)
      Issue.record("cancelled")
    } catch {
      guard case .stale(let present) = error else { throw error }
      #expect(present == now)
    }
    let fresh = ChangeRequest(caller: DeskHarness.host, expectedVersion: now.version)
    #expect(try await harness.bookings.cancel("b-1", fresh).status == .cancelled)
  }

  @Test func `with storage's breaker open every desk answers unavailable, with when to try again`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline()
    harness.pipeline.environment.breakers[.storage].force(.open)
    let before = try await harness.booking()
    do {
      _ = try await harness.bookings.cancel("b-1", DeskHarness.byHost)
      Issue.record("cancelled")
    } catch {
      guard case .unavailable(let retryAfter) = error else { throw error }
      #expect(retryAfter > .zero)
    }
    #expect(
      await code { _ = try await harness.bookings.create(DeskHarness.new("b-2"), DeskHarness.byGuest) }
        == "storage_unavailable")
    #expect(await code { _ = try await harness.holds.read("h") } == "storage_unavailable")
    #expect(
      await code { _ = try await harness.review.queue(nil, after: nil, limit: 1, caller: DeskHarness.host) }
        == "storage_unavailable")
    #expect(await code { _ = try await harness.floor.risks("house") } == "storage_unavailable")
    #expect(await code { _ = try await harness.availability.explain("b-1") } == "storage_unavailable")
    #expect(await code { _ = try await harness.progress.settled("b-1", within: .zero) } == "storage_unavailable")
    #expect(try await harness.booking() == before)
    harness.pipeline.environment.breakers[.storage].force(nil)
    #expect(try await harness.bookings.cancel("b-1", DeskHarness.byHost).status == .cancelled)
  }

  @Test func `refusals are answers: they never open storage's breaker`() async throws {
    let harness = try await DeskHarness()
    for _ in 0..<30 { _ = await code { _ = try await harness.bookings.cancel("nobody", DeskHarness.byHost) } }
    #expect(harness.pipeline.environment.breakers[.storage].position == .closed)
  }

  @Test(arguments: DeskHarness.Place.allCases.prefix(5))
  func `a person's cancellation takes the lease over, so that the worker writes nothing`(
    place: DeskHarness.Place
  ) async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: place)
    let fence = try await lease(harness)
    _ = try await harness.bookings.cancel("b-1", DeskHarness.byGuest)
    var late = WriteUnit(label: "test.late")
    late.fences = [fence]
    await #expect(throws: StoreError.leaseLost("booking:b-1")) { try await harness.store.commit(late) }
    #expect(try await harness.store.job(of: "b-1") == nil)
    #expect(try await harness.booking().status == .cancelled)
  }

  @Test func `the worker that a change aborts gives back its permit, and another takes the booking up`() async throws {
    let harness = try await DeskHarness(.sample(), flags: FeatureFlags(pipelineV3: true, maxParallel: 1))
    _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    _ = try await harness.bookings.create(DeskHarness.new("b-2"), DeskHarness.byGuest)
    let bookings = harness.bookings
    harness.pipeline.faults.once(at: .permitTaken) {
      _ = try await bookings.change("b-1", BookingChange(party: 4), DeskHarness.byGuest)
    }
    let outcomes = await harness.pipeline.worker.runOnce(limit: 1)
    #expect(outcomes == [.retry(reason: .lockLost, delay: .zero)])
    #expect(try await harness.booking().state == .assignmentPending)
    await harness.pipeline.worker.runOnce(limit: 1)
    await harness.pipeline.worker.runOnce(limit: 1)
    let changed = try await harness.booking("b-1")
    #expect(changed.state == .confirmed && changed.party == 4)
    #expect(try await harness.booking("b-2").state == .confirmed)
    try await harness.expectSound()
  }

  @Test func `changes at once by many people are all made, one after the other`() async throws {
    let harness = try await DeskHarness()
    let before = try await harness.seatedByPipeline()
    await withTaskGroup(of: String.self) { group in
      for number in 0..<5 {
        group.addTask {
          await outcome { try await harness.bookings.pin("b-1", number % 2 == 0, DeskHarness.byHost) }
        }
      }
      for await result in group { #expect(result == "confirmed/confirmed") }
    }
    #expect(try await harness.booking().version == before.version + 5)
    try await harness.expectSound()
  }

  @Test func `a caller of another restaurant finds nothing`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline()
    let stranger = ChangeRequest(caller: Caller(name: "s", id: "s", role: .admin, restaurants: ["other"]))
    #expect(await outcome { try await harness.bookings.cancel("b-1", stranger) } == "not_found")
    #expect(await code { _ = try await harness.bookings.swap("b-1", "b-2", stranger) } == "not_found")
    #expect(
      await code { _ = try await harness.bookings.walkIn(NewWalkIn(restaurantID: "house", party: 2), stranger) }
        == "not_found")
  }

  @Test func `history, events and messages carry no personal data`() async throws {
    let harness = try await DeskHarness()
    var new = DeskHarness.new()
    new.guest = Guest(name: "Zoraide", phone: "+44 7700 900123", mail: "z@example.org", notes: "Zoraide's birthday")
    _ = try await harness.bookings.create(new, DeskHarness.byGuest)
    _ = try await harness.bookings.change("b-1", BookingChange(guest: new.guest), DeskHarness.byGuest)
    _ = try await harness.bookings.cancel("b-1", DeskHarness.byGuest)
    let written =
      try await harness.store.history(of: "b-1").map { "\($0)" }
      + harness.store.events(EventQuery()).map { "\($0)" } + harness.store.outbox(after: 0, limit: 100).map { "\($0)" }
    #expect(!written.contains { $0.contains("Zoraide") || $0.contains("900123") || $0.contains("example.org") })
  }

  private func lease(_ harness: DeskHarness) async throws -> Fence {
    let attempt = try await harness.store.acquireLease("booking:b-1", owner: "worker-9", ttl: .seconds(30))
    guard case .acquired(let lease) = attempt else { throw PipelineHarness.Missing(id: "b-1") }
    return Fence(name: lease.name, token: lease.token)
  }
}
