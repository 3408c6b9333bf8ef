public import ArgumentParser
import AssignmentPipeline
public import Rollout

/// `headwaiter rollout advance`.
struct RolloutAdvance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advance", abstract: "Begin the rollout, or enter the next phase if the gate lets it.",
    discussion: """
      Refused with everything that is missing. At the beginning --plan puts a plan in force in place of the stored or the built-in one, and \
      --environment takes only the phases of one environment, for a database that is no other's.
      """)

  @Option(help: ArgumentHelp("At the beginning: the plan.", valueName: "file")) var plan: String?
  @Option(help: ArgumentHelp("At the beginning: the phases of this environment alone.", valueName: "name"))
  var environment: RolloutEnvironment?
  @OptionGroup var options: RolloutOptions

  func run() async throws {
    let plan = try plan.map(RolloutPlanText.read)
    try await options.move(.advance, RolloutRequest.Start(plan: plan, environment: environment))
  }
}

/// `headwaiter rollout hold`.
struct RolloutHold: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "hold", abstract: "Hold the phase until it is resumed.")

  @OptionGroup var reason: RolloutReason
  @OptionGroup var options: RolloutOptions

  func run() async throws { try await options.move(.hold(reason: reason.reason)) }
}

/// `headwaiter rollout resume`.
struct RolloutResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on after a hold; after a rollback, enter the phase it stepped back to again.")

  @OptionGroup var options: RolloutOptions

  func run() async throws { try await options.move(.resume) }
}

/// `headwaiter rollout abort`.
struct RolloutAbort: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abort", abstract: "End the rollout: V3 and shadow off, legacy has every restaurant.")

  @OptionGroup var reason: RolloutReason
  @OptionGroup var options: RolloutOptions

  func run() async throws { try await options.move(.abort(reason: reason.reason)) }
}

/// `headwaiter rollout force`.
struct RolloutForce: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "force", abstract: "Enter a phase whatever gate and sign-offs say; recorded with the reason.",
    discussion: "Only an environment that says false, or the kill switch, cannot be forced: the phase could not run.")

  @Argument(help: ArgumentHelp("The phase; the next one unless given.", valueName: "phase")) var phase: String?
  @OptionGroup var reason: RolloutReason
  @OptionGroup var options: RolloutOptions

  func run() async throws { try await options.move(.force(reason: reason.reason, to: phase)) }
}

/// `headwaiter rollout sign-off`.
struct RolloutSignOff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign-off", abstract: "Sign the present run off, in the role of the API key.",
    discussion: "A sign-off belongs to one run and is void after a rollback. It needs --key or HEADWAITER_KEY.")

  @Option(help: ArgumentHelp("The run, as status shows it.", valueName: "number")) var run: Int
  @OptionGroup var options: RolloutOptions

  func run() async throws {
    let number: Int = run
    try await options.move(.signOff(run: number))
  }
}

/// `headwaiter rollout incident`.
struct RolloutIncident: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident", abstract: "Record an incident; P0 and P1 fail the gate, and roll back at once.")

  @Argument(help: ArgumentHelp("P0 (the worst) to P3.", valueName: "level")) var level: IncidentLevel
  @Argument(help: ArgumentHelp("What happened; no names of guests.", valueName: "text")) var text: String
  @OptionGroup var options: RolloutOptions

  func run() async throws { try await options.move(.incident(level, text: text)) }
}

/// `headwaiter rollout known-issue`.
struct RolloutKnownIssue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "known-issue", abstract: "Record what is known and does not stop the rollout; it is in the report.")

  @Argument(help: ArgumentHelp("What is known; no names of guests.", valueName: "text")) var text: String
  @OptionGroup var options: RolloutOptions

  func run() async throws { try await options.move(.knownIssue(text: text)) }
}

/// `headwaiter rollout drill`.
struct RolloutDrill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill",
    abstract: "Run a timed rollback drill: V3 off until nothing is under way in it, and on again.",
    discussion: """
      The drill is stored: a running instance ends it, also when this command is interrupted. It waits for that, for at most \
      --wait seconds.
      """)

  @Option(help: ArgumentHelp("How long to wait for the end.", valueName: "seconds")) var wait = 60
  @OptionGroup var options: RolloutOptions

  func validate() throws {
    guard (0...3_600).contains(wait) else { throw ValidationError("--wait is 0 to 3600 seconds") }
  }

  func run() async throws { try await options.drill(wait: .seconds(wait)) }
}

/// Why, for those that need it.
struct RolloutReason: ParsableArguments {
  @Option(help: ArgumentHelp("Why; recorded and shown, 1 to 500 characters.", valueName: "text")) var reason: String
}

extension IncidentLevel: ExpressibleByArgument {}
extension RolloutEnvironment: ExpressibleByArgument {}
