import BookingDomain
import Bootstrap
import Foundation
import Logging
import Rehearsal
import Rollout

/// What `rehearse` plays, read from files.
struct RehearsalInput: Sendable {
  let scenarios: [RehearsalScenario]
  let plan: RolloutPlan
  /// Whether one scenario is played, with one seed.
  let isSingle: Bool
  /// Whether somebody sees the verification report.
  private let verifies: Bool
  /// Nil where guests are made up.
  private let rows: [BookingRow]?
  private let restaurants: [RestaurantID: Restaurant]
  /// Like which restaurants are made up.
  private let house: Restaurant
  private let path: String?

  /// - Throws: ``CommandProblem`` or `InputProblems`, with everything that is wrong with a file.
  init(_ command: RehearseCommand) throws {
    let plan = try command.plan.map { path in
      try RolloutPlanFile.decode(try InputFile.read(path), source: ShownText.escaped(path))
    }
    self.plan = plan ?? .standard
    let restaurants = try RestaurantInputs.read(command.restaurant).map(\.restaurant)
    self.restaurants = Dictionary(restaurants.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    house = try restaurants.first ?? DemoScript.whiteHorse()
    rows = try command.bookings.map { [restaurants = self.restaurants] in
      try BookingsInput.read($0, restaurants: restaurants)
    }
    let names = command.all ? BuiltInScenarios.names : [command.scenario ?? BuiltInScenarios.names[0]]
    let isNamed = command.all || command.scenario != nil
    let scenarios = try names.map { [plan = self.plan] in try Self.scenario($0, plan) }
    // How far guests of a file get a rollout by themselves is nobody's to expect.
    self.scenarios = command.bookings == nil || isNamed ? scenarios : [RehearsalScenario(name: "recorded")]
    path = try command.database.map(Self.newFile)
    isSingle = self.scenarios.count == 1 && command.seeds == 1
    verifies = command.report != nil || (isSingle && !command.json)
  }

  private static func scenario(_ name: String, _ plan: RolloutPlan) throws -> RehearsalScenario {
    if let known = try BuiltInScenarios.scenario(name, plan: plan) { return known }
    guard name.contains("/") || name.hasSuffix(".json") || FileManager.default.fileExists(atPath: name) else {
      let names = BuiltInScenarios.names
      let hint = Spelling.closest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
      throw CommandProblem(
        "--scenario is \"\(ShownText.escaped(name))\"; allowed: a file, or \(names.joined(separator: ", "))\(hint)")
    }
    let file = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
    return try RehearsalScenarioFile.decode(
      try InputFile.read(name), name: file, source: ShownText.escaped(name), plan: plan)
  }

  private static func newFile(_ url: String) throws -> String {
    guard case .sqlite(let path) = try DatabaseAddress(url) else {
      throw CommandProblem(
        "--database is \"\(ShownText.escaped(url))\"; allowed: sqlite:PATH, since the clock of PostgreSQL cannot be simulated"
      )
    }
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CommandProblem("--database is \"\(ShownText.escaped(url))\"; allowed: a file that is not there yet")
    }
    return path
  }

  /// Plays one scenario on a database of its own.
  func play(
    _ scenario: RehearsalScenario, seed: UInt64, progress: @escaping @Sendable (RehearsalProgress) -> Void
  ) async throws -> PlayedRehearsal {
    var scenario = scenario
    let demand: RehearsalDemand
    if let rows {
      demand = .recorded(rows, restaurants: restaurants, seed: seed)
      scenario.fit(to: demand)
    } else {
      demand = .generated(for: scenario, like: house, seed: seed)
    }
    let folder = try TemporaryDatabase()
    let stage = Rehearsal.Stage(scenario, seed: seed)
    let opened = try OpenDatabase(
      rehearsal: path ?? folder.path, clock: stage.clock, isAway: stage.storageIsAway)
    defer { opened.close() }
    let rehearsal = Rehearsal(scenario: scenario, demand: demand, seed: seed, plan: plan)
    let result = try await rehearsal.run(
      on: stage, store: opened.store, logger: CommandLineLog.logger(level: .critical), progress: progress)
    return try await PlayedRehearsal(result, on: opened.store, verifies: verifies)
  }
}
