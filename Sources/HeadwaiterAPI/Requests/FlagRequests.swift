public import BookingDomain

/// Sets a flag: `PUT /v1/admin/flags/{flag}`.
public struct FlagValueBody: WireRequest {
  /// As text: `true`, `false` or a number.
  public var value: String
  public var reason: String

  public static let keys = ["value", "reason"]
  static let valueLength = 1...16

  public init(_ reader: JSONObjectReader) {
    value = reader.requiredText("value", length: Self.valueLength) ?? ""
    reason = reader.requiredText("reason", length: WireLimits.reason) ?? ""
  }
}

/// Sets what becomes of a restaurant: `PUT /v1/admin/flags/restaurants/{restaurant_id}`.
public struct RestaurantFlagBody: WireRequest {
  public var value: RestaurantFlag
  public var reason: String

  public static let keys = ["value", "reason"]

  public init(_ reader: JSONObjectReader) {
    _ = reader.required("value", allowed: "in, out or paused")
    value = reader.option("value", RestaurantFlag.self) ?? .forcedOut
    reason = reader.requiredText("reason", length: WireLimits.reason) ?? ""
  }
}

/// Throws the kill switch: `POST /v1/admin/kill`.
public struct KillBody: WireRequest {
  public var reason: String

  public static let keys = ["reason"]

  public init(_ reader: JSONObjectReader) {
    reason = reader.requiredText("reason", length: WireLimits.reason) ?? ""
  }
}
