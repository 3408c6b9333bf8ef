import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap

/// `headwaiter events`: what happened.
struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Show what happened: events, or the whole story of one booking.",
    discussion: """
      With --booking: its states, attempts, events, notices and job on one screen. Times are in the restaurant's zone. \
      Guests' names, mail addresses and phone numbers are in none of it.
      """)

  @Option(help: ArgumentHelp("The whole story of this booking.", valueName: "id")) var booking: String?
  @Option(help: ArgumentHelp("Only this restaurant's.", valueName: "id")) var restaurant: String?
  @Option(help: "Only this source's.") var source: EventSource?
  @Option(help: ArgumentHelp("Only of this type, such as coordinator.retry.", valueName: "type")) var type: String?

  @Option(help: ArgumentHelp("Not before: an age such as 30m, 24h, 7d, or a time (RFC 3339).", valueName: "time"))
  var since: SinceTime?

  @Option(help: ArgumentHelp("The last so many, 1 to 100000.", valueName: "n")) var limit = 100
  @Flag(help: "Go on with new events as they come, until stopped.") var follow = false
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON; with --follow one event a line.") var json = false

  func validate() throws {
    guard (1...100_000).contains(limit) else { throw ValidationError("--limit is \(limit); allowed: 1 to 100000") }
  }

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    if let booking, !follow {
      let story = try await BookingStory(of: BookingID(booking), in: opened.store, events: query)
      return json ? try JSONOutput.print(story.output) : try Console.write(BookingStoryText(story: story).text)
    }
    try await EventFeed(store: opened.store, query: query, json: json).run(following: follow)
  }

  private var query: EventQuery {
    var query = EventQuery()
    query.bookingID = booking.map(BookingID.init(rawValue:))
    query.restaurantID = restaurant.map(RestaurantID.init(rawValue:))
    query.source = source
    query.type = type
    query.since = since?.timestamp(now: SystemWallClock().now())
    query.latest = true
    query.limit = limit
    return query
  }
}
