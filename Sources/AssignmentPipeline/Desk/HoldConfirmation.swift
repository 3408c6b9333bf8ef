import AssignmentStore
import BookingDomain
import Resilience
import SeatingEngine

/// A hold becomes a confirmed booking on the tables held, in one transaction.
struct HoldConfirmation: Sendable {
  let ledger: DeskLedger
  let hold: Hold
  let id: BookingID
  let guest: Guest?
  let person: ChangeRequest
  let trace: TraceID

  func draft() async throws(DeskError) -> DeskDraft {
    let context = try await ledger.restaurant(hold.restaurantID)
    // The floor may have been changed under the hold.
    do {
      try context.floor.check(
        tables: hold.tables, party: hold.party, extraChairs: false, accessible: hold.wishes.needsAccessibleTable)
    } catch { throw DeskError(error) }
    let seating = try await seating(context)
    var draft = try ledger.confirmedFromStart(record(context), seating, by: ledger.person(person))
    draft.unit.holdConversion = HoldConversion(holdID: hold.id, bookingID: id, tables: hold.tables)
    draft.unit.restaurantRevision = context.guardRevision
    draft.unit.pacing = pacing(context)
    return draft
  }

  private func record(_ context: RestaurantContext) -> BookingRecord {
    // A service is named only where it is not the one that the start alone would give: a later change of the start would
    // otherwise be held to it.
    let start = hold.slot.dining.start
    let usual = try? context.verifier.slot(for: CapacityRequest(party: hold.party, start: start)).service
    let asked = NewBooking(
      restaurantID: hold.restaurantID, origin: .guest, guest: guest, party: hold.party, start: start,
      service: usual == hold.slot.service ? nil : hold.slot.service, wishes: hold.wishes)
    var record = BookingRecord(asked, id: id, slot: hold.slot, at: ledger.environment.clock.now(), trace: trace)
    record.work.automation = context.restaurant.automation
    return record
  }

  /// Holds are no share of the pacing: others may have taken the last of it.
  private func pacing(_ context: RestaurantContext) -> PacingGuard? {
    let request = CapacityRequest(party: hold.party, start: hold.slot.dining.start)
    return context.verifier.pacingInterval(containing: request.start).map {
      PacingGuard(request, in: context.restaurant, interval: $0, excluding: id)
    }
  }

  /// The plan that the held tables are, with the decision as it would be made without the hold.
  private func seating(_ context: RestaurantContext) async throws(DeskError) -> FirstSeating {
    let startedAt = ledger.environment.monotonic.now
    let flags = ledger.environment.flags()
    let reading = try await ledger.reading(context, around: hold.slot.block, excluding: nil)
    let others = reading.claims.filter { $0.groupID != hold.id }
    let snapshot = AvailabilitySnapshot(
      floor: context.floor, span: reading.snapshot.span, claims: others.map(\.seen),
      waiting: reading.snapshot.waiting, pastSuccess: reading.snapshot.pastSuccess)
    let question = SeatingQuestion(
      bookingID: id, party: hold.party, slot: hold.slot, wishes: hold.wishes,
      now: ledger.environment.businessClock.now(for: id))
    let planned = try await ledger.plan(question, in: snapshot, context: context, flags: flags)
    let plan = planned.plans.first { $0.tables == hold.tables }
    return FirstSeating(
      plan: plan ?? heldPlan(context, flags), record: plan == nil ? nil : planned.record, flags: flags,
      startedAt: startedAt)
  }

  /// Better tables came free meanwhile: the held ones are kept all the same.
  private func heldPlan(_ context: RestaurantContext, _ flags: FeatureFlags) -> SeatingPlan {
    let seats = context.floor.seats(of: hold.tables)
    return SeatingPlan(
      tables: hold.tables, strategy: flags.flow(for: hold.restaurantID) == .v3 ? .optimalFit : .legacyBestFit, score: 0,
      parts: [],
      spareSeats: max(0, seats - hold.party))
  }
}
