public import AssignmentStore
public import BookingDomain
import SeatingEngine

/// Reads a service date from the store as it ended.
public struct PastDayReader: Sendable {
  private let store: any BookingReading & ClaimReading

  public init(_ store: any BookingReading & ClaimReading) { self.store = store }

  /// - Returns: a day without parties where there are no bookings of that service date.
  public func read(_ restaurant: Restaurant, on date: LocalDate) async throws(StoreError) -> PastDayRecord {
    let bookings = try await bookings(of: restaurant, on: date)
    let spans = bookings.flatMap { [$0.slot.block, $0.plannedSlot.block] }
    guard let start = spans.map(\.start).min(), let end = spans.map(\.end).max() else { return PastDayRecord() }
    let state = try await store.floorState(restaurant.id, span: TimeWindow(start: start, end: end))
    let known = Set(bookings.map(\.id))
    let others = state.claims.filter { claim in
      claim.kind == .block || (claim.kind == .allocation && claim.bookingID.map { !known.contains($0) } ?? true)
    }
    return PastDaySorting(bookings, claims: others.map(\.seen)).record
  }

  private func bookings(of restaurant: Restaurant, on date: LocalDate) async throws(StoreError) -> [Booking] {
    var query = BookingQuery()
    query.restaurantID = restaurant.id
    // A service may begin the evening before and run past midnight.
    query.startsWithin = TimeWindow(
      start: restaurant.calendar.day(date).start, end: restaurant.calendar.day(date.adding(days: 1)).end)
    query.limit = 1_000
    var result: [Booking] = []
    while true {
      let page = try await store.bookings(query)
      result += page.filter { $0.slot.serviceDate == date }
      guard page.count == query.limit, let last = page.last else { return result }
      query.after = last.id
    }
  }
}

extension Booking {
  /// The slot before a visit's end, or the party's absence, cut it short.
  var plannedSlot: ServiceSlot {
    guard let undo, (status == .completed && undo.action == .complete) || (status == .noShow && undo.action == .noShow)
    else { return slot }
    return undo.slot
  }
}
