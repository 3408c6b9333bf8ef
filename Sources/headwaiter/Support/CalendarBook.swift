import AssignmentStore
import BookingDomain

/// The calendars of the restaurants that a command meets, each read once.
struct CalendarBook {
  private let store: any RestaurantReading
  private var calendars: [RestaurantID: RestaurantCalendar?] = [:]

  init(_ store: any RestaurantReading) { self.store = store }

  /// Nil for a restaurant that is not stored.
  mutating func calendar(of id: RestaurantID?) async throws -> RestaurantCalendar? {
    guard let id else { return nil }
    if let known = calendars[id] { return known }
    let found = try await store.restaurant(id)?.restaurant.calendar
    calendars[id] = .some(found)
    return found
  }

  /// For times of a booking; UTC where its restaurant is gone.
  mutating func calendarOrUTC(of id: RestaurantID) async throws -> RestaurantCalendar {
    if let calendar = try await calendar(of: id) { return calendar }
    guard let utc = RestaurantCalendar(identifier: "UTC") else {
      throw CommandProblem("this machine knows no time zones; install tzdata", status: .critical)
    }
    return utc
  }

  /// Whose times were shown.
  var zones: String {
    let names = Set(calendars.values.compactMap { $0?.identifier }).sorted()
    return names.count == 1 ? names[0] : names.isEmpty ? "UTC" : "each restaurant's zone"
  }
}
