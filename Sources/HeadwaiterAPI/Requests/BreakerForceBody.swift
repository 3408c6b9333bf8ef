public import BookingDomain

/// Forces a circuit breaker: `PUT /v1/admin/breakers/{breaker}`.
public struct BreakerForceBody: WireRequest {
  /// Where a breaker can be forced to.
  public enum Position: String, Codable, Sendable, CaseIterable { case open, closed }

  public var position: Position
  public var reason: String

  public init(position: Position, reason: String) {
    self.position = position
    self.reason = reason
  }

  public static let keys = ["position", "reason"]

  public init(_ reader: JSONObjectReader) {
    _ = reader.required("position", allowed: "open or closed")
    position = reader.option("position", Position.self) ?? .closed
    reason = reader.requiredText("reason", length: WireLimits.reason) ?? ""
  }
}
