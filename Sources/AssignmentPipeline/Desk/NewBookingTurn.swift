import AssignmentStore
import BookingDomain
import Resilience
import SeatingEngine

/// A new booking that V3 decides in the very transaction that stores it.
///
/// Nobody can know of the booking before, so that it needs no lease; and it never holds a permit that another could see, so
/// that a free one and an empty line are enough. Whatever speaks against it, a line, a planner that is slow or sick, no
/// table, sends the booking the usual way: stored first, with its job, and decided by a worker.
final class NewBookingTurn: Sendable {
  /// After so many drafts the booking is stored first.
  private static let tries = 3

  private struct State {
    var hasTurn = false
    var tries = 0
  }

  private let ledger: DeskLedger
  private let new: NewBooking
  private let id: BookingID
  private let person: ChangeRequest
  private let trace: TraceID
  private let state = Locked(State())

  init(ledger: DeskLedger, new: NewBooking, id: BookingID, person: ChangeRequest, trace: TraceID) {
    self.ledger = ledger
    self.new = new
    self.id = id
    self.person = person
    self.trace = trace
  }

  /// The booking from `created` to `confirmed`; nil when it is to be stored first.
  func draft(_ context: RestaurantContext) async throws(DeskError) -> DeskDraft? {
    let flags = ledger.environment.flags()
    guard context.restaurant.automation == .auto, flags.flow(for: new.restaurantID) == .v3,
      !flags.isPaused(new.restaurantID), mayDecide(flags)
    else { return nil }
    let (at, startedAt) = (ledger.environment.clock.now(), ledger.environment.monotonic.now)
    guard let verified = try await verified(context) else { return nil }
    let reading = try await ledger.reading(context, around: verified.slot.block, excluding: nil)
    try await ledger.reach(.snapshotRead)
    guard let answer = await planned(verified.slot, reading.snapshot, context), let plan = answer.0.plans.first
    else { return nil }
    try await ledger.reach(.planned)
    var seating = FirstSeating(plan: plan, record: answer.0.record, flags: flags, startedAt: startedAt)
    seating.steps = [
      .started, .lockAcquired(waited: .zero), .permitAcquired,
      .planned(considered: answer.0.ranking.consideredCount, best: plan, took: answer.took),
    ]
    let draft = try draft(verified, seating, at: at)
    try await ledger.reach(.confirming)
    return draft
  }

  /// Gives the restaurant's turn back, if it was taken.
  func giveBack() {
    let hadTurn = state.withLock { state in
      defer { state.hasTurn = false }
      return state.hasTurn
    }
    if hadTurn { ledger.environment.turns.giveBack(new.restaurantID) }
  }

  private func mayDecide(_ flags: FeatureFlags) -> Bool {
    let environment = ledger.environment
    guard environment.decidesAtOnce(), environment.breakers[.storage].position == .closed,
      environment.breakers[.engine(new.restaurantID)].position == .closed, !environment.outage.isLong
    else { return false }
    return state.withLock { state in
      state.tries += 1
      guard state.tries <= Self.tries else { return false }
      if state.hasTurn { return !environment.turns.isCrowded(new.restaurantID) }
      state.hasTurn = environment.turns.take(new.restaurantID, limit: flags.maxParallel)
      return state.hasTurn
    }
  }

  /// What the rules refuse is stored all the same, and ends in `failed` with its reason.
  private func verified(_ context: RestaurantContext) async throws(DeskError) -> DeskLedger.Verified? {
    do throws(DeskError) {
      return try await ledger.verify(CapacityRequest(new), wishes: new.wishes, for: id, context: context)
    } catch {
      guard case .rejected = error else { throw error }
      return nil
    }
  }

  private func planned(
    _ slot: ServiceSlot, _ snapshot: AvailabilitySnapshot, _ context: RestaurantContext
  ) async -> (Planned, took: Duration)? {
    let environment = ledger.environment
    let question = SeatingQuestion(
      bookingID: id, party: new.party, slot: slot, wishes: new.wishes, extraChairs: new.origin.isHost,
      now: environment.businessClock.now(for: id))
    let answer = await environment.ask(
      V3Planner(limit: environment.settings.plansPerSnapshot), question, snapshot, context: context,
      within: environment.settings.planningAtOnceLimit)
    guard case .finished(let planned, let took) = answer, planned.flaw(on: context.floor, for: question) == nil
    else { return nil }
    return (planned, took)
  }

  /// - Parameter time: when it was asked for, before anything was read.
  private func draft(
    _ verified: DeskLedger.Verified, _ seating: FirstSeating, at time: Timestamp
  ) throws(DeskError) -> DeskDraft {
    var person = ledger.person(person)
    person.at = time
    var record = BookingRecord(new, id: id, slot: verified.slot, at: time, trace: trace)
    record.work.automation = .auto
    var draft = try ledger.seatedFromStart(record, seating, verified, by: person)
    draft.unit.turn = TurnGuard(restaurantID: new.restaurantID, limit: seating.flags.maxParallel)
    return draft
  }
}
