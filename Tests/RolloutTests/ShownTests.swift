import Rollout
import Testing

@Suite struct ShownTests {
  @Test(arguments: [
    (0.0, "0"), (1.5, "1.5"), (-0.25, "-0.25"), (2.004, "2"), (99.999, "100"), (0.04, "0.04"), (1_234, "1234"),
  ])
  func `numbers have at most two decimals and none that say nothing`(value: Double, words: String) {
    #expect(Shown.number(value) == words)
  }

  @Test(arguments: [
    (0.25, "0.25 s"), (300, "300 s"), (307.334, "307.33 s"), (599, "599 s"), (600, "10 min"), (725.9, "12 min 5 s"),
    (3_600, "1 h"), (18_180, "5 h 3 min"), (86_400, "24 h"), (172_800, "2 d"), (615_600, "7 d 3 h"), (604_859, "7 d"),
  ])
  func `times are in the units that one thinks in`(seconds: Double, words: String) {
    #expect(Shown.duration(seconds) == words)
    #expect(Shown.number(seconds, .seconds) == words)
  }

  @Test(arguments: CriterionVerdict.allCases)
  func `a verdict has words without underscores, and a failure is loud`(verdict: CriterionVerdict) {
    #expect(!verdict.words.contains("_"))
    #expect((verdict.words == verdict.words.uppercased()) == (verdict == .fail))
  }
}
