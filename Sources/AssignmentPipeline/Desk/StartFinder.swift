import AssignmentStore
import BookingDomain
import SeatingEngine

/// Who looks for a start.
struct StartQuestion: Sendable {
  var party: Int
  var wishes: SeatingWishes
  var byHost: Bool
  var service: String?
  var durationMinutes: Int?
  /// A booking that wants to change: neither its claims nor its share of the pacing stand in its way.
  var excluding: BookingID?

  init(party: Int, wishes: SeatingWishes, byHost: Bool) {
    self.party = party
    self.wishes = wishes
    self.byHost = byHost
  }

  init(_ booking: Booking) {
    party = booking.party
    wishes = booking.wishes
    byHost = booking.origin.isHost
    service = booking.requestedService
    durationMinutes = booking.durationMinutes
    excluding = booking.id
  }

  func request(at start: Timestamp) -> CapacityRequest {
    CapacityRequest(
      party: party, start: start, service: service, durationMinutes: durationMinutes, byHost: byHost)
  }
}

/// Finds starts at which a party could be seated: one read of the floor and one of the bookings for a whole day.
struct StartFinder: Sendable {
  let ledger: DeskLedger
  let context: RestaurantContext
  let question: StartQuestion
  private let days: DayReadings

  /// - Parameter days: read for other answers too; their own unless given.
  init(ledger: DeskLedger, context: RestaurantContext, question: StartQuestion, days: DayReadings? = nil) {
    self.ledger = ledger
    self.context = context
    self.question = question
    self.days = days ?? DayReadings(ledger: ledger)
  }

  /// Starts of a calendar date, ascending.
  func times(on date: LocalDate) async throws(DeskError) -> [AvailableTime] {
    try await open(slots(on: date), limit: .max)
  }

  /// Starts nearest to a wanted one, on its service date.
  func nearest(to start: Timestamp, limit: Int) async throws(DeskError) -> [AvailableTime] {
    let wanted = try? context.verifier.slot(for: question.request(at: start))
    let date = wanted?.serviceDate ?? context.restaurant.calendar.local(start).date
    // A service may run past midnight.
    let all = (slots(on: date) + slots(on: date.adding(days: 1))).filter { $0.serviceDate == date }
    let sorted = all.sorted { lhs, rhs in
      let (left, right) = (lhs.dining.start.distance(to: start), rhs.dining.start.distance(to: start))
      return left == right ? lhs.dining.start < rhs.dining.start : left < right
    }
    return try await open(sorted, limit: limit)
  }

  private func slots(on date: LocalDate) -> [ServiceSlot] {
    context.verifier.slots(
      on: date, party: question.party, byHost: question.byHost, service: question.service,
      durationMinutes: question.durationMinutes)
  }

  /// Those slots, in their order, that are not past, within pacing, and for which a table is free now.
  private func open(_ slots: [ServiceSlot], limit: Int) async throws(DeskError) -> [AvailableTime] {
    let now = ledger.environment.businessClock.now(for: question.excluding)
    let slots = slots.filter { $0.dining.start >= now.flooredToMinute }
    let fit = context.fit(of: question.request(at: now), wishes: question.wishes)
    guard fit == .fits, let first = slots.map(\.block.start).min(), let last = slots.map(\.block.end).max() else {
      return []
    }
    let span = TimeWindow(start: first, end: last)
    let floor = try await ledger.reading(context, around: span, excluding: question.excluding).snapshot
    let loads = try await loads(of: slots)
    let flags = ledger.environment.flags()
    let planner = ledger.planner(flags, for: context.restaurant.id)
    let movable = try await mayMakeRoom(flags) ? movableDays(of: slots) : [:]
    let limits = ledger.environment.searchLimits.quick
    return try await ledger.compute(for: context) {
      var result: [AvailableTime] = []
      var prepared: [LocalDate: PreparedReading] = [:]
      for slot in slots where result.count < limit {
        guard let seating = seating(at: slot, now: now, loads: loads) else { continue }
        if let plan = try planner.plan(seating, floor, context: context).plans.first {
          result.append(AvailableTime(seating, plan))
        } else if let reading = movable[slot.serviceDate] {
          let booking = PlanBooking(seating)
          let day = prepared[slot.serviceDate] ?? PreparedReading(reading, for: booking)
          prepared[slot.serviceDate] = day
          guard let room = day.room(for: booking, limits: limits) else { continue }
          result.append(AvailableTime(seating, room.seating, moves: room.plan.moveCount))
        }
      }
      return result
    }
  }

  private func mayMakeRoom(_ flags: FeatureFlags) -> Bool {
    flags.flow(for: context.restaurant.id) == .v3 && !flags.isPaused(context.restaurant.id)
  }

  /// The dates on which others may be moved for the party without a person.
  private func movableDays(of slots: [ServiceSlot]) async throws(DeskError) -> [LocalDate: DayReading] {
    var movable: [LocalDate: DayReading] = [:]
    for date in Set(slots.map(\.serviceDate)).sorted() {
      movable[date] = try await days.reading(context, on: date, for: .automatic)
    }
    return movable
  }

  /// The planner's question, if the rules allow the start.
  private func seating(
    at slot: ServiceSlot, now: Timestamp, loads: [TimeWindow: PacingLoad]
  ) -> SeatingQuestion? {
    let start = slot.dining.start
    let load = context.verifier.pacingInterval(containing: start).flatMap { loads[$0] } ?? PacingLoad()
    let verified = try? context.verifier.verify(
      question.request(at: start), now: now, load: load, fit: { _ in .fits })
    return verified.map { verified in
      SeatingQuestion(
        bookingID: question.excluding ?? "availability", party: question.party, slot: verified,
        wishes: question.wishes, extraChairs: question.byHost, now: now)
    }
  }

  /// What starts in the pacing intervals of these slots, counted as the store counts it.
  private func loads(of slots: [ServiceSlot]) async throws(DeskError) -> [TimeWindow: PacingLoad] {
    let intervals = slots.compactMap { context.verifier.pacingInterval(containing: $0.dining.start) }
    guard let first = intervals.map(\.start).min(), let last = intervals.map(\.end).max() else { return [:] }
    var query = BookingQuery()
    query.restaurantID = context.restaurant.id
    query.startsWithin = TimeWindow(start: first, end: last)
    var loads: [TimeWindow: PacingLoad] = [:]
    for booking in try await ledger.allBookings(query) where booking.countsForPacing(without: question.excluding) {
      guard let interval = context.verifier.pacingInterval(containing: booking.slot.dining.start) else { continue }
      loads[interval, default: PacingLoad()].covers += booking.party
      loads[interval, default: PacingLoad()].parties += 1
      if booking.origin == .guest { loads[interval, default: PacingLoad()].coversOnline += booking.party }
    }
    return loads
  }
}

extension Booking {
  fileprivate func countsForPacing(without id: BookingID?) -> Bool {
    self.id != id && status != .cancelled && state != .created && origin != .walkIn
  }
}

extension AvailableTime {
  fileprivate init(_ seating: SeatingQuestion, _ plan: SeatingPlan, moves: Int = 0) {
    self.init(
      start: seating.slot.dining.start, service: seating.slot.service, tables: plan.tables,
      spareSeats: plan.spareSeats, moves: moves)
  }
}

extension PlanBooking {
  init(_ question: SeatingQuestion) {
    self.init(
      id: question.bookingID, party: question.party, slot: question.slot, wishes: question.wishes,
      extraChairs: question.extraChairs, now: question.now)
  }
}

extension Timestamp {
  /// Microseconds between this time and another, whichever is earlier.
  fileprivate func distance(to other: Timestamp) -> Int64 { abs(microseconds - other.microseconds) }
}
