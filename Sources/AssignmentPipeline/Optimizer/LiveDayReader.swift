import AssignmentStore
import BookingDomain
import SeatingEngine

/// A service date of a restaurant as it is now: who may change tables, who waits for one, and what stays.
struct DayReading: Sendable {
  var context: RestaurantContext
  var date: LocalDate
  var day: LiveDay
  /// The bookings of ``day``, by id.
  var bookings: [BookingID: Booking]
  /// Of the bookings that have tables and stay.
  var staying: DayFigures

  /// What the whole date comes to, once the parties of ``day`` come to this.
  func whole(_ parties: DayFigures) -> DayFigures {
    DayFigures(
      bookings: staying.bookings + parties.bookings, covers: staying.covers + parties.covers,
      spareSeats: staying.spareSeats + parties.spareSeats, extraTables: staying.extraTables + parties.extraTables)
  }
}

/// Reads a service date for the optimizer (product specification §5). Parties that sit, are pinned, or start within the
/// freeze time stay; so do those whose change is not decided yet.
struct LiveDayReader: Sendable {
  let environment: PipelineEnvironment

  /// How long a party that is past its time is thought to stay; as much as it is extended by at a time.
  private static let overstayMinutes = DeskLedger.extensionMinutes

  /// - Parameter churnBudget: the restaurant's own unless given.
  func read(
    _ context: RestaurantContext, on date: LocalDate, churnBudget: Int? = nil
  ) async throws(StoreError) -> DayReading {
    let bookings = try await bookings(context, on: date)
    let now = environment.businessClock.now(for: nil)
    let policy = context.restaurant.optimisation
    var reading = DayReading(
      context: context, date: date,
      day: LiveDay(parties: [], claims: [], churnBudget: max(0, churnBudget ?? policy.churnBudget)),
      bookings: [:], staying: DayFigures())
    for booking in bookings {
      let standing = Standing(booking, now: now, freezeMinutes: policy.freezeMinutes, context.restaurant.automation)
      switch standing {
      case .movable, .waiting:
        reading.bookings[booking.id] = booking
        reading.day.parties.append(LiveParty(PlanBooking(booking, now: now), tables: booking.tables))
      case .stays: reading.staying.add(booking, on: context.floor)
      case .gone: break
      }
    }
    try await addClaims(to: &reading, of: bookings, now)
    return reading
  }

  /// Of the service date, by start.
  private func bookings(_ context: RestaurantContext, on date: LocalDate) async throws(StoreError) -> [Booking] {
    let calendar = context.restaurant.calendar
    var query = BookingQuery()
    query.restaurantID = context.restaurant.id
    // A service may begin the evening before and run past midnight.
    query.startsWithin = TimeWindow(
      start: calendar.day(date).start, end: calendar.day(date.adding(days: 1)).end)
    query.limit = 1_000
    var result: [Booking] = []
    while true {
      let page = try await environment.store.bookings(query)
      result += page.filter { $0.slot.serviceDate == date }
      guard page.count == query.limit, let last = page.last else { return result }
      query.after = last.id
    }
  }

  /// Whatever is claimed in the parties' time and is not theirs to give up.
  private func addClaims(
    to reading: inout DayReading, of bookings: [Booking], _ now: Timestamp
  ) async throws(StoreError) {
    let blocks = reading.day.parties.map(\.booking.slot.block)
    guard let start = blocks.map(\.start).min(), let end = blocks.map(\.end).max() else { return }
    let span = TimeWindow(start: start, end: end)
    let state = try await environment.store.floorState(reading.context.restaurant.id, span: span)
    let known = reading.bookings
    reading.day.claims = state.claims.filter { claim in claim.bookingID.map { known[$0] == nil } ?? true }.map(\.seen)
    for booking in bookings where booking.status == .seated && booking.slot.dining.end <= now {
      let late = TimeWindow(
        start: booking.slot.block.start,
        end: max(booking.slot.block.end, now.adding(minutes: Self.overstayMinutes)))
      reading.day.claims += booking.tables.map { SnapshotClaim(table: $0, window: late, bookingID: booking.id) }
    }
  }
}

/// What the optimizer may do with a booking.
private enum Standing {
  /// It has tables, which may change.
  case movable
  /// It has none, and waits for a person.
  case waiting
  /// It has tables, and keeps them.
  case stays
  /// It counts for nothing.
  case gone

  init(_ booking: Booking, now: Timestamp, freezeMinutes: Int, _ automation: AutomationLevel) {
    guard booking.status.isLive else {
      self = .gone
      return
    }
    if booking.state == .manualReview, !booking.holdsTables {
      // A house that wants to choose itself is given nothing else.
      self = booking.slot.dining.start > now && automation != .suggest ? .waiting : .gone
      return
    }
    guard booking.holdsTables else {
      self = .gone
      return
    }
    let isSettled = booking.state == .confirmed && booking.status == .confirmed && !booking.pinned
    self = isSettled && booking.slot.dining.start >= now.adding(minutes: freezeMinutes) ? .movable : .stays
  }
}

extension PlanBooking {
  init(_ booking: Booking, now: Timestamp) {
    self.init(
      id: booking.id, party: booking.party, slot: booking.slot, wishes: booking.wishes,
      extraChairs: booking.origin.isHost, now: now)
  }
}

extension DayFigures {
  /// With one more booking at its tables.
  mutating func add(_ booking: Booking, on floor: CompiledFloor) {
    let seats = floor.tables(booking.tables).reduce(0) { $0 + floor.tables[$1].capacity }
    add(party: booking.party, seats: seats, tables: booking.tables.count)
  }
}
