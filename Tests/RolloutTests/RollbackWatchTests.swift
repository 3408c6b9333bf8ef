import BookingDomain
import Rollout
import Testing

/// Each rule one step below its limit, where nothing happens, and at it.
struct RollbackWatchTests {
  private func findings(
    rules: RollbackRules = RollbackRules(), _ change: (inout RollbackFigures) -> Void
  ) -> [RollbackFinding] {
    var figures = RollbackFigures()
    change(&figures)
    return RollbackWatch(rules).findings(figures)
  }

  @Test(arguments: [(20, 4), (50, 6), (100, 10)])
  func error_atItsLimit_switchesOff(_ eligible: Int, _ errors: Int) throws {
    func found(_ errors: Int) -> [RollbackFinding] {
      findings {
        $0.windowEligible = eligible
        $0.windowErrors = errors
      }
    }
    #expect(found(errors - 1).isEmpty)
    let finding = try #require(found(errors).first)
    #expect(finding.rule == .error)
    #expect(finding.outcome == .switchOff)
    #expect(finding.sample == eligible)
    #expect(finding.limit == 5)
    #expect(try #require(finding.bound) > 5)
  }

  @Test func error_fewerThanTwentyEligible_doesNothing() {
    let few = findings {
      $0.windowEligible = 19
      $0.windowErrors = 19
    }
    #expect(few.isEmpty)
  }

  @Test(arguments: [(100, 15, false), (100, 16, true), (99, 99, false)])
  func review_ofTheLastHundred_stepsBackFromSixteen(_ eligible: Int, _ reviewed: Int, _ fires: Bool) {
    let found = findings {
      $0.lastEligible = eligible
      $0.lastReviewed = reviewed
    }
    #expect(found.map(\.outcome) == (fires ? [.stepBack] : []))
  }

  @Test(arguments: [(300.0, false), (300.5, true)])
  func breaker_openForOverFiveMinutes_switchesOff(_ seconds: Double, _ fires: Bool) {
    let found = findings { $0.breakerOpenSeconds = seconds }
    #expect(found.map(\.outcome) == (fires ? [.switchOff] : []))
    #expect(found.map(\.rule) == (fires ? [.breaker] : []))
  }

  @Test(arguments: IncidentLevel.allCases)
  func incident_seriousOnes_switchOff(_ level: IncidentLevel) {
    let found = findings { $0.worstIncident = level }
    #expect(found.map(\.outcome) == (level == .p0 || level == .p1 ? [.switchOff] : []))
  }

  /// 6 of 30 have a lower bound of 9.09 %, 7 of 30 of 11.50 %.
  @Test(
    arguments: [
      (30, 6, 0, false), (30, 7, 0, true), (29, 29, 0, false),
      // Legacy's own rate there, of 100: the bound must pass it too.
      (30, 7, 11, true), (30, 7, 12, false),
    ])
  func restaurant_worseThanLimitAndLegacy_isForcedOut(
    _ eligible: Int, _ bad: Int, _ legacyBad: Int, _ fires: Bool
  ) {
    let found = findings {
      $0.restaurants = [
        .init(
          id: "bad-house", eligible: eligible, reviewedOrFailed: bad, legacyEligible: 100,
          legacyReviewedOrFailed: legacyBad)
      ]
    }
    #expect(found.map(\.outcome) == (fires ? [.restaurantOut] : []))
    #expect(found.map(\.restaurant) == (fires ? ["bad-house"] : []))
  }

  @Test func restaurant_withoutLegacyBookings_isJudgedByTheLimit() {
    let found = findings {
      $0.restaurants = [
        .init(id: "new", eligible: 30, reviewedOrFailed: 7, legacyEligible: 0, legacyReviewedOrFailed: 0)
      ]
    }
    #expect(found.count == 1)
  }

  @Test func findings_everythingAtOnce_mostDrasticFirst() {
    #expect(findings { Self.everythingWrong(&$0) }.map(\.rule) == RollbackFinding.Rule.allCases)
  }

  @Test(arguments: RollbackFinding.Rule.allCases)
  func findings_ruleOff_isNotAmongThem(_ rule: RollbackFinding.Rule) {
    var rules = RollbackRules()
    switch rule {
    case .error: rules.error.isOn = false
    case .breaker: rules.breaker.isOn = false
    case .incident: rules.incident.isOn = false
    case .review: rules.review.isOn = false
    case .restaurant: rules.restaurant.isOn = false
    }
    let found = findings(rules: rules) { Self.everythingWrong(&$0) }
    #expect(found.map(\.rule) == RollbackFinding.Rule.allCases.filter { $0 != rule })
  }

  static func everythingWrong(_ figures: inout RollbackFigures) {
    figures.windowEligible = 100
    figures.windowErrors = 100
    figures.lastEligible = 100
    figures.lastReviewed = 100
    figures.breakerOpenSeconds = 1_000
    figures.worstIncident = .p0
    figures.restaurants = [
      .init(id: "bad", eligible: 100, reviewedOrFailed: 100, legacyEligible: 100, legacyReviewedOrFailed: 0)
    ]
  }
}
