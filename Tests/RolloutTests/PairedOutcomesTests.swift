import Testing

@testable import Rollout

/// The bound of a difference on pairs.
struct PairedOutcomesTests {
  @Test func difference_ofPairs_isThatOfTheirRates() {
    let paired = PairedOutcomes(both: 80, v3Only: 5, legacyOnly: 10, neither: 5)
    #expect(abs(paired.difference.value - (0.85 - 0.90)) < 1e-12)
  }

  /// The exact probability that the lower bound is above the true difference: 5 % at most, wherever the truth is.
  @Test(arguments: [(0.0, 0.05), (0.05, 0.10), (0.1, 0.1), (0.2, 0.25), (0.0, 0.01), (0.5, 0.5), (0.02, 0.3)])
  func lowerBound_anyTruth_isTooHighInFivePercentAtMost(_ v3Only: Double, _ legacyOnly: Double) {
    let n = 40
    var missed = 0.0
    for wins in 0...n {
      for losses in 0...(n - wins) {
        let bounds = PairedOutcomes(both: n - wins - losses, v3Only: wins, legacyOnly: losses).difference
        guard bounds.lower > v3Only - legacyOnly else { continue }
        // Losses among those that V3 did not win.
        let rest = BinomialTail.mass(losses, of: n - wins, at: legacyOnly / (1 - v3Only))
        let first = v3Only == 0 ? (wins == 0 ? 1 : 0) : BinomialTail.mass(wins, of: n, at: v3Only)
        missed += first * (legacyOnly / (1 - v3Only) >= 1 ? (losses == n - wins ? 1 : 0) : rest)
      }
    }
    #expect(missed <= 0.05)
  }

  @Test func isNotWorse_moreOfTheSame_getsSurer() {
    var last = -1.0
    for size in [20, 50, 100, 1_000, 10_000] {
      let lower = PairedOutcomes(both: size).difference.lower
      #expect(lower > last)
      last = lower
    }
  }
}
