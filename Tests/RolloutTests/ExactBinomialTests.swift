import Testing

@testable import Rollout

/// Bounds against closed forms, against sums of the binomial's terms, and against the numbers of the specification.
struct ExactBinomialTests {
  /// P(X ≥ k) as a plain sum of products.
  static func summedTail(_ k: Int, of n: Int, at p: Double) -> Double {
    var term = 1.0
    for _ in 0..<n { term *= 1 - p }
    var sum = 0.0
    for j in 0...n {
      if j >= k { sum += term }
      if j < n { term *= Double(n - j) / Double(j + 1) * p / (1 - p) }
    }
    return sum
  }

  /// Closed forms: no failure, α^(1/n); no success, 1 − α^(1/n). The others are printed in tables of the method.
  @Test(
    arguments: [
      (10, 10, 0.741_134_449_107), (100, 100, 0.970_486_950_393), (1, 10, 0.005_116_196_892),
      (5, 10, 0.222_441_101_008),
      (0, 7, 0), (1, 1, 0.05), (99, 100, 0.953_440_188_546),
    ])
  func lowerBound_knownCase_isTheTabledValue(_ k: Int, _ n: Int, _ expected: Double) {
    #expect(abs(ExactBinomial.lowerBound(k, of: n) - expected) < 1e-9)
  }

  @Test(arguments: [(0, 10, 0.258_865_550_893), (0, 299, 0.009_969_146_793), (0, 1, 0.95), (5, 10, 0.777_558_898_992)])
  func upperBound_knownCase_isTheTabledValue(_ k: Int, _ n: Int, _ expected: Double) {
    #expect(abs(ExactBinomial.upperBound(k, of: n) - expected) < 1e-9)
  }

  @Test func bounds_ofNothing_sayNothing() {
    #expect(ExactBinomial.lowerBound(0, of: 0) == 0)
    #expect(ExactBinomial.upperBound(0, of: 0) == 1)
  }

  /// At the bound, the tail that defines it is α.
  @Test func bounds_everyCaseUpToSixty_agreeWithSummedTails() {
    for n in 1...60 {
      for k in 0...n {
        let lower = ExactBinomial.lowerBound(k, of: n)
        let upper = ExactBinomial.upperBound(k, of: n)
        if k > 0 { #expect(abs(Self.summedTail(k, of: n, at: lower) - 0.05) < 1e-10, "\(k) of \(n)") }
        if k < n { #expect(abs(1 - Self.summedTail(k + 1, of: n, at: upper) - 0.05) < 1e-10, "\(k) of \(n)") }
      }
    }
  }

  /// The probability that a bound misses the true value is 5 % at most, whatever that value is.
  @Test(arguments: [1, 7, 20, 59])
  func bounds_anyTrueRate_missItInFivePercentAtMost(_ n: Int) {
    for step in 1..<100 {
      let p = Double(step) / 100
      var missedBelow = 0.0
      var missedAbove = 0.0
      for k in 0...n {
        let mass = BinomialTail.mass(k, of: n, at: p)
        if ExactBinomial.lowerBound(k, of: n) > p { missedBelow += mass }
        if ExactBinomial.upperBound(k, of: n) < p { missedAbove += mass }
      }
      #expect(missedBelow <= 0.05 + 1e-12)
      #expect(missedAbove <= 0.05 + 1e-12)
    }
  }

  @Test(arguments: [(4, 20, 0.05), (6, 50, 0.05), (10, 100, 0.05), (16, 100, 0.10)])
  func lowerBound_numbersOfTheSpecification_passTheLimitThereFirst(_ k: Int, _ n: Int, _ limit: Double) {
    #expect(ExactBinomial.lowerBound(k, of: n) > limit)
    #expect(ExactBinomial.lowerBound(k - 1, of: n) <= limit)
  }

  /// Reference values: quantiles of the beta distribution by an independent implementation.
  @Test(
    arguments: [
      Large(k: 1, n: 3_000_000, lower: 1.709_776_464_97e-08, upper: 1.581_287_186_14e-06),
      Large(k: 1_500, n: 3_000_000, lower: 0.000_478_961_178_015, upper: 0.000_521_757_511_103),
      Large(k: 50_000, n: 1_000_000, lower: 0.049_641_975_356_7, upper: 0.050_359_951_362_2),
      Large(k: 950_000, n: 1_000_000, lower: 0.949_640_048_638, upper: 0.950_358_024_643),
      Large(k: 5_000_000, n: 10_000_000, lower: 0.499_739_875_830, upper: 0.500_260_124_170),
    ])
  func bounds_millionsOfTrials_areAccurate(_ large: Large) {
    #expect(abs(ExactBinomial.lowerBound(large.k, of: large.n) / large.lower - 1) < 1e-8)
    #expect(abs(ExactBinomial.upperBound(large.k, of: large.n) / large.upper - 1) < 1e-8)
  }

  struct Large: Sendable {
    var k: Int
    var n: Int
    var lower: Double
    var upper: Double
  }
}
