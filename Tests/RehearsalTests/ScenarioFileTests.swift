import BookingDomain
import Rehearsal
import Rollout
import Testing

@Suite struct ScenarioFileTests {
  private func decode(_ text: String) throws(InputProblems) -> RehearsalScenario {
    try RehearsalScenarioFile.decode(Array(text.utf8), name: "mine", source: "mine.json")
  }

  private func problems(_ text: String) -> String {
    do throws(InputProblems) {
      _ = try decode(text)
      return "none"
    } catch { return error.description }
  }

  @Test func `an empty file is a scenario in which nothing goes wrong`() throws {
    let scenario = try decode("{}")
    #expect(scenario == RehearsalScenario(name: "mine"))
    #expect(scenario.faults.isEmpty)
  }

  @Test func `every member is read`() throws {
    let scenario = try decode(
      """
      {"about": "A bad week.", "start": "2026-12-07", "days": 9, "restaurants": 12, "bookings_per_day": 240,
        "people": {"look_minutes": 30, "work_from": 8, "work_to": 17, "resume_hours": 2, "host_minutes": 45},
        "faults": [
          {"fault": "slow_planner", "phase": "production_10", "after_hours": 1.5, "lasts_hours": 2, "restaurants": 3,
            "percent": 12.5, "milliseconds": 700},
          {"fault": "storage_away"}, {"fault": "incident", "level": "P0"}
        ],
        "expected": {"phases": ["production_10"], "caught_by": ["rollback:error", "gate:confirmation"]}}
      """)
    #expect(scenario.about == "A bad week.")
    #expect(scenario.start == LocalDate("2026-12-07"))
    #expect((scenario.days, scenario.restaurants, scenario.bookingsPerDay) == (9, 12, 240))
    #expect(scenario.people.lookMinutes == 30)
    #expect(scenario.people.resumeHours == 2)
    #expect(scenario.people.workHours == 8..<17)
    #expect(scenario.people.hostMinutes == 45)
    var slow = RehearsalFault(.slowPlanner)
    (slow.phase, slow.afterHours, slow.lastsHours) = ("production_10", 1.5, 2)
    (slow.restaurants, slow.percent, slow.milliseconds) = (3, 12.5, 700)
    var incident = RehearsalFault(.incident)
    incident.level = .p0
    #expect(scenario.faults == [slow, RehearsalFault(.storageAway), incident])
    #expect(scenario.expected?.phases == ["production_10"])
    #expect(scenario.expected?.caughtBy == ["rollback:error", "gate:confirmation"])
  }

  @Test(arguments: [
    ("[1]", "line 1, column 1: a list is no object"),
    (#"{"day": 3}"#, #"/day: is an unknown key"#), (#"{"day": 3}"#, #"did you mean "days"?"#),
    (#"{"days": 0}"#, "/days: 0 is out of range; allowed: 1 to 120"),
    (#"{"start": "2026-02-30"}"#, #"/start: "2026-02-30" is not a date"#),
    (#"{"people": {"look_minute": 9}}"#, #"did you mean "look_minutes"?"#),
    (#"{"people": {"work_from": 19}}"#, "/people/work_from: 19 leaves no hour to work in"),
    (#"{"faults": [{}]}"#, "/faults/0/fault: is missing; allowed: slow_planner, worse_planner"),
    (#"{"faults": [{"fault": "slow_planer", "milliseconds": 1}]}"#, #"did you mean "slow_planner"?"#),
    (#"{"faults": [{"fault": "slow_planner"}]}"#, "/faults/0/milliseconds: is missing"),
    (
      #"{"faults": [{"fault": "incident", "phase": "production_5"}]}"#, #"/faults/0/phase: "production_5" is not known"#
    ),
    (#"{"faults": [{"fault": "incident", "level": "P7"}]}"#, "/faults/0/level: \"P7\" is not known; allowed: P0"),
    (#"{"faults": [{"fault": "incident", "lasts_hours": 1}]}"#, "no lasts_hours for incident"),
    (#"{"faults": [{"fault": "storage_away", "percent": 5}]}"#, "no percent for storage_away"),
    (#"{"faults": [{"fault": "worse_planner", "milliseconds": 5}]}"#, "no milliseconds for worse_planner"),
    (#"{"faults": [{"fault": "storage_away", "level": "P1"}]}"#, "no level for storage_away"),
    (#"{"expected": {"caught_by": ["rollback:errors"]}}"#, #"did you mean "rollback:error"?"#),
    (#"{"expected": {"phases": ["production_11"]}}"#, #"did you mean "production_1"#),
  ])
  func `what is wrong is named with its place and what is allowed`(text: String, words: String) {
    let problems = problems(text)
    #expect(problems.contains(words), "\(problems)")
    #expect(problems.hasPrefix("mine.json: "))
  }

  @Test func `all problems of a file are told at once`() {
    let problems = problems(#"{"days": 0, "restaurants": "many", "faults": [{"fault": "rain"}]}"#)
    #expect(problems.split(separator: "\n").count == 3, "\(problems)")
  }

  @Test(arguments: BuiltInScenarios.names)
  func `each scenario of the program says what it expects`(name: String) throws {
    let scenario = try #require(try BuiltInScenarios.scenario(name))
    #expect(scenario.name == name)
    #expect(!scenario.about.isEmpty)
    let expected = try #require(scenario.expected)
    #expect(!expected.caughtBy.isEmpty)
    #expect(expected.caughtBy.allSatisfy(RehearsalCatch.names.contains))
  }

  @Test func `the scenarios of the program are read against the plan that is played`() throws {
    var plan = RolloutPlan.standard
    plan.phases.removeLast()
    #expect(try BuiltInScenarios.scenario("all-well", plan: plan)?.expected?.phases == ["production_100"])
    plan.phases.removeAll { $0.name == "production_50" }
    #expect(try BuiltInScenarios.scenario("all-well", plan: plan)?.faults.isEmpty == true)
    #expect {
      _ = try BuiltInScenarios.scenario("p1-incident", plan: plan)
    } throws: {
      "\($0)".contains(#"p1-incident.json: /faults/0/phase: "production_50" is not known; allowed: staging_shadow"#)
    }
  }

  @Test func `the scenarios of the issue are all there, and an unknown name is none`() throws {
    #expect(
      BuiltInScenarios.names == [
        "all-well", "v3-slower", "v3-worse-in-one-restaurant", "v3-worse-everywhere", "v3-worse-in-shadow",
        "breaker-storm", "storage-outage", "p1-incident", "too-little-data",
      ])
    #expect(try BuiltInScenarios.scenario("all-wel") == nil)
  }
}
