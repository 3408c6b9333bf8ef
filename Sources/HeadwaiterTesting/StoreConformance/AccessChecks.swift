import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let accessChecks: [ConformanceCheck] = [
    ConformanceCheck("idempotency: a key is committed once, with its change", once),
    ConformanceCheck("idempotency: an answer completes its record, the first one stays", complete),
    ConformanceCheck("idempotency: another scope is another key; old ones are pruned", scopes),
    ConformanceCheck("keys: are stored, found by hash, and revoked once", keys),
    ConformanceCheck("instances: live ones are those with a young heartbeat", instances),
    ConformanceCheck("instances: are drained on request, and forgotten after a day of silence", drain),
    ConformanceCheck("flags: the epoch rises when an instance's settings change, and refuses older tries", epoch),
    ConformanceCheck("clock: the store's time is the database's", clock),
  ]

  private static func once(_ bench: ConformanceBench) async throws {
    var first = try bench.confirming("b-1", ["T1"])
    first.idempotency = record(bench)
    try await bench.store.commit(first)
    var second = try bench.confirming("b-2", ["T2"])
    second.idempotency = record(bench)
    try await bench.refuse(second, "the same key again") { $0 == .idempotencyConflict }
    try bench.require(try await bench.store.booking("b-2") == nil, "a refused unit left its booking")
    let stored = try await bench.store.idempotencyRecord(scope: "open", key: "k")
    try bench.expect(stored, record(bench), "record")
  }

  private static func complete(_ bench: ConformanceBench) async throws {
    try await bench.commit { $0.idempotency = record(bench) }
    var answered = record(bench)
    answered.response = StoredResponse(status: 201, headers: ["etag": "\"1\""], body: [0, 255, 10])
    var other = answered
    other.fingerprint = "other"
    other.response?.status = 409
    try await bench.store.saveIdempotency(other)
    try bench.expect(
      try await bench.store.idempotencyRecord(scope: "open", key: "k"), record(bench), "after another request's answer")
    try await bench.store.saveIdempotency(answered)
    var late = answered
    late.response?.status = 200
    try await bench.store.saveIdempotency(late)
    try bench.expect(try await bench.store.idempotencyRecord(scope: "open", key: "k"), answered, "answered record")
    var new = answered
    new.key = "without a unit"
    try await bench.store.saveIdempotency(new)
    try bench.expect(
      try await bench.store.idempotencyRecord(scope: "open", key: "without a unit"), new, "record saved by itself")
  }

  private static func scopes(_ bench: ConformanceBench) async throws {
    try await bench.commit { $0.idempotency = record(bench) }
    var other = record(bench)
    other.scope = "key-1"
    let second = other
    try await bench.commit { $0.idempotency = second }
    bench.clock.advance(by: .seconds(86_401))
    let pruned = try await bench.prune(olderThan: .seconds(86_400), limit: 10)
    try bench.expect(pruned, 2, "pruned")
    try bench.expect(try await bench.store.idempotencyRecord(scope: "open", key: "k"), nil, "pruned record")
  }

  private static func keys(_ bench: ConformanceBench) async throws {
    let key = APIKeyRecord(
      id: "key-1", name: "front desk", role: .host, restaurants: ["house", "other"], hash: "abc",
      createdAt: bench.clock.now())
    try await bench.store.createKey(key)
    try bench.expect(try await bench.store.key(hash: "abc"), key, "key")
    try bench.expect(try await bench.store.key(hash: "abd"), nil, "unknown key")
    do {
      try await bench.store.createKey(key)
      throw ConformanceViolation("the same key again was not refused")
    } catch let error as StoreError {
      try bench.expect(error.code, "constraint", "code of the refusal")
    }
    let later = bench.clock.now().adding(.seconds(5))
    try bench.expect(try await bench.store.revokeKey(id: "key-1", at: later), true, "revoked")
    try bench.expect(try await bench.store.revokeKey(id: "key-1", at: later), false, "revoked again")
    try bench.expect(try await bench.store.keys().map(\.revokedAt), [later], "time of revocation")
  }

  private static func instances(_ bench: ConformanceBench) async throws {
    let instance = InstanceRecord(
      id: "i-1", host: "h", role: .worker, version: "1.2", flags: FlagSettings(pipelineV3: false, maxParallel: 2),
      startedAt: bench.clock.now())
    try await bench.store.publishInstance(instance)
    bench.clock.advance(by: .seconds(9))
    try bench.expect(try await bench.store.liveInstances(within: .seconds(10)), [instance], "live instances")
    bench.clock.advance(by: .seconds(1))
    try bench.expect(try await bench.store.liveInstances(within: .seconds(10)), [], "when the heartbeat is old")
    try await bench.store.publishInstance(instance)
    try bench.expect(try await bench.store.liveInstances(within: .seconds(10)).count, 1, "after a heartbeat")
    try await bench.store.removeInstance("i-1")
    try bench.expect(try await bench.store.liveInstances(within: .seconds(10)), [], "removed")
  }

  private static func drain(_ bench: ConformanceBench) async throws {
    var instance = InstanceRecord(id: "i-1", host: "h", flags: FlagSettings(), startedAt: bench.clock.now())
    try await bench.store.publishInstance(instance)
    try bench.expect(try await bench.store.drainInstance("i-2", true), false, "draining an unknown instance")
    try bench.expect(try await bench.store.drainInstance("i-1", true), true, "draining")
    try await bench.store.publishInstance(instance)
    bench.clock.advance(by: .seconds(60))
    instance.isDraining = true
    try bench.expect(
      try await bench.store.instances(), [SeenInstance(record: instance, silence: .seconds(60))],
      "instances after a heartbeat and a silence")
    try bench.expect(try await bench.store.drainInstance("i-1", false), true, "taking work again")
    try bench.expect(try await bench.store.instances().map(\.record.isDraining), [false], "draining afterwards")
    bench.clock.advance(by: .seconds(86_400))
    _ = try await bench.prune(olderThan: .seconds(1), limit: 10)
    try bench.expect(try await bench.store.instances(), [], "instances after a day of silence")
  }

  private static func epoch(_ bench: ConformanceBench) async throws {
    let first = try await bench.store.flagsEpoch()
    var instance = InstanceRecord(id: "i-1", host: "h", flags: FlagSettings(), startedAt: bench.clock.now())
    try await bench.store.publishInstance(instance)
    try bench.expect(try await bench.store.flagsEpoch(), first, "epoch after an instance without settings")
    instance.flags.pipelineV3 = false
    try await bench.store.publishInstance(instance)
    let second = try await bench.store.flagsEpoch()
    try bench.require(second > first, "the epoch did not rise with a setting")
    try await bench.store.publishInstance(instance)
    try bench.expect(try await bench.store.flagsEpoch(), second, "epoch after a mere heartbeat")
    var unit = try bench.confirming("b-1", ["T1"])
    unit.flagsEpoch = first
    try await bench.refuse(unit, "a try from before the change") { $0 == .flagsChanged }
    unit.flagsEpoch = second
    try await bench.store.commit(unit)
    try await bench.store.removeInstance("i-1")
    try bench.require(try await bench.store.flagsEpoch() > second, "the epoch did not rise when a setting went away")
  }

  private static func clock(_ bench: ConformanceBench) async throws {
    let before = try await bench.store.storeNow()
    bench.clock.advance(by: .seconds(5))
    try bench.expect(try await bench.store.storeNow().since(before), .seconds(5), "time that passed")
  }

  private static func record(_ bench: ConformanceBench) -> IdempotencyRecord {
    IdempotencyRecord(
      scope: "open", key: "k", fingerprint: "print", resource: "b-1", response: nil, createdAt: ManualClock.start)
  }
}
