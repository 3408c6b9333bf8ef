import AssignmentStore
import BookingDomain
import Resilience

/// Remembers the restaurants' time zones, so that rendering a booking reads no restaurant.
///
/// A restaurant that moves to another zone is shown by the old one for at most ``maxAge``.
final class CalendarCache: Sendable {
  static let utc = RestaurantCalendar(identifier: "UTC")!
  static let maxAge = Duration.seconds(10)
  private static let capacity = 20_000

  private struct Entry {
    var calendar: RestaurantCalendar
    var readAt: ContinuousClock.Instant
  }

  private let store: any RestaurantReading
  private let uptime: @Sendable () -> ContinuousClock.Instant
  private let entries = Locked<[RestaurantID: Entry]>([:])

  init(
    store: any RestaurantReading, uptime: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.store = store
    self.uptime = uptime
  }

  /// The restaurant's calendar, or nil if there is no such restaurant.
  func calendar(of id: RestaurantID) async throws(StoreError) -> RestaurantCalendar? {
    let now = uptime()
    if let entry = entries.withLock({ $0[id] }), now - entry.readAt < Self.maxAge { return entry.calendar }
    guard let calendar = try await store.restaurant(id)?.restaurant.calendar else { return nil }
    remember(calendar, of: id, at: now)
    return calendar
  }

  /// Takes note of a restaurant that was read for something else.
  func remember(_ calendar: RestaurantCalendar, of id: RestaurantID) { remember(calendar, of: id, at: uptime()) }

  private func remember(_ calendar: RestaurantCalendar, of id: RestaurantID, at now: ContinuousClock.Instant) {
    entries.withLock { entries in
      if entries.count >= Self.capacity, entries[id] == nil { entries.removeAll(keepingCapacity: true) }
      entries[id] = Entry(calendar: calendar, readAt: now)
    }
  }
}
