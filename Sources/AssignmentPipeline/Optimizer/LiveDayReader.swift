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
  /// Bookings that have tables and stay.
  var stayers: [BookingID: Booking] = [:]

  /// What those come to.
  var staying: DayFigures { stayers.values.reduce(into: DayFigures()) { $0.add($1, on: context.floor) } }

  /// What the whole date comes to, once the parties of ``day`` come to this.
  func whole(_ parties: DayFigures) -> DayFigures { staying + parties }

  /// The same with one booking free to go elsewhere, which has asked for it: pinned, about to start, or with a change of its
  /// own that is not decided yet.
  func releasing(_ id: BookingID, now: Timestamp) -> DayReading {
    var reading = self
    reading.day.claims.removeAll { $0.bookingID == id }
    if let booking = reading.stayers.removeValue(forKey: id) { reading.addParty(booking, now: now) }
    return reading
  }

  fileprivate mutating func addParty(_ booking: Booking, now: Timestamp) {
    bookings[booking.id] = booking
    day.parties.append(LiveParty(PlanBooking(SeatingQuestion(booking, now: now)), tables: booking.tables))
  }
}

/// Reads a service date for the optimizer (product specification §5). Parties that sit, are pinned, or start within the
/// freeze time stay; so do those whose change is not decided yet.
struct LiveDayReader: Sendable {
  let environment: PipelineEnvironment

  private static let plansLookedAt = 200

  /// - Parameter budget: given where no person decides: so many may still be moved. Then what a person has taken back today
  ///   is not done again.
  func read(
    _ context: RestaurantContext, on date: LocalDate, automaticallyWith budget: Int? = nil
  ) async throws(StoreError) -> DayReading {
    let bookings = try await environment.store.bookings(of: context.restaurant, servedOn: date)
    let left = budget == nil ? [] : try await takenBack(context, on: date, among: bookings)
    let now = environment.businessClock.now(for: nil)
    let policy = context.restaurant.optimisation
    var reading = DayReading(
      context: context, date: date,
      day: LiveDay(parties: [], claims: [], churnBudget: max(0, budget ?? policy.churnBudget)), bookings: [:])
    for booking in bookings {
      var standing = Standing(booking, now: now, freezeMinutes: policy.freezeMinutes, context.restaurant.automation)
      if left.contains(booking.id) { standing = booking.holdsTables ? .stays : .gone }
      switch standing {
      case .movable, .waiting: reading.addParty(booking, now: now)
      case .stays: reading.stayers[booking.id] = booking
      case .gone: break
      }
    }
    try await addClaims(to: &reading, of: bookings, now)
    return reading
  }

  /// Whom a person has put back: parties of plans that were undone, and those whose last change was.
  private func takenBack(
    _ context: RestaurantContext, on date: LocalDate, among bookings: [Booking]
  ) async throws(StoreError) -> Set<BookingID> {
    let plans = try await environment.store.dayPlans(context.restaurant.id, date: date, limit: Self.plansLookedAt)
    let undone = plans.filter { $0.state == .undone }.flatMap(\.moves).map(\.bookingID)
    return Set(undone + bookings.filter { $0.reason == .undone }.map(\.id))
  }

  /// Whatever is claimed on the date and is not the parties' to give up.
  private func addClaims(
    to reading: inout DayReading, of bookings: [Booking], _ now: Timestamp
  ) async throws(StoreError) {
    let (calendar, blocks) = (reading.context.restaurant.calendar, reading.day.parties.map(\.booking.slot.block))
    // The whole date, which a service may pass at both ends: room is looked for where nobody sits yet, too.
    let start = calendar.day(reading.date).start.adding(minutes: -SnapshotBuilder.reachMinutes)
    let end = calendar.day(reading.date.adding(days: 1)).end
    let span = TimeWindow(
      start: min(start, blocks.map(\.start).min() ?? start), end: max(end, blocks.map(\.end).max() ?? end))
    let state = try await environment.store.floorState(reading.context.restaurant.id, span: span)
    let known = reading.bookings
    reading.day.claims = state.claims.filter { claim in claim.bookingID.map { known[$0] == nil } ?? true }.map(\.seen)
    for booking in bookings where booking.status == .seated && booking.slot.dining.end <= now {
      let late = TimeWindow(
        start: booking.slot.block.start,
        end: max(booking.slot.block.end, now.adding(minutes: LongerStay.minutes)))
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

extension DayFigures {
  /// With one more booking at its tables.
  mutating func add(_ booking: Booking, on floor: CompiledFloor) {
    add(party: booking.party, seats: floor.seats(of: booking.tables), tables: booking.tables.count)
  }
}
