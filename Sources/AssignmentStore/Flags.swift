public import BookingDomain

/// What a person, or the rollout, set for all instances: a flag, or what becomes of one restaurant.
public struct FlagOverride: Sendable, Hashable {
  public var key: FlagKey
  /// One that ``BookingDomain/FlagKey/check(_:)`` takes.
  public var value: String
  public var reason: String
  /// Name of the API key or operator.
  public var actor: String
  public var at: Timestamp

  public init(key: FlagKey, value: String, reason: String, actor: String, at: Timestamp) {
    self.key = key
    self.value = value
    self.reason = reason
    self.actor = actor
    self.at = at
  }
}

extension FlagOverride {
  /// How a row calls what is about a restaurant; that of a flag has the flag's name and no restaurant.
  public static let restaurantName = "RESTAURANT"

  /// Name and restaurant as rows have them.
  public static func columns(_ key: FlagKey) -> (name: String, restaurant: String) {
    switch key {
    case .flag(let name): (name.rawValue, "")
    case .restaurant(let id): (restaurantName, id.rawValue)
    }
  }

  /// Nil for a flag that only a newer program knows.
  public static func key(name: String, restaurant: String) -> FlagKey? {
    name == restaurantName ? .restaurant(RestaurantID(restaurant)) : FlagName(rawValue: name).map(FlagKey.flag)
  }
}

extension StoredFlags {
  /// - Throws: `StoreError.invalid` for a value that no program writes.
  public init(_ overrides: [FlagOverride]) throws(StoreError) {
    self.init()
    for override in overrides {
      do { try take(override.key, override.value) } catch { throw .invalid("\(error)") }
    }
  }
}
