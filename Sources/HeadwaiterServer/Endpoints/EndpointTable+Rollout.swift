import AssignmentPipeline
import HeadwaiterAPI
import Hummingbird

/// The rollout. Every change takes the revision as `If-Match`.
extension EndpointTable {
  static let rollout: [Endpoint] = [
    Endpoint(
      operation: .readRollout, method: .get, path: path, access: .rolloutReaders,
      summary: "The rollout's phase, its criteria, what is missing, and what to do next.",
      success: [.ok("Rollout", "As it stands.")], isTagged: true),
    Endpoint(
      operation: .readRolloutHistory, method: .get, path: path + "/history", access: .rolloutReaders,
      summary: "What happened in the rollout, oldest first: the last ones.", query: [.rolloutLimit],
      success: [.ok("RolloutHistory", "The records.")], problems: [422]),
    Endpoint(
      operation: .readRolloutPlan, method: .get, path: path + "/plan", access: .rolloutReaders,
      summary: "The plan in force, as a file.", success: [.ok("RolloutPlan", "Phases, criteria and rules.")],
      isTagged: true),
    Endpoint(
      operation: .readRolloutReport, method: .get, path: path + "/report", access: .rolloutReaders,
      summary: "The verification report of a run, as a page to read and print.", query: [.rolloutRun],
      success: [.init(status: 200, schema: nil, description: "The page.", contentType: "text/html")],
      problems: [404, 422]),
    Endpoint(
      operation: .replaceRolloutPlan, method: .put, path: path + "/plan", access: .rolloutMovers,
      summary: "Puts another plan in force, in the middle of a rollout; recorded.",
      query: [.init(name: "reason", schema: .text(WireLimits.reason), description: "Why; recorded.", isRequired: true)],
      request: "RolloutPlan", bodyLimit: 1 << 20, success: [.ok("Rollout", "As it stands then.")], problems: [409],
      isGuarded: true),
    change(
      .advanceRollout, "advance", "Enters the next phase, if the gate lets it.", "RolloutAdvance", isOptional: true),
    change(.holdRollout, "hold", "Holds the phase.", "RolloutReason"),
    change(.resumeRollout, "resume", "Goes on after a hold, or enters a phase again after a rollback."),
    change(.abortRollout, "abort", "Ends the rollout: V3 and shadow off.", "RolloutReason"),
    change(.forceRollout, "force", "Enters a phase whatever the gate says; recorded.", "RolloutForce"),
    change(.drillRollout, "drill", "Begins a timed rollback drill: V3 off, and on again.", status: 202),
    change(.signRolloutOff, "sign-offs", "Signs the run off in the key's role.", "RolloutSignOff", .rolloutWitnesses),
    change(
      .reportIncident, "incidents", "Records an incident; P0 and P1 roll back.", "RolloutIncident", .rolloutWitnesses),
    change(
      .recordKnownIssue, "known-issues", "Records what is known and stops nothing.", "RolloutText", .rolloutWitnesses),
  ]

  private static let path = "/v1/admin/rollout"

  private static func change(
    _ operation: Operation, _ name: String, _ summary: String, _ request: String? = nil,
    _ access: Access = .rolloutMovers, isOptional: Bool = false, status: Int = 200
  ) -> Endpoint {
    Endpoint(
      operation: operation, method: .post, path: "\(path)/\(name)", access: access, summary: summary,
      request: request, bodyIsOptional: isOptional,
      success: [.init(status: status, schema: "Rollout", description: "The rollout as it stands then.")],
      isGuarded: true)
  }
}

extension Endpoint.QueryParameter {
  fileprivate static let rolloutRun = Self(
    name: "run", schema: .integer(1...1_000_000), description: "The run; the last one unless given.")

  fileprivate static let rolloutLimit = Self(
    name: "limit", schema: .integer(1...1_000), description: "At most so many; 100 unless given.")
}

extension Access {
  static let rolloutReaders = Access.roles(RolloutRoles.readers)
  static let rolloutMovers = Access.roles(RolloutRoles.movers)
  static let rolloutWitnesses = Access.roles(RolloutRoles.witnesses)
}
