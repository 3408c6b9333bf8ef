import AssignmentStore
import BookingDomain
import SeatingEngine

/// Bookings whose table may still be taken when they come, because the party before them runs over.
struct RiskFinder: Sendable {
  /// How far ahead of a party that runs over the next one is looked for.
  static let horizonMinutes = 60

  let ledger: DeskLedger
  let context: RestaurantContext

  func risks() async throws(DeskError) -> [RiskNote] {
    let now = ledger.houseNow
    let seated = try await seated(now).filter { runsOver($0, now) }
    guard !seated.isEmpty else { return [] }
    let span = TimeWindow(start: now, end: now.adding(minutes: 2 * Self.horizonMinutes))
    let latest = max(span.end, seated.map(\.slot.block.end).max() ?? span.end).adding(minutes: Self.horizonMinutes)
    let reading = try await ledger.reading(
      context, around: TimeWindow(start: span.start, end: latest), excluding: nil)
    var notes: [RiskNote] = []
    for party in seated {
      for next in try await next(after: party, now, reading.claims) {
        notes.append(try await note(next, causedBy: party, reading, now))
      }
    }
    return notes
  }

  private func seated(_ now: Timestamp) async throws(DeskError) -> [Booking] {
    var query = BookingQuery()
    query.restaurantID = context.restaurant.id
    query.startsWithin = TimeWindow(start: now.adding(.seconds(-2 * 86_400)), end: now.adding(.seconds(86_400)))
    query.statuses = [.seated]
    return try await ledger.allBookings(query)
  }

  /// Past its dining window, or extended beyond its turn.
  private func runsOver(_ party: Booking, _ now: Timestamp) -> Bool {
    if party.slot.dining.end <= now { return true }
    let service = context.restaurant.servicePeriods.first { $0.name == party.slot.service }
    guard let turn = party.durationMinutes ?? service?.turnMinutes(party: party.party) else { return false }
    return party.slot.dining.length > .minutes(turn)
  }

  /// The next party on any of the tables.
  private func next(
    after party: Booking, _ now: Timestamp, _ claims: [Claim]
  ) async throws(DeskError) -> [Booking] {
    let end = max(now, party.slot.block.end)
    var found: [BookingID: Timestamp] = [:]
    for table in party.tables {
      let next = claims.filter { claim in
        claim.table == table && claim.kind == .allocation && claim.bookingID != party.id
          && claim.window.start >= party.slot.block.end
          && claim.window.start <= end.adding(minutes: Self.horizonMinutes)
      }
      .min { $0.window.start < $1.window.start }
      if let next, let id = next.bookingID { found[id] = next.window.start }
    }
    var result: [Booking] = []
    for (id, _) in found.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      let booking = try await ledger.booking(id, .local())
      if booking.status == .confirmed { result.append(booking) }
    }
    return result
  }

  /// A move that would help: the best tables without those of the party that runs over.
  private func note(
    _ next: Booking, causedBy party: Booking, _ reading: SnapshotBuilder.Reading, _ now: Timestamp
  ) async throws(DeskError) -> RiskNote {
    var floor = reading.snapshot.excluding(next.id)
    for table in party.tables { floor.insert(SnapshotClaim(table: table, window: next.slot.block)) }
    let plan = try await ledger.plan(SeatingQuestion(next, now: now), in: floor, context: context).plans.first
    return RiskNote(bookingID: next.id, causedBy: party.id, suggestedTables: plan?.tables ?? [])
  }
}
