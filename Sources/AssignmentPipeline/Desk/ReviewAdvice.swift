import AssignmentStore
import BookingDomain
import SeatingEngine

/// What could be done about a booking in review: tables that are free for it, and other times.
struct ReviewAdvice: Sendable {
  /// Tables and times offered at most.
  static let tables = 3
  static let times = 4

  let ledger: DeskLedger
  let booking: Booking
  let days: DayReadings

  func item() async throws(DeskError) -> ReviewItem {
    let context = try await ledger.freshRestaurant(booking.restaurantID)
    let alertAt = ledger.environment.reviewTimes(of: booking, policy: context.restaurant.review).alertAt
    let finder = StartFinder(ledger: ledger, context: context, question: StartQuestion(booking), days: days)
    let start = booking.slot.dining.start
    let times = try await finder.nearest(to: start, limit: Self.times + 1).filter { $0.start != start }
    return ReviewItem(
      booking: booking, alertAt: alertAt,
      isAlerting: ledger.environment.businessClock.now(for: booking.id) >= alertAt,
      tables: try await suggestions(context), times: Array(times.prefix(Self.times)))
  }

  /// The planner's best; then what others could make room for; then those that need a host's extra chairs, or shorter
  /// buffers.
  private func suggestions(_ context: RestaurantContext) async throws(DeskError) -> [TableSuggestion] {
    let now = ledger.environment.businessClock.now(for: booking.id)
    let reading = try await ledger.reading(context, around: booking.slot.block, excluding: booking.id)
    var question = SeatingQuestion(booking, now: now)
    var found = try await free(question, reading.snapshot, context)
    if found.isEmpty, let room = try await room(question, context) { found.append(room) }
    if found.count < Self.tables, !question.extraChairs {
      question.extraChairs = true
      found += try await free(question, reading.snapshot, context)
    }
    if found.count < Self.tables {
      found += try await SqueezeAdvice(ledger: ledger, booking: booking, context: context).suggestions(reading)
    }
    var known: Set<Way> = []
    return Array(found.filter { known.insert(Way($0)).inserted }.prefix(Self.tables))
  }

  /// What tells suggestions apart.
  private struct Way: Hashable {
    var tables: [TableNumber]
    var isFree: Bool
    var needsSqueeze: Bool

    init(_ suggestion: TableSuggestion) {
      tables = suggestion.tables
      isFree = suggestion.moves.isEmpty
      needsSqueeze = suggestion.needsSqueeze
    }
  }

  private func free(
    _ question: SeatingQuestion, _ snapshot: AvailabilitySnapshot, _ context: RestaurantContext
  ) async throws(DeskError) -> [TableSuggestion] {
    try await ledger.plan(question, in: snapshot, context: context).plans.map { plan in
      TableSuggestion(tables: plan.tables, spareSeats: plan.spareSeats, why: words(plan, context))
    }
  }

  /// The smallest set of moves; a person decides, so that the house need not optimise automatically.
  private func room(
    _ question: SeatingQuestion, _ context: RestaurantContext
  ) async throws(DeskError) -> TableSuggestion? {
    guard let reading = try await days.reading(context, on: booking.slot.serviceDate, for: .person) else { return nil }
    let limits = ledger.environment.searchLimits.quick
    let found = try await ledger.compute(for: context) { reading.room(for: PlanBooking(question), limits: limits) }
    guard let found else { return nil }
    let moves = found.plan.moves.dropLast().compactMap { move in
      reading.bookings[move.bookingID].map { DayMove(move, of: $0) }
    }
    let once = moves.map { move in
      let time = context.restaurant.calendar.clockTime(move.start)
      return "the party of \(move.party) at \(time) has moved to \(move.to.words)"
    }
    return TableSuggestion(
      tables: found.seating.tables, spareSeats: found.seating.spareSeats,
      why: "\(words(found.seating, context)), once \(once.joined(separator: " and "))", moves: moves)
  }

  private func words(_ plan: SeatingPlan, _ context: RestaurantContext) -> String {
    Self.words(plan, party: booking.party, context)
  }

  /// For example `Table 4 in Terrace: 1 spare seat`.
  static func words(_ plan: SeatingPlan, party: Int, _ context: RestaurantContext) -> String {
    let members = context.floor.tables(plan.tables).map { context.floor.tables[$0] }
    let place = members.first.map { " in \($0.zone)" } ?? ""
    let joined = plan.tables.count > 1 ? ", joined" : ""
    let fit = fit(plan, party: party, seats: members.reduce(0) { $0 + $1.capacity })
    return "\(plan.tables.words.capitalizedFirst)\(place)\(joined): \(fit)"
  }

  private static func fit(_ plan: SeatingPlan, party: Int, seats: Int) -> String {
    if seats < party { return (party - seats).counted("extra chair") }
    return plan.spareSeats == 0 ? "fits exactly" : plan.spareSeats.counted("spare seat")
  }
}
