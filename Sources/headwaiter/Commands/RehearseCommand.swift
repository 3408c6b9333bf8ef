import ArgumentParser
import BookingDomain
import Bootstrap
import Foundation
import Rehearsal
import Resilience
import Rollout

/// Plays a whole rollout in simulated time.
struct RehearseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "Play a whole rollout in simulated time, with or without faults, before production sees one.",
    discussion: """
      The real pipeline, gates and automatic rollback run on a simulated clock, on made-up guests of many restaurants or on a \
      bookings file; people sign off and advance by themselves. Ends in a timeline, the gates, and what caught the faults.

      Scenarios: \(BuiltInScenarios.names.joined(separator: ", ")), or a file (docs/rehearse.md).

      Exit code 0: it ended as the scenario expects, every booking ended and no invariant broke; 1: it did not.
      """)

  @Option(help: ArgumentHelp("A scenario by name, or a file; all-well unless given.", valueName: "name|file"))
  var scenario: String?

  @Flag(help: "Play every scenario that comes with the program.") var all = false

  @Option(help: ArgumentHelp("A bookings file (CSV) instead of made-up guests.", valueName: "file"))
  var bookings: String?

  @Option(
    help: ArgumentHelp(
      "A restaurant file: of a bookings file's restaurants, several times; or the one like which restaurants are made up.",
      valueName: "file"))
  var restaurant: [String] = []

  @Option(help: ArgumentHelp("A rollout file with other phases; the seven usual ones unless given.", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("The same seed makes the same rehearsal.", valueName: "n")) var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Play so many seeds, 1 to 1000, and print one table.", valueName: "n")) var seeds = 1

  @Option(help: ArgumentHelp("Rehearsals that are played at once, 1 to 64.", valueName: "n")) var parallel = 1

  @Option(
    help: ArgumentHelp(
      "Keep the database in this file, which must not be there yet: sqlite:PATH.", valueName: "url"))
  var database: String?

  @Option(
    help: ArgumentHelp(
      "Write the report of the run that a rule stopped first, else of the one judged last, as Markdown or, by its name, HTML.",
      valueName: "file"))
  var report: String?

  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (1...1_000).contains(seeds) else { throw ValidationError("--seeds is \"\(seeds)\"; allowed: 1 to 1000") }
    guard (1...64).contains(parallel) else { throw ValidationError("--parallel is \"\(parallel)\"; allowed: 1 to 64") }
    if all, scenario != nil { throw ValidationError("--all and --scenario exclude each other; give one of them") }
    for (name, value) in [("--database", database), ("--report", report)] where (all || seeds > 1) && value != nil {
      throw ValidationError("\(name) is of one rehearsal; give it with one scenario and one seed")
    }
    if bookings != nil, restaurant.isEmpty {
      throw ValidationError("--bookings needs the restaurants of the file; name them with --restaurant")
    }
    if bookings == nil, restaurant.count > 1 {
      throw ValidationError("--restaurant is given \(restaurant.count) times; allowed without --bookings: once")
    }
  }

  func run() async throws {
    let input = try RehearsalInput(self)
    // Not at the end, when the run that it is of is lost.
    if let report { try OutputFile.check(report) }
    let progress = RehearsalTicker()
    let played = try await ProgressLine.during(saying: progress.text) { try await play(input, progress) }
    let results = played.map(\.result)
    if json {
      try Console.write(RehearsalJSON.text(results))
    } else {
      try Console.write(input.isSingle ? RehearsalText.one(played[0]) : RehearsalText.table(results))
    }
    if let report { try played.first?.writeVerification(to: report, saysSo: !json) }
    if !results.allSatisfy(\.isAsExpected) { throw ExitCode(.finding) }
  }

  /// In order of scenario and seed, at most ``parallel`` at once.
  private func play(_ input: RehearsalInput, _ progress: RehearsalTicker) async throws -> [PlayedRehearsal] {
    let rounds = input.scenarios.flatMap { scenario in (0..<UInt64(seeds)).map { (scenario, seed &+ $0) } }
    var results: [Int: PlayedRehearsal] = [:]
    try await withThrowingTaskGroup(of: (Int, PlayedRehearsal).self) { group in
      for (index, (scenario, seed)) in rounds.enumerated() {
        if index >= parallel, let (done, result) = try await group.next() { results[done] = result }
        group.addTask {
          (index, try await input.play(scenario, seed: seed) { progress.set($0, round: index + 1, of: rounds.count) })
        }
      }
      for try await (done, result) in group { results[done] = result }
    }
    return rounds.indices.compactMap { results[$0] }
  }
}
