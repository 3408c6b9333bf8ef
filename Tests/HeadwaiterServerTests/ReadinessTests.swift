import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Hummingbird
import Resilience
import StoreTesting
import Testing

@testable import HeadwaiterServer

@Suite("/readyz tells the truth") struct ReadinessTests {
  /// What `/readyz` says, with its status.
  private func said(_ caller: TestCaller) async throws -> String {
    let answer = try await caller.get("/readyz")
    let reasons = answer.list("reasons").compactMap { $0 as? String }
    #expect((answer.value("ready") as? Bool) == (answer.status == 200))
    #expect(reasons.isEmpty == (answer.status == 200))
    return "\(answer.status) \(reasons.joined(separator: "; "))"
  }

  /// A server whose `/readyz` asks the pipeline's environment, as `serve` has it.
  private func harness(
    board: InstanceBoard? = nil, _ environment: Locked<PipelineEnvironment?>
  ) async throws -> ServerHarness {
    let harness = try await ServerHarness { dependencies in
      dependencies.obstacles = {
        environment.withLock { $0 }.map { Readiness(environment: $0, instances: board).obstacles } ?? []
      }
    }
    // The test may take its time: no heartbeat is late.
    let now = ContinuousClock.now
    var patient = harness.environment
    patient.monotonic = SteadyClock { now }
    environment.withLock { [patient] in $0 = patient }
    return harness
  }

  @Test func breaker_openByFailures_isAReasonUntilItIsTriedAgain() async throws {
    let harness = try await harness(Locked(nil))
    let breaker = harness.environment.breakers[.storage]
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await said(caller) == "200 ")
      for _ in 0..<5 { if case .admitted(let ticket) = breaker.admit() { breaker.finish(ticket, failed: true) } }
      #expect(try await said(caller).hasPrefix("503 storage: its circuit breaker is open"))
      #expect(try await caller.get("/healthz").status == 200)
      breaker.force(.halfOpen)
      #expect(try await said(caller) == "200 ", "only requests show that storage is well again")
      breaker.force(.closed)
      #expect(try await said(caller) == "200 ")
    }
  }

  @Test func breaker_forcedOpen_isAReasonThatSaysHowToLetGo() async throws {
    let harness = try await harness(Locked(nil))
    try await harness.run { (caller: TestCaller) async throws in
      harness.environment.breakers[.storage].force(.open)
      #expect(
        try await said(caller).contains("a person has forced its circuit breaker open; `headwaiter breakers auto"))
      harness.environment.breakers[.storage].force(nil)
      harness.environment.breakers[.engine("house")].force(.open)
      harness.environment.breakers[.notifier("mail")].force(.open)
      #expect(try await said(caller) == "200 ", "a planner or a notifier that is sick keeps nobody from booking")
    }
  }

  @Test func instance_drainedOrSilent_isAReason() async throws {
    let record = InstanceRecord(
      id: "worker-1", host: "h", flags: FlagSettings(), startedAt: ManualClock.start)
    let board = InstanceBoard(flags: FeatureFlags())
    let harness = try await harness(board: board, Locked(nil))
    var environment = harness.environment
    let keeper = InstanceKeeper(environment: environment, record: record, board: board)
    try await keeper.runOnce()
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await said(caller) == "200 ")
      _ = try await harness.store.drainInstance("worker-1", true)
      try await keeper.runOnce()
      #expect(try await said(caller).contains("drained; `headwaiter instances resume worker-1`"))
      _ = try await harness.store.drainInstance("worker-1", false)
      try await keeper.runOnce()
      #expect(try await said(caller) == "200 ")
    }
    environment.monotonic = SteadyClock { ContinuousClock.now.advanced(by: .seconds(12)) }
    let reasons = Readiness(environment: environment, instances: board).obstacles
    #expect(reasons.count == 1)
    #expect(reasons.first?.hasPrefix("instances: no heartbeat for 1") == true)
  }

  @Test func migration_thatIsMissingOrForbids_isAReason() async throws {
    let harness = try await ServerHarness()
    let store = harness.store
    for (standing, words) in [
      (MigrationStatus.Standing.missing, "missing; `headwaiter migrate`"), (.differs, "other content"),
      (.forbids, "newer program"),
    ] {
      let other = OtherSchema(store, MigrationStatus(number: 10, name: "traces", standing: standing))
      let reasons = await StoreProbe(store: other, patience: .seconds(60)).reasons()
      #expect(reasons.count == 1)
      #expect(reasons.first?.hasPrefix("migrations: 10 traces") == true)
      #expect(reasons.first?.contains(words) == true)
    }
    for standing in [MigrationStatus.Standing.applied, .newer] {
      let other = OtherSchema(store, MigrationStatus(number: 11, name: "later", standing: standing))
      #expect(await StoreProbe(store: other, patience: .seconds(60)).reasons() == [])
    }
  }

  @Test func storage_thatDoesNotAnswer_isAReasonAndIsNotWaitedFor() async throws {
    let probe = StoreProbe(store: HangingStore(), patience: .milliseconds(20))
    #expect(await probe.reasons() == ["storage: no answer within 20 ms"])
  }

  @Test func storage_thatIsAway_isAReasonInWords() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      await harness.closeStore()
      #expect(try await said(caller) == "503 storage: the database cannot be used (storage_unavailable)")
    }
  }
}

/// A store that never answers.
private struct HangingStore: DatabaseInspection, OutboxReading {
  private let never = AsyncStream.makeStream(of: Void.self)

  private func hang() async { for await _ in never.stream {} }

  func inspect() async throws(StoreError) -> DatabaseFacts {
    await hang()
    throw .unavailable("never")
  }

  func migrations() async throws(StoreError) -> [MigrationStatus] {
    await hang()
    return []
  }

  func outbox(after id: Int64, limit: Int) async throws(StoreError) -> [StoredOutboxMessage] {
    await hang()
    return []
  }

  func latestOutboxID() async throws(StoreError) -> Int64 {
    await hang()
    return 0
  }
}

/// A store whose schema is not the program's.
private struct OtherSchema: DatabaseInspection, OutboxReading {
  private let store: any AssignmentStore
  private let migration: MigrationStatus

  init(_ store: any AssignmentStore, _ migration: MigrationStatus) {
    self.store = store
    self.migration = migration
  }

  func inspect() async throws(StoreError) -> DatabaseFacts { try await store.inspect() }
  func migrations() async throws(StoreError) -> [MigrationStatus] { [migration] }
  func outbox(after id: Int64, limit: Int) async throws(StoreError) -> [StoredOutboxMessage] {
    try await store.outbox(after: id, limit: limit)
  }
  func latestOutboxID() async throws(StoreError) -> Int64 { try await store.latestOutboxID() }
}
