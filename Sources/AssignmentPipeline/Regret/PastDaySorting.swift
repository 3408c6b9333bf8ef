import BookingDomain
import SeatingEngine

/// Sorts a day's bookings by what became of them, and finds for which time each had its tables.
///
/// That is the time that was planned, as far as nobody else had the tables then: a party that left early gives its table to
/// others only where they did come. A party that was absent has what is left of its time when others were given its tables.
struct PastDaySorting {
  private(set) var record = PastDayRecord()
  /// What is taken, by table.
  private var taken: [TableNumber: [(id: BookingID?, window: TimeWindow)]] = [:]

  /// - Parameters:
  ///   - bookings: in order of start.
  ///   - claims: of others than these bookings.
  init(_ bookings: [Booking], claims: [SnapshotClaim]) {
    record.day.claims = claims
    record.count = bookings.count
    for claim in claims { taken[claim.table, default: []].append((nil, claim.window)) }
    let seated = bookings.filter { $0.holdsTables && $0.status != .noShow && $0.status != .cancelled }
    for booking in seated { take(booking.tables, booking.id, booking.slot.block) }
    for booking in seated { addSeated(booking) }
    for booking in bookings where !booking.holdsTables { addTurnedAway(booking) }
    for booking in bookings where booking.status == .noShow { addNoShow(booking) }
    for booking in bookings where booking.isCancelledByGuest { addCancelled(booking) }
    record.day.parties.sort {
      ($0.booking.slot.dining.start, $0.booking.id) < ($1.booking.slot.dining.start, $1.booking.id)
    }
  }

  private mutating func addSeated(_ booking: Booking) {
    let planned = booking.plannedSlot.block
    // A squeezed buffer stays squeezed, an extended stay extended.
    let whole = TimeWindow(
      start: min(planned.start, booking.slot.block.start), end: max(planned.end, booking.slot.block.end))
    let isFree = isFree(booking.tables, whole, besides: booking.id)
    if isFree { take(booking.tables, booking.id, whole) }
    add(booking, booking.tables, isFree ? whole : booking.slot.block, .seated, byHand: booking.isPlacedByHand)
  }

  private mutating func addTurnedAway(_ booking: Booking) {
    guard !booking.isCancelledByGuest else { return }
    switch booking.status {
    case .cancelled where booking.isRefusedByRules: record.refusedByRules += 1
    case .cancelled:
      add(booking, [], booking.slot.block, .turnedAway, byHand: booking.reason == .declined)
    case .pending where booking.state != .created:
      record.waiting += 1
      add(booking, [], booking.slot.block, .turnedAway, byHand: false)
    default: break
    }
  }

  private mutating func addNoShow(_ booking: Booking) {
    record.noShows += 1
    let tables = booking.tables
    for window in [booking.plannedSlot.block, booking.slot.block] where window.start < window.end {
      guard isFree(tables, window, besides: booking.id) else { continue }
      take(tables, booking.id, window)
      return add(booking, tables, window, .absent, byHand: booking.isPlacedByHand)
    }
  }

  /// A cancellation is late when it came after a party had been turned away that wanted to come at the same time.
  private mutating func addCancelled(_ booking: Booking) {
    guard let undo = booking.undo, undo.action == .cancel, !undo.tables.isEmpty else {
      record.cancellations += 1
      return
    }
    let block = undo.slot.block
    let isLate = record.day.parties.contains { party in
      guard party.fate == .turnedAway, party.booking.slot.block.overlaps(block) else { return false }
      guard let lost = record.bookings[party.booking.id] else { return false }
      return lost.status == .cancelled && lost.stateEnteredAt <= booking.stateEnteredAt
    }
    guard isLate, isFree(undo.tables, block, besides: booking.id) else {
      record.cancellations += 1
      return
    }
    record.lateCancellations += 1
    take(undo.tables, booking.id, block)
    add(booking, undo.tables, block, .absent, byHand: booking.isPlacedByHand)
  }

  private mutating func add(
    _ booking: Booking, _ tables: [TableNumber], _ block: TimeWindow, _ fate: PartyFate, byHand: Bool
  ) {
    var slot = booking.plannedSlot
    slot.block = block
    // Accessible tables are no longer kept at the last moment at which a party could still be given one.
    let question = PlanBooking(
      id: booking.id, party: booking.party, slot: slot, wishes: booking.wishes,
      extraChairs: booking.mayUseExtraChairs, now: slot.dining.start)
    record.bookings[booking.id] = booking
    record.day.parties.append(PastParty(question, tables: tables, fate: fate, isByHand: byHand))
  }

  // MARK: - Tables

  private mutating func take(_ tables: [TableNumber], _ id: BookingID, _ window: TimeWindow) {
    for table in tables {
      taken[table, default: []].removeAll { $0.id == id }
      taken[table, default: []].append((id, window))
    }
  }

  private func isFree(_ tables: [TableNumber], _ window: TimeWindow, besides id: BookingID) -> Bool {
    tables.allSatisfy { table in
      !(taken[table] ?? []).contains { $0.id != id && $0.window.overlaps(window) }
    }
  }
}

extension Booking {
  fileprivate var isPlacedByHand: Bool { strategy == .manual || pinned }

  fileprivate var isCancelledByGuest: Bool { status == .cancelled && reason == .cancelled }

  fileprivate var isRefusedByRules: Bool {
    reason.map { CapacityRejection(rawValue: $0.rawValue) != nil } ?? false
  }
}
