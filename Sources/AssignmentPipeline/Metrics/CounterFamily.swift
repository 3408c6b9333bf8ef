import CoreMetrics
import Resilience

/// The counters of one metric, one for each combination of labels, kept so that counting costs a look-up and no allocation.
final class CounterFamily<Key: Hashable & Sendable>: Sendable {
  private let label: String
  private let factory: any MetricsFactory
  private let dimensions: @Sendable (Key) -> [(String, String)]
  private let counters: Locked<[Key: Counter]>

  /// - Parameters:
  ///   - known: exposed from the start, at 0: what first appears as 1 is no increase to those who look at increases.
  ///   - dimensions: the labels of a key.
  init(
    _ label: String, factory: any MetricsFactory, known: [Key] = [],
    dimensions: @escaping @Sendable (Key) -> [(String, String)]
  ) {
    self.label = label
    self.factory = factory
    self.dimensions = dimensions
    counters = Locked(
      Dictionary(
        known.map { ($0, Counter(label: label, dimensions: dimensions($0), factory: factory)) },
        uniquingKeysWith: { first, _ in first }))
  }

  func increment(_ key: Key) { counter(key).increment() }

  /// From now on it is exposed, at 0 if it was never counted.
  func expose(_ key: Key) { _ = counter(key) }

  private func counter(_ key: Key) -> Counter {
    counters.withLock { counters in
      if let counter = counters[key] { return counter }
      let counter = Counter(label: label, dimensions: dimensions(key), factory: factory)
      counters[key] = counter
      return counter
    }
  }
}

extension CounterFamily where Key: RawRepresentable<String> & CaseIterable {
  /// One label, whose values are the cases.
  convenience init(_ label: String, of name: String, factory: any MetricsFactory) {
    self.init(label, factory: factory, known: Array(Key.allCases)) { [(name, $0.rawValue)] }
  }
}
