import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI

/// `headwaiter health`: how the last 24 hours went, in one word.
struct HealthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health", abstract: "Say how the last 24 hours went: HEALTHY, WARNING or CRITICAL.",
    discussion: """
      HEALTHY (exit code 0): 95 % or more confirmed, under 10 % in review, none stuck, no error. \
      CRITICAL (3): under 90 % confirmed, or more than 10 errors that are 1 % or more of the bookings. \
      WARNING (1): anything else, an empty database too.
      """)

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let figures = try await opened.store.health(since: SystemWallClock().now().adding(.seconds(-86_400)))
    let health = HealthBody(
      bookings: figures.bookings, confirmed: figures.confirmed, inReview: figures.inReview, failed: figures.failed,
      refused: figures.refused, errors: figures.errors, stuck: figures.stuck)
    if json { try JSONOutput.print(health) } else { try Console.write(HealthText.text(health)) }
    switch health.verdict {
    case .healthy: return
    case .warning: throw ExitCode(.finding)
    case .critical: throw ExitCode(.critical)
    }
  }
}

/// The health check for people.
enum HealthText {
  static func text(_ health: HealthBody) -> String {
    var text = health.verdict.rawValue
    if !health.reasons.isEmpty { text += ": " + health.reasons.joined(separator: "; ") }
    var table = TableText(.text("in 24 h"), .number(""), .text(""))
    table.add("bookings", "\(health.bookings)", "")
    table.add("confirmed", "\(health.confirmed)", share(health.confirmationRate))
    table.add("in review", "\(health.inReview)", share(health.reviewRate))
    table.add("failed", "\(health.failed)", "")
    table.add("refused for capacity", "\(health.refused)", "in no rate")
    table.add("errors", "\(health.errors)", "")
    table.add("stuck now", "\(health.stuck)", "")
    return text + "\n\n" + table.render()
  }

  private static func share(_ rate: Double?) -> String {
    rate.map { JSONTree.number($0 * 100, decimals: 1).excerpt + " % of those ended" } ?? ""
  }
}
