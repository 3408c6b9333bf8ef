import AssignmentPipeline
import BookingDomain

/// Guests who book, and try again while storage is away.
struct GuestDesk {
  /// What came of a try.
  enum Answer {
    /// Stored, and decided on or not yet.
    case booked(Booking)
    /// To be tried again after this time.
    case later(Duration)
    /// Refused for good.
    case refused
  }

  /// As an app behaves: no more often than this.
  private static let patience = Duration.seconds(20)
  private static let caller = Caller(name: "guests", id: "guests", role: .guestApp)

  let stage: RehearsalStage
  private let calendars: [RestaurantID: RestaurantCalendar]

  init(stage: RehearsalStage, restaurants: [Restaurant]) {
    self.stage = stage
    calendars = Dictionary(restaurants.map { ($0.id, $0.calendar) }, uniquingKeysWith: { first, _ in first })
  }

  func book(_ row: BookingRow) async -> Answer {
    guard let calendar = calendars[row.restaurantID] else { return .refused }
    let new = NewBooking(
      restaurantID: row.restaurantID, origin: .guest, guest: nil, party: row.party, start: row.start(in: calendar),
      service: row.service, durationMinutes: row.durationMinutes, wishes: row.wishes, id: row.bookingID)
    do {
      return .booked(try await stage.bookings.create(new, ChangeRequest(caller: Self.caller)))
    } catch .unavailable(let retryAfter) {
      return .later(max(retryAfter, Self.patience) + .seconds(10) * stage.chance.unit())
    } catch {
      return .refused
    }
  }
}
