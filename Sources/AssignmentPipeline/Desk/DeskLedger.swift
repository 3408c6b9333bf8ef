import AssignmentStore
import BookingDomain
import Logging
import Resilience
import SeatingEngine

/// What all desks share: reads, and changes that one transaction writes, behind the storage breaker.
struct DeskLedger: Sendable {
  /// How often a change is drafted again when what it read is no longer true.
  static let tries = 6
  /// Between drafts that were made on old flags; all of them together are longer than an instance takes to learn the new
  /// ones.
  static let flagsPause = Duration.milliseconds(220)

  let environment: PipelineEnvironment
  let machine: BookingStateMachine
  let snapshots: SnapshotBuilder

  init(environment: PipelineEnvironment) {
    self.environment = environment
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
    snapshots = SnapshotBuilder(store: environment.store, clock: environment.clock)
  }

  var store: any AssignmentStore { environment.store }

  /// The house's time: what "now" means on the floor.
  var houseNow: Timestamp { environment.businessClock.now(for: nil) }

  /// Carries out a desk's work, unless storage is known to be sick.
  /// - Throws: ``DeskError/unavailable(retryAfter:)`` while the breaker is open, and whatever `body` throws.
  func guarded<Value: Sendable>(
    _ body: () async throws(DeskError) -> Value
  ) async throws(DeskError) -> Value {
    switch await environment.behindStorageBreaker(isSick: \.isStorageFailure, body) {
    case .answered(let result): return try result.get()
    case .isOpen(let retryAfter): throw .unavailable(retryAfter: retryAfter)
    }
  }

  // MARK: - Reads

  func read<Value: Sendable>(
    _ body: (any AssignmentStore) async throws(StoreError) -> Value
  ) async throws(DeskError) -> Value {
    do { return try await body(store) } catch { throw refusal(error) }
  }

  /// A store's refusal as the desk's. What storage could not do is told in the log: the answer only says when to try again.
  func refusal(_ error: StoreError) -> DeskError {
    environment.logger.tell(error, "storage", source: "assignment.desk")
    return DeskError(error)
  }

  /// A booking that the caller may see.
  func booking(_ id: BookingID, _ caller: Caller) async throws(DeskError) -> Booking {
    let found = try await read { store async throws(StoreError) in try await store.booking(id) }
    guard let found, caller.maySee(found.restaurantID) else { throw .notFound(kind: "booking", id: id.rawValue) }
    return found
  }

  /// A restaurant as kept; what is decided on it must carry its revision.
  func restaurant(_ id: RestaurantID, _ caller: Caller? = nil) async throws(DeskError) -> RestaurantContext {
    guard caller?.maySee(id) ?? true else { throw .notFound(kind: "restaurant", id: id.rawValue) }
    let restaurants = environment.restaurants
    let context = try await read { _ async throws(StoreError) in try await restaurants.context(id) }
    guard let context else { throw .notFound(kind: "restaurant", id: id.rawValue) }
    return context
  }

  /// A restaurant as it is stored now, for answers that no revision guards.
  func freshRestaurant(_ id: RestaurantID, _ caller: Caller? = nil) async throws(DeskError) -> RestaurantContext {
    guard caller?.maySee(id) ?? true else { throw .notFound(kind: "restaurant", id: id.rawValue) }
    let restaurants = environment.restaurants
    let context = try await read { _ async throws(StoreError) in try await restaurants.fresh(id) }
    guard let context else { throw .notFound(kind: "restaurant", id: id.rawValue) }
    return context
  }

  /// The window in which a booking's tables are claimed; nil without claims.
  func claimWindow(of booking: Booking) async throws(DeskError) -> TimeWindow? {
    try await read { store async throws(StoreError) in try await store.claims(of: booking.id) }.first?.window
  }

  /// Every booking that a query finds, read in pages.
  func allBookings(_ query: BookingQuery) async throws(DeskError) -> [Booking] {
    try await read { store async throws(StoreError) in try await store.allBookings(query) }
  }

  /// A named fault point; what a test makes it throw counts as a fault of storage.
  func reach(_ point: FaultPoint) async throws(DeskError) {
    do { try await environment.faults.reach(point) } catch { throw .unavailable(retryAfter: .seconds(1)) }
  }
}
