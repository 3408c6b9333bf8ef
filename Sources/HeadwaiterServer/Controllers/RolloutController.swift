import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird
import Rollout

/// The rollout: what it says, and what people do about it.
struct RolloutController: Sendable {
  let edge: Edge

  private var desk: any RolloutDesk { edge.dependencies.rolloutDesk }

  func read(_ call: Call) async throws -> Reply { try reply(try await desk.report(call.caller)) }

  func history(_ call: Call) async throws -> Reply {
    let limit = try call.query.int("limit", 1...1_000) ?? 100
    return try .json(RolloutHistoryBody(try await desk.history(limit: limit, call.caller)))
  }

  /// The plan in force, as a file that can be edited and put back.
  func plan(_ call: Call) async throws -> Reply {
    let stored = try await desk.stored(call.caller)
    return .bytes(
      RolloutPlanFile.encode(stored.plan ?? .standard), contentType: "application/json",
      tag: EntityTag.text(stored.revision))
  }

  func replacePlan(_ call: Call) async throws -> Reply {
    let reason = try call.query.required("reason", call.query.text("reason", WireLimits.reason))
    return try reply(try await desk.replacePlan(try plan(call.body), reason: reason, request(call)))
  }

  func advance(_ call: Call) async throws -> Reply {
    let body = call.body.isEmpty ? nil : try call.read(RolloutAdvanceBody.self)
    var request = request(call)
    request.start.environment = body?.environment.flatMap(RolloutEnvironment.init)
    return try reply(try await desk.perform(.advance, request))
  }

  func hold(_ call: Call) async throws -> Reply {
    try await perform(.hold(reason: try call.read(RolloutReasonBody.self).reason), call)
  }

  func resume(_ call: Call) async throws -> Reply { try await perform(.resume, call) }

  func abort(_ call: Call) async throws -> Reply {
    try await perform(.abort(reason: try call.read(RolloutReasonBody.self).reason), call)
  }

  func force(_ call: Call) async throws -> Reply {
    let body = try call.read(RolloutForceBody.self)
    return try await perform(.force(reason: body.reason, to: body.phase), call)
  }

  func drill(_ call: Call) async throws -> Reply { try reply(try await desk.drill(request(call)), status: 202) }

  func signOff(_ call: Call) async throws -> Reply {
    try await perform(.signOff(run: try call.read(RolloutSignOffBody.self).run), call)
  }

  func incident(_ call: Call) async throws -> Reply {
    let body = try call.read(RolloutIncidentBody.self)
    return try await perform(.incident(IncidentLevel(rawValue: body.level) ?? .p0, text: body.text), call)
  }

  func knownIssue(_ call: Call) async throws -> Reply {
    try await perform(.knownIssue(text: try call.read(RolloutTextBody.self).text), call)
  }

  private func perform(_ command: RolloutCommand, _ call: Call) async throws -> Reply {
    try reply(try await desk.perform(command, request(call)))
  }

  private func request(_ call: Call) -> RolloutRequest {
    RolloutRequest(caller: call.caller, expectedRevision: call.expectedVersion)
  }

  private func reply(_ report: RolloutReport, status: Int = 200) throws -> Reply {
    try .json(RolloutBody(report), status: status, tag: report.stored.revision)
  }

  private func plan(_ body: [UInt8]) throws -> RolloutPlan {
    do {
      return try RolloutPlanFile.decode(body, source: "body")
    } catch {
      let isJSON = error.isOfJSON
      throw ProblemError(
        Problem(
          error, status: isJSON ? 422 : 400, code: isJSON ? "invalid_rollout_plan" : "malformed_json",
          title: isJSON ? "The rollout plan cannot be taken" : "The body is no JSON"))
    }
  }
}
