public import AssignmentPipeline
public import AssignmentStore
public import BookingDomain
public import HeadwaiterAPI
import Hummingbird

/// Run-time flags and the kill switch.
struct FlagController: Sendable {
  let edge: Edge

  private var desk: any FlagDesk { edge.dependencies.flagDesk }

  func read(_ call: Call) async throws -> Reply { try .json(FlagsBody(try await desk.report(call.caller))) }

  func set(_ call: Call) async throws -> Reply {
    let key = try call.flagKey()
    let body = try call.read(FlagValueBody.self)
    return try .json(FlagsBody(try await desk.set(key, body.value, reason: body.reason, call.caller)))
  }

  func clear(_ call: Call) async throws -> Reply { try await clear(try call.flagKey(), call) }

  func setRestaurant(_ call: Call) async throws -> Reply {
    let key = try call.restaurantKey()
    let body = try call.read(RestaurantFlagBody.self)
    return try .json(FlagsBody(try await desk.set(key, body.value.rawValue, reason: body.reason, call.caller)))
  }

  func clearRestaurant(_ call: Call) async throws -> Reply { try await clear(try call.restaurantKey(), call) }

  func kill(_ call: Call) async throws -> Reply {
    let body = try call.read(KillBody.self)
    return try .json(FlagsBody(try await desk.set(.flag(.killSwitch), "true", reason: body.reason, call.caller)))
  }

  func release(_ call: Call) async throws -> Reply { try await clear(.flag(.killSwitch), call) }

  private func clear(_ key: FlagKey, _ call: Call) async throws -> Reply {
    let reason = try call.query.required("reason", call.query.text("reason", WireLimits.reason))
    return try .json(FlagsBody(try await desk.clear(key, reason: reason, call.caller)))
  }
}

extension Call {
  /// The path's flag; the kill switch has a path of its own.
  fileprivate func flagKey() throws -> FlagKey {
    let name = parameters.get("flag") ?? ""
    guard let flag = FlagName(rawValue: name), FlagName.settable.contains(flag) else {
      throw ProblemError.notFound("flag", name)
    }
    return .flag(flag)
  }

  fileprivate func restaurantKey() throws -> FlagKey { .restaurant(try restaurantID()) }
}

extension FlagsBody {
  public init(_ report: FlagReport) {
    self.init(
      flags: report.verdicts.map(FlagBody.init), overrides: report.overrides.map(FlagOverrideBody.init),
      epoch: report.epoch)
  }
}

extension FlagBody {
  public init(_ verdict: FlagVerdict) {
    self.init(
      name: verdict.name.rawValue, value: verdict.value, decidedBy: verdict.decidedBy.map(\.description),
      sources: verdict.said.map { Source(source: $0.source.description, value: $0.value) })
  }
}

extension FlagOverrideBody {
  public init(_ override: FlagOverride) {
    let (name, restaurant) = FlagOverride.columns(override.key)
    self.init(
      name: name, restaurantID: restaurant.isEmpty ? nil : restaurant, value: override.value, reason: override.reason,
      actor: override.actor, at: override.at.description)
  }
}
