import BookingDomain
import SeatingEngine

/// What could be done about a booking in review: tables that are free for it, and other times.
struct ReviewAdvice: Sendable {
  /// Tables and times offered at most.
  static let tables = 3
  static let times = 4

  let ledger: DeskLedger
  let booking: Booking

  func item() async throws(DeskError) -> ReviewItem {
    let context = try await ledger.freshRestaurant(booking.restaurantID)
    let alertAt = ledger.environment.reviewTimes(of: booking, policy: context.restaurant.review).alertAt
    let finder = StartFinder(ledger: ledger, context: context, question: StartQuestion(booking))
    let start = booking.slot.dining.start
    let times = try await finder.nearest(to: start, limit: Self.times + 1).filter { $0.start != start }
    return ReviewItem(
      booking: booking, alertAt: alertAt,
      isAlerting: ledger.environment.businessClock.now(for: booking.id) >= alertAt,
      tables: try await suggestions(context), times: Array(times.prefix(Self.times)))
  }

  /// The planner's best, then those that need a host's extra chairs.
  private func suggestions(_ context: RestaurantContext) async throws(DeskError) -> [TableSuggestion] {
    let now = ledger.environment.businessClock.now(for: booking.id)
    let snapshot = try await ledger.reading(context, around: booking.slot.block, excluding: booking.id).snapshot
    var question = SeatingQuestion(booking, now: now)
    var plans = try await ledger.plan(question, in: snapshot, context: context).plans
    if plans.count < Self.tables {
      question.extraChairs = true
      let known = Set(plans.map(\.tables))
      let more = try await ledger.plan(question, in: snapshot, context: context).plans
      plans += more.filter { !known.contains($0.tables) }
    }
    return plans.prefix(Self.tables).map { plan in
      TableSuggestion(tables: plan.tables, spareSeats: plan.spareSeats, why: words(plan, context))
    }
  }

  /// For example `Table 4 in Terrace: 1 spare seat`.
  private func words(_ plan: SeatingPlan, _ context: RestaurantContext) -> String {
    let members = context.floor.tables(plan.tables).map { context.floor.tables[$0] }
    let place = members.first.map { " in \($0.zone)" } ?? ""
    let joined = plan.tables.count > 1 ? ", joined" : ""
    let fit = fit(plan, seats: members.reduce(0) { $0 + $1.capacity })
    return "\(TableExplainer.words(plan.tables).capitalizedFirst)\(place)\(joined): \(fit)"
  }

  private func fit(_ plan: SeatingPlan, seats: Int) -> String {
    if seats < booking.party { return Self.count(booking.party - seats, "extra chair") }
    return plan.spareSeats == 0 ? "fits exactly" : Self.count(plan.spareSeats, "spare seat")
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
