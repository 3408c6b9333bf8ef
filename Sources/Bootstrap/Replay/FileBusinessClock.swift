public import AssignmentPipeline
public import BookingDomain

/// Business time of a bookings file (§11): a booking's `created_at`, else noon of the day before the first booking.
public struct FileBusinessClock: BusinessClock {
  private let created: [BookingID: Timestamp]
  private let fallback: Timestamp

  /// - Parameter rows: the file; `restaurants` has all that they name.
  public init(rows: [BookingRow], restaurants: [RestaurantID: Restaurant]) {
    created = Dictionary(
      rows.compactMap { row in row.createdAt.map { (row.bookingID, $0) } }, uniquingKeysWith: { first, _ in first })
    let first = rows.min { $0.date < $1.date }
    let calendar = first.flatMap { restaurants[$0.restaurantID]?.calendar }
    fallback =
      first.flatMap { row in calendar?.timestamp(date: row.date.adding(days: -1), minute: 12 * 60) }
      ?? Timestamp(seconds: 0)
  }

  public func now(for booking: BookingID?) -> Timestamp { booking.flatMap { created[$0] } ?? fallback }
}
