import CoreMetrics
import Resilience

/// Gauges of one metric that differ by the value of one label.
struct GaugeFamily: Sendable {
  private let gauges: [String: Meter]

  init(_ label: String, of name: String, _ values: [String], factory: any MetricsFactory) {
    gauges = Dictionary(
      uniqueKeysWithValues: values.map {
        ($0, Meter(label: label, dimensions: [(name, $0)], factory: factory))
      })
  }

  func set(_ value: String, _ number: some BinaryInteger) { gauges[value]?.set(Double(number)) }
  func set(_ value: String, _ number: Double) { gauges[value]?.set(number) }
}

/// A total that is counted elsewhere, as a counter.
final class CountedElsewhere: Sendable {
  private let counter: FloatingPointCounter
  private let last = Locked(0.0)

  init(_ label: String, factory: any MetricsFactory) {
    counter = FloatingPointCounter(label: label, factory: factory)
  }

  func advance(to total: Double) {
    let step = last.withLock { last in
      defer { last = max(last, total) }
      return total - last
    }
    if step > 0 { counter.increment(by: step) }
  }
}

extension Duration {
  var inSeconds: Double { self / .seconds(1) }
}
