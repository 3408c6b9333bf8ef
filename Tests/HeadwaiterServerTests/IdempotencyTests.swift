import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Foundation
import HeadwaiterTesting
import Hummingbird
import Testing

@testable import HeadwaiterServer

@Suite("Idempotency keys")
struct IdempotencyTests {
  private static let key = ["Idempotency-Key": "order-1"]

  @Test func sameAgain_replaysTheFirstAnswer() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let text = try Self.text(ServerHarness.newBooking())
      let first = try await caller.send(.post, "/v1/bookings", text: text, headers: Self.key)
      let second = try await caller.send(.post, "/v1/bookings", text: text, headers: Self.key)
      #expect(first.header("Idempotency-Replayed") == nil)
      #expect(second.header("Idempotency-Replayed") == "true")
      #expect(second.text == first.text)
      #expect(second.status == 201)
      #expect(second.header("ETag") == first.header("ETag"))
      #expect(second.header("Location") == first.header("Location"))
    }
  }

  @Test func otherBody_is422() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      _ = try await caller.post("/v1/bookings", ServerHarness.newBooking(), headers: Self.key)
      let other = try await caller.post("/v1/bookings", ServerHarness.newBooking(["party_size": 3]), headers: Self.key)
      #expect(other.status == 422)
      #expect(other.string("code") == "idempotency_key_reused")
      let otherPath = try await caller.post("/v1/holds", [:], headers: Self.key)
      #expect(otherPath.string("code") == "idempotency_key_reused")
      #expect(try await caller.get("/v1/bookings").list("bookings").count == 1)
    }
  }

  @Test func manyAtOnce_makeOneBooking() async throws {
    let harness = try await ServerHarness()
    let text = try Self.text(ServerHarness.newBooking())
    try await harness.run { (caller: TestCaller) async throws in
      let ids = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<10 {
          group.addTask {
            try await caller.send(.post, "/v1/bookings", text: text, headers: Self.key).string("id")
          }
        }
        return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      #expect(try await caller.get("/v1/bookings").list("bookings").count == 1)
    }
  }

  @Test func scope_isTheKeysOwn() async throws {
    let harness = try await ServerHarness()
    let one = try await harness.key(.host, name: "one")
    let two = try await harness.key(.host, name: "two")
    let text = try Self.text(ServerHarness.newBooking())
    try await harness.run { (open: TestCaller) async throws in
      for key in [one, two] {
        let answer = try await open.with(key).send(.post, "/v1/bookings", text: text, headers: Self.key)
        #expect(answer.header("Idempotency-Replayed") == nil)
      }
      #expect(try await open.with(one).get("/v1/bookings").list("bookings").count == 2)
    }
  }

  @Test func refusals_areKept_serverErrorsAreNot() async throws {
    let harness = try await ServerHarness { dependencies in
      dependencies.bookings = RefusingBookingDesk(error: .unavailable(retryAfter: .seconds(2)))
    }
    try await harness.run { (caller: TestCaller) async throws in
      let unknown = #"{"restaurant_id":"nowhere","start":"2026-06-01T18:00:00Z","party_size":2}"#
      for replayed in [nil, "true"] {
        let answer = try await caller.send(.post, "/v1/bookings", text: unknown, headers: Self.key)
        #expect(answer.status == 404)
        #expect(answer.header("Idempotency-Replayed") == replayed)
      }
      for _ in 0..<2 {
        let answer = try await caller.post("/v1/bookings/x/pin", headers: ["Idempotency-Key": "k2"])
        #expect(answer.status == 503)
        #expect(answer.header("Retry-After") == "2")
        #expect(answer.header("Idempotency-Replayed") == nil)
      }
    }
  }

  @Test func lostAnswer_isRenderedFromWhatWasMade() async throws {
    let harness = try await ServerHarness()
    let text = try Self.text(ServerHarness.newBooking())
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await caller.book()
      let id = try #require(made.string("id"))
      let fingerprint = Digest.hex(of: Array("POST /v1/bookings\n".utf8), Array(text.utf8))
      try await harness.store.saveIdempotency(
        IdempotencyRecord(
          scope: "open", key: "order-1", fingerprint: fingerprint, resource: id, response: nil,
          createdAt: harness.clock.now()))
      let answer = try await caller.send(.post, "/v1/bookings", text: text, headers: Self.key)
      #expect(answer.status == 201)
      #expect(answer.string("id") == id)
      #expect(answer.header("Idempotency-Replayed") == "true")
    }
  }

  @Test func create_recordIsCommittedWithTheBooking() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.post("/v1/bookings", ServerHarness.newBooking(), headers: Self.key)
      let record = try await harness.store.idempotencyRecord(scope: "open", key: "order-1")
      #expect(record?.resource == answer.string("id"))
      #expect(record?.response?.status == 201)
    }
  }

  @Test(arguments: ["with space", String(repeating: "x", count: 256), "ümlaut"])
  func badKey_is400(_ key: String) async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.post(
        "/v1/bookings", ServerHarness.newBooking(), headers: ["Idempotency-Key": key])
      #expect(answer.status == 400)
      #expect(answer.string("parameter") == "Idempotency-Key")
    }
  }

  private static func text(_ body: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: body, options: .sortedKeys), as: UTF8.self)
  }
}
