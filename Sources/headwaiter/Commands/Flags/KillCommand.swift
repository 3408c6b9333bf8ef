import ArgumentParser
import BookingDomain

/// `headwaiter kill`: V3 off, now.
struct KillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kill", abstract: "Switch the V3 pipeline off on all instances within a second, whatever else is set.",
    discussion: """
      Legacy decides from then on, and shadow is off too. What V3 had under way goes back in line for legacy; what V3 would \
      still confirm is refused. Bookings in review stay with people. `headwaiter kill --release` lets the flags count again.
      """)

  @Flag(help: "Release the kill switch.") var release = false
  @OptionGroup var change: FlagChange

  func run() async throws {
    if release { return try await change.clear(.flag(.killSwitch)) }
    try await change.set(.flag(.killSwitch), "true")
  }
}
