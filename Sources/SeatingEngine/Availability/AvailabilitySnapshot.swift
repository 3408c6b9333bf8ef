public import BookingDomain

/// What is known about one restaurant's span of time when a booking is planned: taken tables, bookings that still wait,
/// and what succeeded before. A value; changes make a new one.
public struct AvailabilitySnapshot: Sendable {
  public let floor: CompiledFloor
  public let span: TimeWindow
  /// Allocations, live holds and blocks; those on tables that the floor does not have are kept and ignored.
  public private(set) var claims: [SnapshotClaim]
  /// Like parties counted together.
  public let waiting: [WaitingParty]
  public let pastSuccess: PastSuccess
  public private(set) var occupancy: Occupancy
  /// Seconds that the restaurant's wall clock is ahead of UTC when the span begins.
  let offsetSeconds: Int

  /// - Parameters:
  ///   - span: what can matter: the service, or the day. Windows outside are clipped.
  ///   - waiting: bookings known but not yet seated, the one asked about left out.
  public init(
    floor: CompiledFloor, span: TimeWindow, claims: [SnapshotClaim], waiting: [WaitingParty] = [],
    pastSuccess: PastSuccess = .none
  ) {
    self.floor = floor
    self.span = span
    self.claims = claims
    self.waiting = WaitingParty.grouped(waiting)
    self.pastSuccess = pastSuccess
    occupancy = Occupancy(floor: floor, span: span)
    offsetSeconds = floor.restaurant.calendar.offsetSeconds(at: occupancy.span.start)
    for claim in claims {
      if let table = floor.index(of: claim.table) { occupancy.insert(table: table, window: claim.window) }
    }
  }

  /// Takes the plan's tables for a booking.
  public mutating func apply(_ plan: SeatingPlan, bookingID: BookingID?, block: TimeWindow) {
    for table in plan.tables { insert(SnapshotClaim(table: table, window: block, bookingID: bookingID)) }
  }

  /// Takes a table.
  public mutating func insert(_ claim: SnapshotClaim) {
    claims.append(claim)
    if let table = floor.index(of: claim.table) { occupancy.insert(table: table, window: claim.window) }
  }

  /// The same without a booking's own claims, which never stand in its way.
  public func excluding(_ bookingID: BookingID) -> AvailabilitySnapshot {
    var copy = self
    copy.claims.removeAll { $0.bookingID == bookingID }
    for claim in claims where claim.bookingID == bookingID {
      if let table = floor.index(of: claim.table) { copy.occupancy.remove(table: table, window: claim.window) }
    }
    return copy
  }

  /// Whether no claim on any of the tables overlaps `window`; false for tables that the floor does not have.
  public func isFree(tables: [TableNumber], window: TimeWindow) -> Bool {
    tables.allSatisfy { number in
      floor.index(of: number).map { occupancy.isFree(table: $0, window: window) } ?? false
    }
  }
}
