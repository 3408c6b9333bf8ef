import Foundation

/// Answers of threads that run side by side, each at its own place.
final class Gathered<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var answers: [Value?]

  init(count: Int) { answers = [Value?](repeating: nil, count: count) }

  func set(_ place: Int, _ value: Value) {
    lock.withLock { answers[place] = value }
  }

  /// Those given, in the order of their places.
  var values: [Value] { lock.withLock { answers.compactMap { $0 } } }
}
