public import BookingDomain
public import Rollout

/// The scenario file: JSON, read strictly. What is left out keeps its default.
public enum RehearsalScenarioFile {
  static let keys = [
    "about", "start", "days", "restaurants", "bookings_per_day", "people", "faults", "expected",
  ]

  /// Reads a scenario.
  /// - Parameters:
  ///   - name: of the scenario.
  ///   - source: name of the file for messages.
  ///   - plan: whose phases faults and expectations may name.
  /// - Throws: everything that is wrong with it, or one problem if it is no JSON.
  public static func decode(
    _ bytes: [UInt8], name: String, source: String, plan: RolloutPlan = .standard
  ) throws(InputProblems) -> RehearsalScenario {
    let tree = try JSONTree.parse(bytes, source: source)
    let problems = ProblemCollector(source: source)
    let scenario = JSONObjectReader(tree, at: "", keys: keys, problems: problems).map {
      RehearsalScenarioReader(root: $0, plan: plan).scenario(name)
    }
    try problems.throwIfAny()
    guard let scenario else {
      throw InputProblems(
        InputProblem(source: source, place: "line 1, column 1", message: "is no scenario", allowed: "a scenario"))
    }
    return scenario
  }
}

/// Reads the members of a scenario.
struct RehearsalScenarioReader {
  /// The plan's last phase, whatever it is called.
  static let last = "last"
  let root: JSONObjectReader
  let plan: RolloutPlan

  func scenario(_ name: String) -> RehearsalScenario {
    var scenario = RehearsalScenario(name: name, about: root.text("about", length: 1...300) ?? "")
    scenario.start = date() ?? scenario.start
    scenario.days = root.int("days", 1...120, default: scenario.days)
    scenario.restaurants = root.int("restaurants", 1...500, default: scenario.restaurants)
    scenario.bookingsPerDay = root.int("bookings_per_day", 1...20_000, default: scenario.bookingsPerDay)
    if let people = root.object("people", keys: RehearsalPeopleReader.keys) {
      RehearsalPeopleReader.read(people, &scenario.people)
    }
    scenario.faults = root.list("faults", count: 0...20).compactMap { tree, place in
      RehearsalFaultReader.fault(tree, at: place, plan: plan, problems: root.problems)
    }
    scenario.expected = expectation()
    return scenario
  }

  private func date() -> LocalDate? {
    guard let tree = root["start"] else { return nil }
    if case .string(let text) = tree.value, let date = LocalDate(text) { return date }
    root.report("start", "is not a date", allowed: "YYYY-MM-DD, a date from 1970 to 9999")
    return nil
  }

  private func expectation() -> RehearsalExpectation? {
    guard let entry = root.object("expected", keys: ["phases", "caught_by"]) else { return nil }
    var expected = RehearsalExpectation()
    expected.phases = names(entry, "phases", of: plan.phases.map(\.name) + [Self.last]).map { name in
      plan.phase(name)?.name ?? plan.phases.last?.name ?? name
    }
    expected.caughtBy = names(entry, "caught_by", of: RehearsalCatch.names)
    return expected
  }

  private func names(_ entry: JSONObjectReader, _ key: String, of known: [String]) -> [String] {
    entry.list(key, count: 1...50).compactMap { tree, place in
      if case .string(let text) = tree.value, known.contains(text) { return text }
      var suggestion: String?
      if case .string(let text) = tree.value { suggestion = Spelling.closest(to: text, in: known) }
      entry.problems.add(
        place, value: tree.excerpt, "is not known", allowed: known.joined(separator: ", "), suggestion: suggestion)
      return nil
    }
  }
}
