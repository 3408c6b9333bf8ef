/// Exact one-sided bounds of a probability from successes in independent trials.
///
/// The lower bound is the p at which `successes` or more would be seen with probability α = 1 − confidence:
/// P(X ≥ k | n, p) = α, which is the α quantile of Beta(k, n − k + 1); 0 when there are no successes. The upper bound is
/// the p with P(X ≤ k | n, p) = α; 1 when there are no failures. Whatever the true p, a bound is on the wrong side of it
/// with probability α at most.
///
/// Source: C. J. Clopper, E. S. Pearson, "The Use of Confidence or Fiducial Limits Illustrated in the Case of the
/// Binomial", Biometrika 26 (1934).
public enum ExactBinomial {
  /// Of every bound that gates and rollback rules use (product specification §9).
  public static let confidence = 0.95

  /// - Parameters:
  ///   - successes: held within 0…trials.
  ///   - trials: 0 says nothing, so the bound is 0.
  ///   - confidence: above 0.5 and below 1.
  public static func lowerBound(
    _ successes: Int, of trials: Int, confidence: Double = ExactBinomial.confidence
  ) -> Double {
    let k = min(successes, trials)
    guard k > 0 else { return 0 }
    let alpha = 1 - confidence
    // Below k/n, since there k or more successes are at least as likely as not.
    var low = 0.0
    var high = Double(k) / Double(trials)
    for _ in 0..<bisections {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if BinomialTail.atLeast(k, of: trials, at: middle) <= alpha { low = middle } else { high = middle }
    }
    return low
  }

  /// - Parameters: as of ``lowerBound(_:of:confidence:)``; without trials the bound is 1.
  public static func upperBound(
    _ successes: Int, of trials: Int, confidence: Double = ExactBinomial.confidence
  ) -> Double {
    // A success is as likely as not to fail: the bound mirrors the lower one of the failures.
    trials > 0 ? 1 - lowerBound(trials - max(successes, 0), of: trials, confidence: confidence) : 1
  }

  /// Halvings of an interval of at most 1: enough for the last bit of any bound above 1e-9.
  private static let bisections = 90
}
