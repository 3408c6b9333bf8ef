import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Logging
import Resilience
import StoreTesting

/// A pipeline on a store of its own, with a clock that a test moves.
final class PipelineHarness: Sendable {
  private let testStore: TestStore
  let clock = ManualClock()
  let store: any AssignmentStore
  let environment: PipelineEnvironment
  let locks: LockManager
  let worker: Worker
  let flags: Locked<FeatureFlags>
  let faults = ScriptedFaults()

  init(
    restaurant: Restaurant = .sample(), flags: FeatureFlags = FeatureFlags(pipelineV3: true),
    settings: PipelineSettings = PipelineSettings(), metrics: PipelineMetrics = .off,
    shadow: (@Sendable (PipelineEnvironment) -> ShadowRunner)? = nil
  ) async throws {
    testStore = try await TestStore(clock: clock)
    store = testStore.store
    let shared = Locked(flags)
    self.flags = shared
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let (clock, began) = (clock, ContinuousClock.now)
    var environment = PipelineEnvironment(
      store: store, clock: clock,
      monotonic: SteadyClock { began.advanced(by: clock.now().since(ManualClock.start)) }, ids: SequentialIDs(),
      traces: SequentialTraces(),
      random: { 0 }, flags: { shared.withLock { $0 } },
      faults: faults, settings: settings, instance: "worker-1", logger: logger)
    environment.metrics = metrics
    environment.shadow = shadow?(environment)
    self.environment = environment
    locks = LockManager(store: store, owner: "worker-1", ttl: settings.leaseTTL)
    worker = Worker(environment: environment, locks: locks)
    try await put(restaurant)
  }

  /// From now on every call to the store fails.
  func breakStorage() async { await testStore.close() }

  func put(_ restaurant: Restaurant) async throws {
    var unit = WriteUnit(label: "test.restaurant")
    unit.restaurant = RestaurantWrite(
      restaurant: restaurant, document: RestaurantFile.encode(restaurant), expectedRevision: nil)
    try await store.commit(unit)
    environment.restaurants.invalidate(restaurant.id)
  }

  /// Stores a booking with its job, as a desk does.
  func create(_ record: BookingRecord) async throws {
    let context = ChangeContext(actor: .person, actorName: "guest", mode: .manual, at: clock.now())
    var unit = WriteUnit(label: "test.create")
    BookingStateMachine(logger: environment.logger).add(
      BookingMutation(creating: record, context: context), flow: nil, to: &unit)
    unit.jobs = [
      .enqueue(record.id, record.restaurantID, after: .zero, deadline: .seconds(600), resetRetries: true)
    ]
    try await store.commit(unit)
  }

  func booking(_ id: BookingID = "b-1") async throws -> Booking {
    guard let booking = try await store.booking(id) else { throw Missing(id: id) }
    return booking
  }

  func eventTypes(of id: BookingID = "b-1") async throws -> [String] {
    var query = EventQuery()
    query.bookingID = id
    return try await store.events(query).map(\.event.type)
  }

  func states(of id: BookingID = "b-1") async throws -> [AssignmentState] {
    try await store.history(of: id).map(\.to)
  }

  /// Takes tables for others for the whole evening.
  func block(_ tables: [TableNumber], restaurant: RestaurantID = "house") async throws {
    let window = TimeWindow(start: clock.now(), end: clock.now().adding(minutes: 1_440))
    var unit = WriteUnit(label: "test.block")
    unit.claims = tables.map {
      Claim(restaurantID: restaurant, table: $0, kind: .block, window: window, groupID: "block", note: "test")
    }
    try await store.commit(unit)
  }

  struct Missing: Error { let id: BookingID }
}

/// Throws, once, at the points that a test names.
final class ScriptedFaults: FaultPoints {
  struct Fault: Error {}

  private let planned = Locked([FaultPoint: Int]())
  private let seen = Locked([FaultPoint]())
  private let actions = Locked([FaultPoint: @Sendable () async throws -> Void]())

  func fail(at point: FaultPoint, times: Int = 1) { planned.withLock { $0[point] = times } }

  /// Does something when a point is reached for the first time.
  func once(at point: FaultPoint, _ action: @escaping @Sendable () async throws -> Void) {
    actions.withLock { $0[point] = action }
  }

  var reached: [FaultPoint] { seen.withLock { $0 } }

  func reach(_ point: FaultPoint) async throws {
    seen.withLock { $0.append(point) }
    let action = actions.withLock { $0.removeValue(forKey: point) }
    try await action?()
    let fails = planned.withLock { planned in
      guard let left = planned[point], left > 0 else { return false }
      planned[point] = left - 1
      return true
    }
    if fails { throw Fault() }
  }
}
