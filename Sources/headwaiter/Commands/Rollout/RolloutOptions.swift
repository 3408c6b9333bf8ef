import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import Foundation
import HeadwaiterAPI
import HeadwaiterServer
import Rollout

/// What the commands of a rollout share: database, whoever acts, and how it is printed.
struct RolloutOptions: ParsableArguments {
  static let keyName = EnvironmentConfiguration.keyName

  @Option(help: ArgumentHelp("The API key to act with; \(Self.keyName) unless given.", valueName: "secret"))
  var key: String?
  @Option(help: ArgumentHelp("Refuse unless the rollout is at this revision.", valueName: "number")) var revision: Int?
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  /// Who acts: the key's owner, else an operator of the machine.
  /// - Throws: ``CommandProblem`` for a key that does not exist or was revoked.
  func caller(_ system: HeadwaiterSystem) async throws -> Caller {
    let given = key ?? ProcessInfo.processInfo.environment[Self.keyName].flatMap { $0.isEmpty ? nil : $0 }
    guard let secret = given else { return .commandLine }
    guard let record = try await system.store.key(hash: KeyIssuer.hash(secret)), record.revokedAt == nil else {
      throw CommandProblem("the API key is not known, or was revoked; `headwaiter keys list` shows those there are")
    }
    return Caller(name: record.name, id: record.id, role: record.role, restaurants: Set(record.restaurants))
  }

  /// Prints what the desk says.
  func report(_ ask: (LiveRolloutDesk, Caller) async throws -> RolloutReport) async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let report = try await ask(system.desks.rollout, try await caller(system))
    try print(report)
    if let status = RolloutStatusText.exitStatus(report) { throw ExitCode(status) }
  }

  /// Carries a command out, and waits a little for the instances to follow.
  func move(_ command: RolloutCommandOfMachine, _ start: RolloutRequest.Start = .init()) async throws {
    try await change("\(command.name) is recorded") { desk, request in
      var request = request
      request.start = start
      let report = try await desk.perform(command, request)
      guard report.state.status.isAdvancing else { return report }
      try await settle(desk, request.caller, within: Self.patience) { !$0.state.status.isAdvancing }
      return try await desk.report(request.caller)
    }
  }

  /// Helps the rollout along until it is where it should be, or the time is over.
  private func settle(
    _ desk: LiveRolloutDesk, _ caller: Caller, within limit: Duration, until isSettled: (StoredRollout) -> Bool
  ) async throws {
    let until = ContinuousClock.now + limit
    try await ProgressLine.during(saying: "waiting for the instances …") {
      while ContinuousClock.now < until {
        try await Task.sleep(for: Self.look)
        if isSettled(try await desk.settle(caller)) { return }
      }
    }
  }

  func change(
    _ what: String, _ act: (LiveRolloutDesk, RolloutRequest) async throws -> RolloutReport
  ) async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let request = RolloutRequest(caller: try await caller(system), expectedRevision: revision)
    let report = try await act(system.desks.rollout, request)
    if !json { try Console.write(what + "\n\n") }
    try print(report)
  }

  func drill(wait: Duration) async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let request = RolloutRequest(caller: try await caller(system), expectedRevision: revision)
    let desk = system.desks.rollout
    _ = try await desk.drill(request)
    try await settle(desk, request.caller, within: wait) { $0.drill == nil }
    let report = try await desk.report(request.caller)
    if !json { try Console.write(words(of: report) + "\n\n") }
    try print(report)
    guard report.stored.drill == nil else { throw ExitCode(.finding) }
  }

  private func words(of report: RolloutReport) -> String {
    guard report.stored.drill == nil, let drill = report.state.drills.last else {
      return "the drill goes on: an instance that works ends it, and switches V3 on again"
    }
    return "the drill is over: V3 was off everywhere after \(drill.result.recoverySeconds) s"
  }

  private func print(_ report: RolloutReport) throws {
    if json { return try JSONOutput.print(RolloutBody(report)) }
    try Console.write(RolloutStatusText(report).text)
  }

  /// Between two looks at whether the instances have followed; they do within a second.
  private static let look = Duration.milliseconds(200)
  private static let patience = Duration.seconds(10)
}

/// The machine's commands; the command line has a type of that name of its own.
typealias RolloutCommandOfMachine = Rollout.RolloutCommand
