import AssignmentStore
import BookingDomain
import SeatingEngine

/// Tables that a booking in review could have if buffers were shortened.
struct SqueezeAdvice: Sendable {
  /// Tables that are looked at closely; each costs reads of the neighbours.
  private static let looks = 5

  let ledger: DeskLedger
  let booking: Booking
  let context: RestaurantContext

  /// The one with fewest spare seats and tables; none where nothing would help.
  func suggestions(_ reading: SnapshotBuilder.Reading) async throws(DeskError) -> [TableSuggestion] {
    for plan in candidates(reading) {
      do throws(DeskError) {
        _ = try await Squeeze(ledger: ledger, booking: booking, tables: plan.tables, context: context)
      } catch {
        guard case .tableTaken = error else { throw error }
        continue
      }
      let words = ReviewAdvice.words(plan, party: booking.party, context)
      return [
        TableSuggestion(
          tables: plan.tables, spareSeats: plan.spareSeats, why: "\(words), with shorter buffers", needsSqueeze: true)
      ]
    }
    return []
  }

  /// What would be free if nobody had buffers, as far as claims tell.
  private func candidates(_ reading: SnapshotBuilder.Reading) -> [SeatingPlan] {
    let buffers = context.restaurant.buffers
    guard buffers.beforeMinutes + buffers.afterMinutes > 0 else { return [] }
    let claims = reading.claims.map { claim in
      var seen = claim.seen
      if claim.kind == .allocation {
        let start = seen.window.start.adding(minutes: buffers.beforeMinutes)
        let end = seen.window.end.adding(minutes: -buffers.afterMinutes)
        seen.window = TimeWindow(start: min(start, end), end: max(start, end))
      }
      return seen
    }
    let bare = AvailabilitySnapshot(floor: context.floor, span: reading.snapshot.span, claims: claims)
    var question = SeatingQuestion(booking, now: ledger.environment.businessClock.now(for: booking.id))
    question.slot.block = question.slot.dining
    question.extraChairs = true
    return context.engine.rank(question, in: bare, limit: Self.looks).plans
  }
}
