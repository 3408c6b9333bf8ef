import BookingDomain
import DemandModel
import Resilience

/// Identifiers in the order of the calls, by a number of the simulated time and one of their own.
struct SimulatedIDs: IDGenerator {
  private let count = SharedCount()

  func next() -> String {
    let digits = String(count.next(), radix: 36)
    return "r" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }
}

/// Traces and spans in the order of the calls.
struct SimulatedTraces: TraceIDGenerator {
  private let count = SharedCount()

  func trace() -> TraceID { TraceID(high: 0, low: count.next()) }
  func span() -> SpanID { SpanID(count.next()) }
}

/// 1, 2, 3 …
final class SharedCount: Sendable {
  private let last = Locked(UInt64(0))

  func next() -> UInt64 {
    last.withLock { last in
      last += 1
      return last
    }
  }
}

/// Chance of a rehearsal: the same numbers for the same seed, as long as the calls come in the same order.
final class SimulatedChance: Sendable {
  private let random: Locked<SplitMix64>

  init(seed: UInt64) { random = Locked(SplitMix64(seed: seed)) }

  /// From 0 up to, but not including, 1.
  func unit() -> Double { random.withLock { $0.unit() } }

  /// A time around a mean, long ones rarer than short ones: from half of it to about six times as long.
  func time(around mean: Duration) -> Duration { mean * (0.5 + min(5.5, -0.5 * logarithm(1 - unit()))) }

  /// The natural logarithm of 0 < x ≤ 1 by halving and a series, the same on every platform.
  private func logarithm(_ x: Double) -> Double {
    var (rest, halvings) = (max(x, 0x1p-53), 0.0)
    while rest < 0.5 {
      rest *= 2
      halvings += 1
    }
    let ratio = (rest - 1) / (rest + 1)
    let square = ratio * ratio
    var (term, sum) = (ratio, 0.0)
    for odd in stride(from: 1.0, through: 25, by: 2) {
      sum += term / odd
      term *= square
    }
    return 2 * sum - halvings * 0.693_147_180_559_945_3
  }
}
