import ArgumentParser
import BookingDomain

/// `headwaiter flags`: who decides, and who says so.
struct FlagsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flags", abstract: "Show the flags with who decided each, and change them while instances run.",
    discussion: """
      What is set here holds for all instances, within a second and without a restart. Off wins: V3 runs where some source \
      says true and none says false, and an explicit false in the environment of any live instance counts for all. Of \
      MAX_PARALLEL the lowest counts. The kill switch (`headwaiter kill`) beats everything.

      Flags: FEATURE_ASSIGNMENT_PIPELINE_V3 and FEATURE_ASSIGNMENT_PIPELINE_V3_SHADOW (true or false), \
      FEATURE_ASSIGNMENT_PIPELINE_V3_MAX_PARALLEL (1 to 20), ROLLOUT_SHARE (0 to 100, per cent of the restaurants that V3 \
      decides for; 100 unless set).
      """,
    subcommands: [FlagsShow.self, FlagsSet.self, FlagsClear.self, FlagsRestaurant.self],
    defaultSubcommand: FlagsShow.self)
}

/// What the commands that change a flag share.
struct FlagChange: ParsableArguments {
  @Option(help: ArgumentHelp("Why; recorded and shown, 1 to 200 characters.", valueName: "text")) var reason: String
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false
}

/// `headwaiter flags set`.
struct FlagsSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "set", abstract: "Set a flag for all instances.")

  @Argument(help: ArgumentHelp("The flag.", valueName: "name")) var name: String
  @Argument(help: ArgumentHelp("true, false or a number.", valueName: "value")) var value: String
  @OptionGroup var change: FlagChange

  func run() async throws { try await change.set(.flag(try FlagChange.flag(name)), value) }
}

/// `headwaiter flags clear`.
struct FlagsClear: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Let a flag that was set go: what the environments say counts again.")

  @Argument(help: ArgumentHelp("The flag.", valueName: "name")) var name: String
  @OptionGroup var change: FlagChange

  func run() async throws { try await change.clear(.flag(try FlagChange.flag(name))) }
}

/// `headwaiter flags restaurant`.
struct FlagsRestaurant: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restaurant", abstract: "Take a restaurant into V3 or out of it, pause it, or let it go on.",
    discussion: """
      in: V3 decides even outside the rollout's share, though never where V3 is off. out: legacy decides. pause: no \
      automation at all; bookings are stored and wait, and their deadlines stand still. clear: as the rollout has it.
      """)

  /// What becomes of it.
  enum Choice: String, ExpressibleByArgument, CaseIterable { case `in`, out, pause, clear }

  @Argument(help: ArgumentHelp("The restaurant.", valueName: "id")) var id: String
  @Argument(help: ArgumentHelp("What becomes of it.", valueName: "in|out|pause|clear")) var choice: Choice
  @OptionGroup var change: FlagChange

  func run() async throws {
    let key = FlagKey.restaurant(RestaurantID(id))
    switch choice {
    case .in: try await change.set(key, RestaurantFlag.forcedIn.rawValue)
    case .out: try await change.set(key, RestaurantFlag.forcedOut.rawValue)
    case .pause: try await change.set(key, RestaurantFlag.paused.rawValue)
    case .clear: try await change.clear(key)
    }
  }
}
