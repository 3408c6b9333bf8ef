public import AssignmentStore
public import BookingDomain
import Resilience
public import SeatingEngine

/// A restaurant with what is computed from its file once.
public struct RestaurantContext: Sendable {
  public let revision: Int
  public let restaurant: Restaurant
  public let floor: CompiledFloor
  public let verifier: CapacityVerifier
  public let engine: SmartAssignmentEngine
  public let legacy: LegacyPlanner

  public init(_ stored: StoredRestaurant) {
    revision = stored.revision
    restaurant = stored.restaurant
    floor = CompiledFloor(restaurant: stored.restaurant)
    verifier = CapacityVerifier(restaurant: stored.restaurant)
    engine = SmartAssignmentEngine(floor: floor, demand: DemandForecast(restaurant: stored.restaurant))
    legacy = LegacyPlanner(floor: floor)
  }

  var guardRevision: RestaurantRevision { RestaurantRevision(id: restaurant.id, revision: revision) }

  /// The capacity rules' question about the floor.
  func fit(of request: CapacityRequest, wishes: SeatingWishes) -> PartyFit {
    switch floor.fit(
      party: request.party, extraChairs: request.byHost, accessible: wishes.needsAccessibleTable)
    {
    case .fits: .fits
    case .tooLarge: .tooLarge
    case .tooSmall: .tooSmall
    }
  }
}

/// Keeps compiled restaurants, at most ``capacity`` of them. What was kept may be old: commits carry the revision, and
/// the database refuses an old one.
public final class RestaurantCache: Sendable {
  /// 2,000: some 50 MB at 50 tables each.
  public static let capacity = 2_000

  private let store: any RestaurantReading
  private let kept = Locked([RestaurantID: RestaurantContext]())

  public init(store: any RestaurantReading) { self.store = store }

  /// - Returns: nil if there is no such restaurant.
  public func context(_ id: RestaurantID) async throws(StoreError) -> RestaurantContext? {
    if let context = kept.withLock({ $0[id] }) { return context }
    return try await reload(id)
  }

  /// The restaurant as it is stored now.
  public func fresh(_ id: RestaurantID) async throws(StoreError) -> RestaurantContext? {
    let revision = try await store.restaurantRevision(id)
    if let context = kept.withLock({ $0[id] }), context.revision == revision { return context }
    return try await reload(id)
  }

  /// Forgets what is kept.
  public func invalidate(_ id: RestaurantID) {
    kept.withLock { _ = $0.removeValue(forKey: id) }
  }

  private func reload(_ id: RestaurantID) async throws(StoreError) -> RestaurantContext? {
    guard let stored = try await store.restaurant(id) else {
      invalidate(id)
      return nil
    }
    let context = RestaurantContext(stored)
    kept.withLock { kept in
      if kept.count >= RestaurantCache.capacity, kept[id] == nil, let any = kept.keys.first { kept[any] = nil }
      kept[id] = context
    }
    return context
  }
}
