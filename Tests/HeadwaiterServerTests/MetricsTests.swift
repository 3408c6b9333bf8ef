import BookingDomain
import CoreMetrics
import HeadwaiterServer
import HeadwaiterTesting
import Hummingbird
import PrometheusMetrics
import Testing

@Suite("Metrics")
struct MetricsTests {
  let registry = PrometheusRegistry()

  private func harness(needsKey: Bool = true, healthOnly: Bool = false) async throws -> ServerHarness {
    try await ServerHarness { [registry] dependencies in
      dependencies.servesHealthOnly = healthOnly
      dependencies.metrics = MetricsExport(
        needsKey: needsKey, factory: PrometheusMetricsFactory(registry: registry),
        contentType: PrometheusRegistry.contentType
      ) { registry.exposition() }
    }
  }

  @Test func metrics_withoutAKeySetUp_areOpen_asText() async throws {
    try await harness().run { (caller: TestCaller) async throws in
      let answer = try await caller.get("/metrics")
      #expect(answer.status == 200)
      #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answer.headers[.cacheControl] == "no-store")
      #expect(answer.text.contains("# TYPE headwaiter_http_requests_in_flight gauge\n"))
    }
  }

  @Test(arguments: Role.allCases) func metrics_onceAKeyIsSetUp_takeAnObserversKey(_ role: Role) async throws {
    let harness = try await harness()
    let key = try await harness.key(role)
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await caller.get("/metrics").status == 401)
      #expect(try await caller.get("//metrics").status == 401)
      #expect(try await caller.with("hw_wrong").get("/metrics").status == 401)
      let mayLook = role != .guestApp && role != .host
      #expect(try await caller.with(key).get("/metrics").status == (mayLook ? 200 : 403))
    }
  }

  @Test func metrics_thatAreOpen_takeNoKey() async throws {
    let harness = try await harness(needsKey: false)
    _ = try await harness.key(.admin)
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await caller.get("/metrics").status == 200)
      #expect(try await caller.get("/v1/health").status == 401)
    }
  }

  @Test func metrics_thatAreOff_areNotThere() async throws {
    try await ServerHarness().run { (caller: TestCaller) async throws in
      #expect(try await caller.get("/metrics").status == 404)
    }
  }

  @Test func metrics_ofAProcessThatServesHealthOnly_areThere() async throws {
    try await harness(healthOnly: true).run { (caller: TestCaller) async throws in
      #expect(try await caller.get("/metrics").status == 200)
      #expect(try await caller.get("/v1/state-machine").status == 404)
    }
  }

  @Test func metrics_whenStorageIsAway_areShownToWhoWasLetInBefore() async throws {
    let harness = try await harness()
    let key = try await harness.key(.onCallEngineer)
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await caller.with(key).get("/metrics").status == 200)
      await harness.closeStore()
      // Until what was read of the key is too old for everything else.
      while try await caller.with(key).get("/v1/state-machine").status == 200 {}
      #expect(try await caller.with(key).get("/metrics").status == 200)
      #expect(try await caller.with("hw_other").get("/metrics").status == 503)
    }
  }

  @Test func requests_areCountedByOperationAndClass_neverByPath() async throws {
    try await harness().run { (caller: TestCaller) async throws in
      let made = try await caller.book()
      let id = made.string("id") ?? ""
      _ = try await caller.get("/v1/bookings/\(id)")
      _ = try await caller.get("/v1/bookings/b-unmistakable")
      _ = try await caller.get("/nothing/unmistakable")
      _ = try await caller.send(.head, "/v1/state-machine")
      let text = try await caller.get("/metrics").text
      func count(_ operation: String, _ status: String) -> Bool {
        text.contains("headwaiter_http_requests_total{operation=\"\(operation)\",status=\"\(status)\"} 1\n")
      }
      #expect(count("createBooking", "2xx"))
      #expect(count("readBooking", "2xx"))
      #expect(count("readBooking", "4xx"))
      #expect(count("none", "4xx"))
      #expect(count("readStateMachine", "2xx"))
      #expect(text.contains("headwaiter_http_request_duration_seconds_count{operation=\"readBooking\"} 2\n"))
      #expect(text.contains("headwaiter_http_requests_in_flight 1\n"))
      #expect(!text.lowercased().contains("unmistakable"))
    }
  }
}
