import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@testable import HeadwaiterServer

@Suite("API keys")
struct KeyTests {
  @Test func issue_secretIsRandomAndNotStored() {
    var random = SeededRandom(seed: 7)
    let first = KeyIssuer.issue(
      id: "k1", name: "a", role: .host, restaurants: [], at: ManualClock.start, using: &random)
    let second = KeyIssuer.issue(
      id: "k2", name: "b", role: .host, restaurants: [], at: ManualClock.start, using: &random)
    #expect(first.secret.hasPrefix("hw_"))
    #expect(first.secret.count == 67)
    #expect(first.secret != second.secret)
    #expect(first.record.hash == KeyIssuer.hash(first.secret))
    #expect(!"\(first.record)".contains(first.secret))
  }

  @Test func hash_isSHA256() {
    #expect(KeyIssuer.hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func directory_revokedKey_isForgottenWithinASecond() async throws {
    let harness = try await ServerHarness()
    let secret = try await harness.key(.host)
    let uptime = Locked(ContinuousClock.now)
    let keys = KeyDirectory(store: harness.store, uptime: { uptime.withLock { $0 } })
    #expect(try await keys.caller(secret: secret)?.role == .host)
    _ = try await harness.store.revokeKey(id: "key-host-", at: harness.clock.now())
    uptime.withLock { $0 += .seconds(1) }
    #expect(try await keys.caller(secret: secret) == nil)
    #expect(try await keys.hasKeys())
  }

  @Test func directory_firstKey_closesTheServerWithinASecond() async throws {
    let harness = try await ServerHarness()
    let uptime = Locked(ContinuousClock.now)
    let keys = KeyDirectory(store: harness.store, uptime: { uptime.withLock { $0 } })
    #expect(try await keys.hasKeys() == false)
    _ = try await harness.key(.host)
    uptime.withLock { $0 += .seconds(1) }
    #expect(try await keys.hasKeys())
    #expect(try await KeyIssuer.hasKeys(in: harness.store))
  }

  @Test func requests_takeTheKeyFromEitherHeader() async throws {
    let harness = try await ServerHarness()
    let secret = try await harness.key(.host)
    try await harness.run { (open: TestCaller) async throws in
      #expect(try await open.get("/v1/state-machine", headers: ["X-API-Key": secret]).status == 200)
      #expect(try await open.get("/v1/state-machine", headers: ["Authorization": "bearer \(secret)"]).status == 200)
      #expect(try await open.get("/v1/state-machine", headers: ["Authorization": "Basic \(secret)"]).status == 401)
    }
  }
}
