import Foundation

/// Probabilities of the binomial distribution, accurate for any number of trials that a rollout can see.
enum BinomialTail {
  /// P(X ≥ k) for X ~ Bin(n, p).
  ///
  /// It is the regularised incomplete beta function I_p(k, n − k + 1) (DLMF 8.17.5), by its continued fraction
  /// (DLMF 8.17.22), which takes about √n steps. Its leading factor is P(X = k) · (1 − p), which ``mass(_:of:at:)`` gives
  /// without the cancellation that differences of log-gammas have for large n.
  static func atLeast(_ k: Int, of n: Int, at p: Double) -> Double {
    if k <= 0 { return 1 }
    if k > n || p <= 0 { return 0 }
    if p >= 1 { return 1 }
    let a = Double(k)
    let b = Double(n - k + 1)
    // The fraction converges fast on this side only; the other is reached by symmetry.
    if p < (a + 1) / (a + b + 2) { return mass(k, of: n, at: p) * (1 - p) * fraction(a, b, p) }
    return 1 - mass(k - 1, of: n, at: p) * p * fraction(b, a, 1 - p)
  }

  /// P(X = k) for X ~ Bin(n, p), 0 < p < 1, by the saddle-point expansion.
  ///
  /// Source: C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000).
  static func mass(_ k: Int, of n: Int, at p: Double) -> Double {
    guard (0...n).contains(k) else { return 0 }
    if k == 0 { return exp(Double(n) * log1p(-p)) }
    if k == n { return exp(Double(n) * log(p)) }
    let trials = Double(n)
    let hits = Double(k)
    let misses = trials - hits
    let exponent =
      stirlingError(n) - stirlingError(k) - stirlingError(n - k)
      - deviance(hits, trials * p) - deviance(misses, trials * (1 - p))
    return exp(exponent) * (trials / (2 * Double.pi * hits * misses)).squareRoot()
  }

  /// ln n! less Stirling's formula for it.
  private static func stirlingError(_ n: Int) -> Double {
    let x = Double(n)
    guard n > 15 else {
      // Exact: 15! is far below 2^53.
      let factorial = (1...n).reduce(1.0) { $0 * Double($1) }
      return log(factorial) - (x + 0.5) * log(x) + x - 0.5 * log(2 * Double.pi)
    }
    let square = x * x
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188) / square) / square) / square) / square) / x
  }

  /// x · ln(x / mean) + mean − x, without cancellation where x is near the mean.
  private static func deviance(_ x: Double, _ mean: Double) -> Double {
    guard abs(x - mean) < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
    let ratio = (x - mean) / (x + mean)
    var sum = (x - mean) * ratio
    var term = 2 * x * ratio
    for j in 1...1_000 {
      term *= ratio * ratio
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// The continued fraction of the incomplete beta function, by Lentz's method as Thompson and Barnett modified it
  /// (I. J. Thompson, A. R. Barnett, J. Comput. Phys. 64, 1986).
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...stepLimit {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return result
  }

  /// Enough for a billion trials; a guard against a loop without end, not a precision.
  private static let stepLimit = 200_000
}
