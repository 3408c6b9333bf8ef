import CoreMetrics
import Resilience

/// A value that only rises.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler, Sendable {
  private let total = Locked(0.0)

  var value: Double { total.withLock { $0 } }

  func increment(by amount: Int64) { increment(by: Double(amount)) }

  /// What is no number, and what would let it fall, is passed over.
  func increment(by amount: Double) {
    guard amount > 0, amount.isFinite else { return }
    total.withLock { $0 += amount }
  }

  func reset() { total.withLock { $0 = 0 } }
}

/// A value that is what it was last set to.
final class GaugeSeries: MeterHandler, RecorderHandler, Sendable {
  private let present = Locked(0.0)

  var value: Double { present.withLock { $0 } }

  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { present.withLock { $0 = value } }
  func increment(by amount: Double) { present.withLock { $0 += amount } }
  func decrement(by amount: Double) { present.withLock { $0 -= amount } }
  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
}

/// How many observations fell below each bound, and their sum.
final class HistogramSeries: RecorderHandler, TimerHandler, Sendable {
  struct Reading: Sendable {
    /// One for each bound, and a last one for what is above all of them; not added up.
    var counts: [UInt64]
    var sum = 0.0
  }

  let bounds: [Double]
  private let state: Locked<Reading>

  init(bounds: [Double]) {
    self.bounds = bounds
    state = Locked(Reading(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  var reading: Reading { state.withLock { $0 } }

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    guard value.isFinite else { return }
    var place = 0
    while place < bounds.count && value > bounds[place] { place += 1 }
    state.withLock { state in
      state.counts[place] += 1
      state.sum += value
    }
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
}
