import AssignmentStore
import BookingDomain
import Rollout

/// What is left to do once V3 has every restaurant for good: code, flags, tables, dates.
enum CleanupChecklist {
  /// Days between entering the clean-up and taking legacy away, so that the classic rollback stays possible for a while.
  static let graceDays = 30

  /// - Parameter environment: of the phase that is entered.
  static func items(of runs: [RolloutRun], in environment: RolloutEnvironment?, now: Timestamp) -> [String] {
    let due = now.adding(.seconds(graceDays * 86_400))
    let full = runs.last {
      $0.environment == environment && $0.decidesV3 && $0.sharePercent == 100 && $0.enteredAt != nil
    }
    return [
      "dates: V3 has had every restaurant since \(full?.enteredAt?.description ?? now.description)",
      "dates: keep legacy as a fallback until \(due.description) at least",
      "code: remove the legacy flow and shadow, and the choice between flows",
      "flags: set \(FeatureFlags.v3Name)=true in every environment, then let the override go",
      "flags: remove \(FeatureFlags.shadowName) from every environment, and let the override go",
      "flags: let \(FlagName.rolloutShare.rawValue) go, and every restaurant that is forced in or out",
      "tables: shadow_comparisons is deleted by age; drop it with the code that fills it",
      "tables: keep rollout_runs and rollout_records as the account of the rollout",
      "code: alerts and panels on auto_assign events have nothing to show any more",
    ]
  }
}
