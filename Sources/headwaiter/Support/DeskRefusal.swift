import AssignmentPipeline
import BookingDomain
import Rollout

/// A desk's refusal as one line for the person who called a command.
enum DeskRefusal {
  static func words(_ error: DeskError) -> String {
    switch error {
    case .notFound(let kind, let id): "there is no \(kind) \"\(ShownText.escaped(id))\""
    case .invalid(let field, let message, let allowed): "\(field) \(message); allowed: \(allowed)"
    case .rejected(let rejection): "\(rejection.rawValue): \(OutcomeReason(rejection).words)"
    case .noTable: "no_table: no table or combination is free at that time"
    case .tableTaken(let table): "table_taken: table \(table) is taken in that time"
    case .unsuitableTables(let code, let message): "\(code): \(message)"
    case .holdExpired(let id): "hold \(id) ran out or was used"
    case .tooManyHolds(let limit): "a caller may have \(limit) live holds at once"
    case .stale(let booking): "booking \(booking.id) has changed meanwhile; it is at version \(booking.version)"
    case .staleRestaurant(let revision): "the restaurant has changed meanwhile; it is at revision \(revision)"
    case .staleRollout(let revision): "the rollout has changed meanwhile; it is at revision \(revision)"
    case .rollout(.notReady(let missing)):
      "the rollout is not ready:" + missing.map { "\n  \($0.description)" }.joined()
    case .rollout(let refusal): refusal.description
    case .forbidden(let role, let allowed):
      "a key of role \(role.rawValue) may not do this; allowed: \(allowed.map(\.rawValue).sorted().joined(separator: ", "))"
    case .transition(let refusal): refusal.description
    case .status(let refusal): refusal.description
    case .nothingToUndo(let why): "there is nothing to undo: \(why)"
    case .dayPlan(let refusal): "\(refusal.code): \(refusal.message)"
    case .affected(let ids): "\(ids.count) future bookings are affected: \(list(ids))"
    case .idempotencyConflict: "another request was quicker; try again"
    case .unavailable: "the database cannot be written at the moment; try again"
    case .restaurantPaused: "the restaurant is paused; it goes on with `headwaiter flags restaurant ID clear`"
    case .plannerUnavailable: "tables cannot be looked for at the moment; try again"
    }
  }

  /// What does not exist or cannot be is bad input; what is refused as things stand is a finding.
  static func status(_ error: DeskError) -> ExitStatus {
    switch error {
    case .notFound, .invalid, .unsuitableTables, .forbidden: .badInput
    case .rollout(.textMissing), .rollout(.unknownPhase), .rollout(.wrongRun), .rollout(.signOffNeedsKey),
      .rollout(.notASigner):
      .badInput
    case .unavailable, .plannerUnavailable: .critical
    default: .finding
    }
  }

  private static func list(_ ids: [BookingID]) -> String {
    let shown = ids.prefix(20).map(\.rawValue).joined(separator: ", ")
    return ids.count > 20 ? shown + " and \(ids.count - 20) more" : shown
  }
}
