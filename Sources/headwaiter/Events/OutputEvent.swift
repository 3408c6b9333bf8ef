import AssignmentStore
import BookingDomain

/// An event as the command line prints it; with `--follow`, one on a line.
struct OutputEvent: Encodable {
  var id: Int64
  var createdAt: String
  var source: EventSource
  var type: String
  var severity: ObservabilityEvent.Severity
  var restaurantID: String?
  var bookingID: String?
  var context: [String: EventValue]

  enum CodingKeys: String, CodingKey {
    case id
    case createdAt = "created_at"
    case source
    case type = "event_type"
    case severity
    case restaurantID = "restaurant_id"
    case bookingID = "booking_id"
    case context
  }

  /// - Parameter calendar: the restaurant's; nil for UTC.
  init(_ stored: StoredEvent, calendar: RestaurantCalendar?) {
    let event = stored.event
    id = stored.id
    createdAt = calendar?.format(event.createdAt) ?? event.createdAt.description
    source = event.source
    type = event.type
    severity = event.severity
    restaurantID = event.restaurantID?.rawValue
    bookingID = event.bookingID?.rawValue
    context = event.context
  }
}
