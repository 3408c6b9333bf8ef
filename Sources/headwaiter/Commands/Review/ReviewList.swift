import ArgumentParser
import AssignmentPipeline
import BookingDomain
import Bootstrap
import HeadwaiterAPI
import HeadwaiterServer

/// `headwaiter review list`.
struct ReviewList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show the review queue, most urgent first.")

  @Option(help: ArgumentHelp("Only this restaurant's.", valueName: "id")) var restaurant: String?
  @Option(help: ArgumentHelp("Bookings shown, 1 to 1000.", valueName: "n")) var limit = 50
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (1...1_000).contains(limit) else { throw ValidationError("--limit is \(limit); allowed: 1 to 1000") }
  }

  func run() async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let items = try await system.desks.review.queue(
      restaurant.map(RestaurantID.init(rawValue:)), after: nil, limit: limit, caller: .commandLine)
    var calendars = CalendarBook(system.store)
    var bodies: [ReviewItemBody] = []
    var table = ReviewTable()
    for item in items {
      let calendar = try await calendars.calendarOrUTC(of: item.booking.restaurantID)
      bodies.append(ReviewItemBody(item, calendar: calendar, showsGuest: false))
      table.add(item, calendar: calendar)
    }
    if json {
      let next = items.count == limit ? items.last?.booking.id.rawValue : nil
      return try JSONOutput.print(ReviewQueueBody(items: bodies, next: next))
    }
    try Console.write(table.text(zones: calendars.zones))
  }
}
