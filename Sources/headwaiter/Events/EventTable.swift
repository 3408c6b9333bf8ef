import AssignmentStore
import BookingDomain

/// A list of events for people; pages of it stand under each other.
struct EventTable {
  private var calendars: CalendarBook
  /// Columns are as wide as the widest cell so far.
  private var table = TableText(
    .text("time"), .text("event"), .text("severity"), .flexible("restaurant"), .text("booking"), .flexible("details"))
  private var isBegun = false

  init(_ store: any RestaurantReading) { calendars = CalendarBook(store) }

  var zones: String { calendars.zones }

  /// The next page's lines, the first with the titles.
  mutating func page(_ events: [StoredEvent]) async throws -> String {
    table.removeRows()
    for stored in events {
      let event = stored.event
      let calendar = try await calendars.calendar(of: event.restaurantID)
      table.add(
        TimeText.exact(event.createdAt, in: calendar), event.type, event.severity.rawValue,
        event.restaurantID?.rawValue ?? "", event.bookingID?.rawValue ?? "", EventText.details(event))
    }
    if events.isEmpty { return "" }
    defer { isBegun = true }
    return table.render(titles: !isBegun)
  }
}
