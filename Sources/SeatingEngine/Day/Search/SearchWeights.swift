/// What a search counts for how much, in spare seats. Plans are compared by ``DayScore`` alone; the weights only lead the
/// way, and differ between rounds, because no one set of them finds the best plan of every day.
struct SearchWeights {
  var seat = 1_000.0
  var cover = 30.0
  var cost = 1.0
}

/// The standard exponential distribution in equal parts: with it, `loss ≤ temperature × value` holds with the chance
/// e^(−loss ∕ temperature), without a logarithm for each step.
enum ExponentialQuantiles {
  /// The expected order statistics of a sample of this size: 1∕n, 1∕n + 1∕(n−1), …
  static let values: [Double] = {
    let count = 4_096
    var sum = 0.0
    return (0..<count).map { index in
      sum += 1 / Double(count - index)
      return sum
    }
  }()
}
