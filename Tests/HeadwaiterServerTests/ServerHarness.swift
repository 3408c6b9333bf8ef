import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import Foundation
import HeadwaiterAPI
import HeadwaiterTesting
import Hummingbird
import HummingbirdTesting
import Logging
import Resilience
import StoreTesting
import Testing
import Verification

@testable import HeadwaiterServer

/// A server on the real pipeline and a store of its own; business time stands still at ``ManualClock/start``.
final class ServerHarness: Sendable {
  private let testStore: TestStore
  let clock = ManualClock()
  let store: any AssignmentStore
  let environment: PipelineEnvironment
  let worker: Worker
  let logs: LogRecorder
  let live: LiveEvents
  private let overrides: @Sendable (inout ServerDependencies) -> Void

  /// - Parameter overrides: replaces parts, for example a desk by one that refuses.
  init(_ overrides: @escaping @Sendable (inout ServerDependencies) -> Void = { _ in }) async throws {
    logs = LogRecorder()
    self.overrides = overrides
    testStore = try await TestStore(clock: clock)
    store = testStore.store
    environment = PipelineEnvironment(
      store: store, clock: clock, ids: SequentialIDs(), traces: SequentialTraces(), random: { 0 },
      flags: { FeatureFlags(pipelineV3: true) },
      instance: "worker-1", logger: logs.logger)
    worker = Worker(
      environment: environment, locks: LockManager(store: store, owner: "worker-1", ttl: .seconds(30)))
    live = LiveEvents(store: store, signal: environment.outboxSignal)
    try await put(.sample())
    try await put(.sample(id: "other"))
  }

  /// From now on storage is away.
  func closeStore() async { await testStore.close() }

  var dependencies: ServerDependencies {
    var dependencies = ServerDependencies(
      store: store, bookings: LiveBookingDesk(environment: environment),
      holds: LiveHoldDesk(environment: environment), reviews: LiveReviewDesk(environment: environment),
      floors: LiveFloorDesk(environment: environment), availability: LiveAvailabilityDesk(environment: environment),
      progress: LiveBookingProgress(environment: environment), optimizer: LiveOptimizerDesk(environment: environment),
      breakers: LiveBreakerDesk(environment: environment),
      flagDesk: LiveFlagDesk(environment: environment), rolloutDesk: LiveRolloutDesk(environment: environment),
      verifier: RunVerifier(store),
      clock: clock, ids: SequentialIDs("b"),
      traces: environment.traces, live: live, version: "1.2.3",
      configuration: [ConfigurationEntry(name: "port", value: "8080", source: "default")])
    // Whatever is slow in a test is not what it is about.
    dependencies.patience = .seconds(60)
    overrides(&dependencies)
    return dependencies
  }

  /// Runs a test against the router, with the worker and the live events beside it.
  func run(_ test: @Sendable (TestCaller) async throws -> Void) async throws {
    let application = buildApplication(dependencies, services: [worker], logger: logs.logger)
    try await application.test(.router) { client in try await test(TestCaller(client: client)) }
  }

  func put(_ restaurant: Restaurant) async throws {
    var unit = WriteUnit(label: "test.restaurant")
    unit.restaurant = RestaurantWrite(
      restaurant: restaurant, document: RestaurantFile.encode(restaurant), expectedRevision: nil)
    try await store.commit(unit)
  }

  /// Sets a key up.
  /// - Returns: its secret.
  func key(_ role: Role, restaurants: [RestaurantID] = [], name: String? = nil) async throws -> String {
    // Not the system's: it has no size, and the thread sanitizer reads where its address would be.
    var random = SeededRandom(seed: .random(in: .min ... .max))
    let (secret, record) = KeyIssuer.issue(
      id: "key-\(name ?? role.rawValue)-\(restaurants.map(\.rawValue).joined())", name: name ?? role.rawValue,
      role: role, restaurants: restaurants, at: clock.now(), using: &random)
    try await store.createKey(record)
    return secret
  }

  /// The body of a booking for two at the evening of the harness's day.
  static func newBooking(_ members: KeyValuePairs<String, Any> = [:]) -> [String: Any] {
    var body: [String: Any] = [
      "restaurant_id": "house", "date": "2026-06-01", "start_time": "19:00", "party_size": 2,
      "guest": ["name": "Ada Unmistakable", "phone": "+44 20 7946 0123", "mail": "ada@example.org"],
    ]
    for (key, value) in members { body[key] = value }
    return body
  }
}

/// Keeps what is logged, in its real form.
final class LogRecorder: Sendable {
  private let lines = Locked<[String]>([])

  var text: String { lines.withLock { $0.joined(separator: "\n") } }

  /// As `serve --log-format json` writes them.
  var logger: Logger {
    LineLog(format: .json, level: .trace) { line in self.lines.withLock { $0.append(line) } }.logger
  }

  /// What was logged, each line as its object.
  var objects: [[String: Any]] {
    get throws {
      try lines.withLock { $0 }.map { line in
        try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
    }
  }
}
