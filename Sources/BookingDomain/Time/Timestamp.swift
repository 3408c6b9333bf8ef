/// A point in time: microseconds since 1970-01-01T00:00:00Z. The only time that is ever stored.
public struct Timestamp: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// Microseconds since the epoch; negative before it.
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// - Parameter seconds: whole seconds since the epoch.
  public init(seconds: Int64) { microseconds = seconds * 1_000_000 }

  /// Whole seconds since the epoch, rounded towards the past.
  public var seconds: Int64 { microseconds.flooredQuotient(by: 1_000_000) }

  /// Whole minutes since the epoch, rounded towards the past.
  public var minutes: Int64 { microseconds.flooredQuotient(by: 60_000_000) }

  /// The beginning of the minute that contains this time.
  public var flooredToMinute: Timestamp { Timestamp(seconds: minutes * 60) }

  /// This time if it begins a minute, else the beginning of the next one.
  public var ceiledToMinute: Timestamp {
    self == flooredToMinute ? self : flooredToMinute.adding(minutes: 1)
  }

  public func adding(_ duration: Duration) -> Timestamp {
    Timestamp(microseconds: microseconds + duration.wholeMicroseconds)
  }

  public func adding(minutes: Int) -> Timestamp {
    Timestamp(microseconds: microseconds + Int64(minutes) * 60_000_000)
  }

  /// Elapsed time from `earlier` to this time.
  public func since(_ earlier: Timestamp) -> Duration { .microseconds(microseconds - earlier.microseconds) }

  public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool { lhs.microseconds < rhs.microseconds }

  public init(from decoder: any Decoder) throws {
    microseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(microseconds)
  }

  /// RFC 3339 in UTC.
  public var description: String { RFC3339.format(self, offsetSeconds: 0) }
}

extension Duration {
  /// Microseconds, the rest cut off.
  public var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }

  /// Milliseconds, with fraction.
  public var inMilliseconds: Double { Double(wholeMicroseconds) / 1_000 }

  public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
}

extension BinaryInteger {
  /// Quotient rounded towards negative infinity.
  func flooredQuotient(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}

/// Tells the present time for what is stored; injected.
public protocol WallClock: Sendable {
  func now() -> Timestamp
}

/// A half-open span of time, `[start, end)`: two windows that only touch do not overlap.
public struct TimeWindow: Hashable, Sendable, Codable {
  public var start: Timestamp
  public var end: Timestamp

  public init(start: Timestamp, end: Timestamp) {
    self.start = start
    self.end = end
  }

  public func overlaps(_ other: TimeWindow) -> Bool { start < other.end && other.start < end }
  public func contains(_ time: Timestamp) -> Bool { start <= time && time < end }
  public var length: Duration { end.since(start) }

  /// The same window widened by `before` and `after`, in minutes.
  public func widened(beforeMinutes before: Int, afterMinutes after: Int) -> TimeWindow {
    TimeWindow(start: start.adding(minutes: -before), end: end.adding(minutes: after))
  }
}
