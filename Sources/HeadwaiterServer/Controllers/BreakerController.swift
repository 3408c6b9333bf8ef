import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Foundation
import HeadwaiterAPI
import Hummingbird
import Resilience

/// Circuit breakers, and forcing them for all instances.
struct BreakerController: Sendable {
  let edge: Edge

  func list(_ call: Call) async throws -> Reply {
    let breakers = try await edge.dependencies.breakers.list(call.caller)
    return try .json(BreakersBody(breakers: breakers.map(BreakerBody.init)))
  }

  func force(_ call: Call) async throws -> Reply {
    let name = try call.breakerName()
    let body = try call.read(BreakerForceBody.self)
    let position: BreakerOverride.Position =
      switch body.position {
      case .open: .open
      case .closed: .closed
      }
    let status = try await edge.dependencies.breakers.force(name, position, reason: body.reason, call.caller)
    return try .json(BreakerBody(status))
  }

  func release(_ call: Call) async throws -> Reply {
    let name = try call.breakerName()
    let reason = try call.query.required("reason", call.query.text("reason", WireLimits.reason))
    let status = try await edge.dependencies.breakers.release(name, reason: reason, call.caller)
    return try .json(BreakerBody(status))
  }
}

extension Call {
  /// The path's breaker; a name that no breaker can have names nothing.
  fileprivate func breakerName() throws -> String {
    let name = (parameters.get("breaker") ?? "").removingPercentEncoding ?? ""
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    let isName = parts.count <= 2 && parts.allSatisfy { WireName.isIdentifier(String($0)) }
    guard isName, BreakerBoard.Dependency(name) != nil else { throw ProblemError.notFound("breaker", name) }
    return name
  }
}

extension BreakerBody {
  init(_ status: BreakerStatus) {
    self.init(
      name: status.name, position: status.position.rawValue,
      openSeconds: status.openFor.map { Int($0.components.seconds) },
      forced: status.forced.map {
        Forced(position: $0.position.rawValue, reason: $0.reason, actor: $0.actor, at: $0.at.description)
      })
  }
}
