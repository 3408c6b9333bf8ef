import BookingDomain
import Foundation
import Rollout
import Testing

/// The rollout file: the default, and one thing wrong at a time.
struct RolloutPlanFileTests {
  private static func file() throws -> String {
    let here = URL(filePath: #filePath).resolvingSymlinksInPath()
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "data/rollout.default.json"), encoding: .utf8)
  }

  @Test func decode_defaultFile_isTheStandardPlan() throws {
    let text = try Self.file()
    #expect(try RolloutPlanFile.decode(Array(text.utf8), source: "rollout.default.json") == .standard)
  }

  @Test func encode_standardPlan_isTheDefaultFile() throws {
    #expect(try String(decoding: RolloutPlanFile.encode(.standard), as: UTF8.self) == Self.file())
  }

  @Test func standard_rules_haveTheLimitsOfTheSpecification() {
    let rules = RolloutPlan.standard.rollback
    #expect(rules == RollbackRules())
    #expect(RolloutPlan.standard.phases.map(\.leastHours) == [24, 48, 24, 24, 24, 168, 0])
    #expect(RolloutPlan.standard.phases.map(\.leastBookings) == [100, 0, 100, 0, 0, 0, 0])
    #expect(RolloutPlan.standard.phases.map(\.sharePercent) == [nil, 100, nil, 10, 50, 100, 100])
    #expect(RolloutPlan.standard.phases.map(\.pipelineV3) == [nil, true, nil, true, true, true, true])
    #expect(RolloutPlan.standard.phases.map(\.shadow) == [true, false, true, false, false, false, false])
    #expect(RolloutPlan.standard.phases.map(\.automaticRollback) == [false, false, true, true, true, true, true])
  }

  /// - Parameters: a text of the default file, what it becomes, and the message.
  static let problems: [(String, String, String)] = [
    (#""limit": 95"#, #""limit": 100"#, "/criteria/0/limit: 100 is out of range; allowed: 0.01 to 99.99"),
    (#""limit": 95"#, #""limit": "95""#, "/criteria/0/limit: \"95\" is not a number"),
    (#"{"criterion": "stuck", "limit": 0}"#, #"{"criterion": "stuck"}"#, "/criteria/6/limit: is missing"),
    (#"{"criterion": "stuck", "limit": 0}"#, #"{"criterion": "stuck", "limit": 0.5}"#, "is not a whole number"),
    (#""criterion": "confirmation""#, #""criterion": "confirmaton""#, "did you mean \"confirmation\"?"),
    (
      #""criterion": "review""#, #""criterion": "confirmation""#,
      "/criteria/1/criterion: \"confirmation\" occurs a second"
    ),
    (#""name": "staging_full""#, #""name": "Staging full""#, "/phases/1/name: \"Staging full\" is no name of a phase"),
    (
      #""name": "staging_full""#, #""name": "staging_shadow""#,
      "/phases/1/name: \"staging_shadow\" is the name of another"
    ),
    (#""environment": "production""#, #""environment": "prod""#, "/phases/2/environment: \"prod\" is not known"),
    (#""share": 10,"#, "", "/phases/3/share: is missing; allowed: 0 to 100, since v3 is true"),
    (#""share": 10,"#, #""share": 101,"#, "/phases/3/share: 101 is out of range; allowed: 0 to 100"),
    (#""share": 10,"#, #""shares": 10,"#, "/phases/3/shares: is an unknown key"),
    (#""share": 10,"#, #""shares": 10,"#, "did you mean \"share\"?"),
    (#""qa_lead""#, #""qa_leed""#, "/phases/0/signed_off_by/0: \"qa_leed\" is no role"),
    (#""qa_lead""#, #""qa_leed""#, "did you mean \"qa_lead\"?"),
    (#""qa_lead""#, #""engineering_lead""#, "/phases/0/signed_off_by/1: \"engineering_lead\" occurs a second time"),
    (#""window_minutes": 10"#, #""window_minutes": 0"#, "/rollback/error/window_minutes: 0 is out of range"),
    (#""rollback": {"#, #""rolback": {"#, "/rolback: is an unknown key"),
    (
      #""criterion": "duplicate_notices", "limit": 0"#, #""criterion": "not_worse_than_legacy", "limit": 5"#,
      "/phases/1/also"
    ),
    (
      #""criterion": "duplicate_notices", "limit": 0"#, #""criterion": "not_worse_than_before", "limit": 5"#,
      "/phases/1/also"
    ),
  ]

  @Test(arguments: problems)
  func decode_oneThingWrong_namesPlaceAndWhatIsAllowed(_ old: String, _ new: String, _ message: String) throws {
    let text = try Self.file()
    let place = try #require(text.range(of: old))
    let wrong = text.replacingCharacters(in: place, with: new)
    let problem = #expect(throws: InputProblems.self) {
      try RolloutPlanFile.decode(Array(wrong.utf8), source: "rollout.json")
    }
    #expect("\(try #require(problem))".contains(message), "\(problem as Any)")
  }

  @Test func decode_stagingAfterProduction_isRefused() {
    var plan = RolloutPlan.standard
    plan.phases[6].environment = .staging
    let problem = #expect(throws: InputProblems.self) {
      try RolloutPlanFile.decode(RolloutPlanFile.encode(plan), source: "rollout.json")
    }
    #expect(problem?.description.contains("/phases/6/environment") == true)
  }

  @Test func decode_noJSON_isOneProblem() {
    let problem = #expect(throws: InputProblems.self) { try RolloutPlanFile.decode(Array("[]".utf8), source: "r.json") }
    #expect(problem?.problems.count == 1)
  }

  @Test func decode_editedRules_areTaken() throws {
    var plan = RolloutPlan.standard
    plan.rollback.error.isOn = false
    plan.rollback.review.lastEligible = 200
    plan.rollback.breaker.openSeconds = 60
    plan.rollback.restaurant.abovePercent = 12.5
    plan.phases[3].sharePercent = 5
    plan.phases[3].automaticRollback = false
    #expect(try RolloutPlanFile.decode(RolloutPlanFile.encode(plan), source: "rollout.json") == plan)
  }

  @Test func criteria_ofAPhase_itsOwnLimitComesBeforeThatOfEveryPhase() {
    var plan = RolloutPlan.standard
    plan.phases[0].also.append(CriterionRule(.confirmation, 90))
    let rules = plan.criteria(of: plan.phases[0])
    #expect(rules.filter { $0.kind == .confirmation } == [CriterionRule(.confirmation, 90)])
    #expect(rules.count == 9)
  }
}
