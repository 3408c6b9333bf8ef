import ArgumentParser
import BookingDomain
import Bootstrap
import HeadwaiterAPI
import HeadwaiterServer
import QueryCatalogue

/// `headwaiter health`: how the last 24 hours went, in one word.
struct HealthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health", abstract: "Say how the last 24 hours went: HEALTHY, WARNING or CRITICAL.",
    discussion: """
      HEALTHY (exit code 0): 95 % or more confirmed, under 10 % in review, none stuck, no error. \
      CRITICAL (3): under 90 % confirmed, or more than 10 errors that are 1 % or more of the bookings. \
      WARNING (1): anything else, an empty database too. Rates are of eligible bookings: those that automation worked on to \
      its end, that nobody cancelled or changed meanwhile, and for which a table was free. The judge is the query `health` \
      of `headwaiter queries`.
      """)

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let health = HealthBody(try await HealthFigures(of: opened.store))
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
    table.add("ended", "\(health.ended)", "")
    table.add("confirmed", "\(health.confirmed)", share(health.rawConfirmationRate, of: "all bookings"))
    table.add("given to a person", "\(health.reviewed)", "")
    table.add("failed", "\(health.failed)", "")
    table.add("refused for capacity", "\(health.refused)", "in no rate")
    table.add("house was full", "\(health.fullHouse)", "in no rate")
    if health.unknown > 0 { table.add("unknown", "\(health.unknown)", "from before rates were stored; in no rate") }
    table.add("eligible", "\(health.eligible)", share(health.confirmationRate, of: "them confirmed"))
    table.add("", "", share(health.reviewRate, of: "them ever in review"))
    table.add("", "", share(health.errorRate, of: "them with an error"))
    table.add("errors", "\(health.errors)", "")
    table.add("stuck, now or rescued", "\(health.stuck)", "")
    return text + "\n\n" + table.render()
  }

  private static func share(_ rate: Double?, of what: String) -> String {
    rate.map { JSONTree.number($0 * 100, decimals: 2).excerpt + " % of \(what)" } ?? ""
  }
}
