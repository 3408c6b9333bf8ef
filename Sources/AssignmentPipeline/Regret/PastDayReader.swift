public import AssignmentStore
public import BookingDomain
import SeatingEngine

/// Reads a service date from the store as it ended.
public struct PastDayReader: Sendable {
  private let store: any BookingReading & ClaimReading

  public init(_ store: any BookingReading & ClaimReading) { self.store = store }

  /// - Returns: a day without parties where there are no bookings of that service date.
  public func read(_ restaurant: Restaurant, on date: LocalDate) async throws(StoreError) -> PastDayRecord {
    let bookings = try await store.bookings(of: restaurant, servedOn: date)
    let spans = bookings.flatMap { [$0.slot.block, $0.plannedSlot.block] }
    guard let start = spans.map(\.start).min(), let end = spans.map(\.end).max() else { return PastDayRecord() }
    let state = try await store.floorState(restaurant.id, span: TimeWindow(start: start, end: end))
    let known = Set(bookings.map(\.id))
    let others = state.claims.filter { claim in
      claim.kind == .block || (claim.kind == .allocation && claim.bookingID.map { !known.contains($0) } ?? true)
    }
    return PastDaySorting(bookings, claims: others.map(\.seen)).record
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
