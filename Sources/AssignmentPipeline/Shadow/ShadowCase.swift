import AssignmentStore
import BookingDomain
import SeatingEngine

/// A booking as legacy's first quote saw it, with what legacy answered.
struct ShadowCase: Sendable {
  let booking: Booking
  let question: SeatingQuestion
  /// The very one that legacy was given.
  let reading: SnapshotBuilder.Reading
  let context: RestaurantContext
  /// Nil where the quote failed: the fault is legacy's.
  let legacy: Quote?

  struct Quote: Sendable {
    var plan: SeatingPlan?
    var took: Duration
  }
}

extension ShadowCase {
  /// Legacy's answer as it is stored.
  var legacySide: ShadowSide {
    guard let legacy else { return ShadowSide(outcome: "error") }
    guard let plan = legacy.plan else {
      return ShadowSide(outcome: "retry", milliseconds: legacy.took.inMilliseconds)
    }
    let outcome = context.restaurant.automation == .suggest ? "manual_review" : "confirmed"
    return ShadowSide(
      outcome: outcome, tables: plan.tables, spareSeats: plan.spareSeats, milliseconds: legacy.took.inMilliseconds)
  }

  var legacyFind: ShadowFind { legacy == nil ? .fault : ShadowFind(legacySide) }
}

/// What went wrong in shadow, as counted.
public enum ShadowFault: String, Sendable, Error, CaseIterable {
  case plannerFailed = "planner_failed"
  case planningTimeout = "planning_timeout"
  /// It proposed what the floor does not have.
  case impossiblePlan = "impossible_plan"
  /// What was found could not be written, and is lost.
  case storage
}

/// What came of a case.
struct ShadowFinding: Sendable {
  var comparison: ShadowComparison
  /// In order; the comparison's own is the last.
  var events: [ObservabilityEvent]
}
