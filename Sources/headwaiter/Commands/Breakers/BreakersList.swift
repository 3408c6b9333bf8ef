import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI

/// `headwaiter breakers list`.
struct BreakersList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the circuit breakers that are forced, since when, by whom and why.")

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let forced = try await opened.store.breakerOverrides()
    if json { return try JSONOutput.print(BreakersBody(breakers: forced.map(BreakerBody.init))) }
    if forced.isEmpty { return try Console.write("No breaker is forced; each goes by itself.\n") }
    var table = TableText(.text("breaker"), .text("forced"), .text("since"), .flexible("by"), .flexible("reason"))
    for override in forced {
      table.add(
        override.name, override.position.rawValue, override.at.description, override.actor, override.reason)
    }
    try Console.write(table.render())
  }
}

extension BreakerBody {
  /// A forced one: where it stands everywhere.
  init(_ override: BreakerOverride) {
    self.init(
      name: override.name, position: override.position.rawValue, openSeconds: nil,
      forced: Forced(
        position: override.position.rawValue, reason: override.reason, actor: override.actor,
        at: override.at.description))
  }
}
