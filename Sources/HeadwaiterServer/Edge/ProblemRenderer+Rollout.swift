import AssignmentPipeline
import BookingDomain
import HeadwaiterAPI
import Hummingbird
import Rollout

extension ProblemRenderer {
  func staleRollout(_ revision: Int) -> ProblemError {
    var error = ProblemError(412, "stale_version", "The rollout has changed", "it is at revision \(revision) now")
    error.problem.revision = revision
    error.headers[.eTag] = EntityTag.text(revision)
    return error
  }

  func forbidden(_ role: Role, _ allowed: Set<Role>) -> ProblemError {
    var error = ProblemError(
      403, "forbidden", "This key may not do that", "its role is \(role.rawValue)")
    error.problem.allowed = allowed.map(\.rawValue).sorted().joined(separator: ", ")
    return error
  }

  /// What cannot be is 422, what the key cannot do 403; the rest is refused as things stand.
  func rollout(_ refusal: RolloutRefusal) -> ProblemError {
    switch refusal {
    case .textMissing, .unknownPhase, .wrongRun:
      ProblemError(422, refusal.code, "The rollout cannot take this", refusal.description)
    case .notASigner, .signOffNeedsKey:
      ProblemError(403, refusal.code, "This key does not sign", refusal.description)
    case .notReady(let missing): notReady(refusal, missing)
    case .notNow, .lastPhase, .alreadySigned, .drilling, .planInForce, .planWithoutPhase,
      .planWithoutEnvironment:
      ProblemError(409, refusal.code, "The rollout does not do this now", refusal.description)
    }
  }

  private func notReady(_ refusal: RolloutRefusal, _ missing: [RolloutRefusal.Missing]) -> ProblemError {
    var error = ProblemError(409, refusal.code, "The rollout is not ready", refusal.description)
    error.problem.missing = missing.map(\.description)
    return error
  }
}
