public import BookingDomain
import Foundation
import Resilience

/// The system's clock.
public struct SystemWallClock: WallClock {
  public init() {}

  public func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }
}

/// The system's clock, as wrong as a test asks.
struct ShiftedWallClock: WallClock {
  let faults: ProcessFaults

  func now() -> Timestamp { SystemWallClock().now().adding(faults.clockShift) }
}

/// Random ids of traces and spans, as Trace Context wants them.
public struct RandomTraceIDs: TraceIDGenerator {
  public init() {}

  public func trace() -> TraceID {
    var random = SystemRandomNumberGenerator()
    return TraceID(high: random.next(), low: random.next())
  }

  public func span() -> SpanID {
    var random = SystemRandomNumberGenerator()
    return SpanID(random.next())
  }
}

/// Identifiers that sort by the time they were made: 48 bits of milliseconds, then 80 random bits, in Crockford's base 32
/// (as ULIDs, lower case).
public struct TimeOrderedIDs: IDGenerator {
  private let clock: any WallClock

  public init(clock: any WallClock = SystemWallClock()) { self.clock = clock }

  public func next() -> String {
    var random = SystemRandomNumberGenerator()
    let milliseconds = UInt64(bitPattern: clock.now().microseconds / 1_000)
    return TimeOrderedIDs.encode(milliseconds, digits: 10) + TimeOrderedIDs.encode(random.next(), digits: 8)
      + TimeOrderedIDs.encode(random.next(), digits: 8)
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// The low `5 · digits` bits.
  private static func encode(_ value: UInt64, digits: Int) -> String {
    var bytes: [UInt8] = []
    for digit in stride(from: digits - 1, through: 0, by: -1) {
      bytes.append(alphabet[Int(value >> UInt64(digit * 5) & 31)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
