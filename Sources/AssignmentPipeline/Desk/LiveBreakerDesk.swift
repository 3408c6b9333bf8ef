public import AssignmentStore
import BookingDomain
import Logging
public import Resilience

/// A circuit breaker as this process sees it, and what people decided about it.
public struct BreakerStatus: Sendable {
  public var name: String
  /// Where it stands in this process; others may see their own way to it differently.
  public var position: CircuitPosition
  /// How long it has been open here; nil while closed.
  public var openFor: Duration?
  /// Nil while it goes by itself.
  public var forced: BreakerOverride?
}

/// Circuit breakers, and forcing them for all instances. Works while the storage breaker is open too: that may be the one
/// to close.
public struct LiveBreakerDesk: BreakerDesk {
  /// Characters of a reason.
  public static let reasonLength = 1...200

  private let ledger: DeskLedger

  public init(environment: PipelineEnvironment) { ledger = DeskLedger(environment: environment) }

  public func list(_ caller: Caller) async throws(DeskError) -> [BreakerStatus] {
    var forced: [BreakerBoard.Dependency: BreakerOverride] = [:]
    for override in try await overrides() {
      if let dependency = BreakerBoard.Dependency(override.name) { forced[dependency] = override }
    }
    let board = ledger.environment.breakers
    let names = Set(board.known.keys).union(forced.keys).union([.storage])
    return names.filter { $0.restaurant.map(caller.maySee) ?? true }
      .map { status($0, forced[$0]) }
      .sorted { $0.name < $1.name }
  }

  public func force(
    _ name: String, _ position: BreakerOverride.Position, reason: String, _ caller: Caller
  ) async throws(DeskError) -> BreakerStatus {
    let dependency = try await dependency(name, caller)
    let reason = try checked(reason)
    let override = BreakerOverride(
      name: name, position: position, reason: reason, actor: caller.name, at: ledger.environment.clock.now())
    let event = event(name, value: position.rawValue, reason: reason, caller)
    try await ledger.read { store async throws(StoreError) in try await store.forceBreaker(override, event: event) }
    ledger.environment.breakers[dependency].force(CircuitPosition(position))
    return status(dependency, override)
  }

  public func release(_ name: String, reason: String, _ caller: Caller) async throws(DeskError) -> BreakerStatus {
    let dependency = try await dependency(name, caller)
    let event = event(name, value: "auto", reason: try checked(reason), caller)
    let released = try await ledger.read { store async throws(StoreError) in
      try await store.releaseBreaker(name, event: event)
    }
    guard released else { throw .notFound(kind: "forced breaker", id: name) }
    ledger.environment.breakers[dependency].force(nil)
    return status(dependency, nil)
  }

  private func overrides() async throws(DeskError) -> [BreakerOverride] {
    try await ledger.read { store async throws(StoreError) in try await store.breakerOverrides() }
  }

  private func status(_ dependency: BreakerBoard.Dependency, _ forced: BreakerOverride?) -> BreakerStatus {
    let breaker = ledger.environment.breakers[dependency]
    return BreakerStatus(
      name: "\(dependency)", position: forced.map { CircuitPosition($0.position) } ?? breaker.position,
      openFor: breaker.openFor, forced: forced)
  }

  /// What the caller may force: a key of some restaurants only has their planners' breakers.
  private func dependency(_ name: String, _ caller: Caller) async throws(DeskError) -> BreakerBoard.Dependency {
    guard let dependency = BreakerBoard.Dependency(name) else { throw .notFound(kind: "breaker", id: name) }
    guard let restaurant = dependency.restaurant else {
      guard caller.restaurants.isEmpty else { throw .notFound(kind: "breaker", id: name) }
      return dependency
    }
    _ = try await ledger.restaurant(restaurant, caller)
    return dependency
  }

  private func checked(_ reason: String) throws(DeskError) -> String {
    guard Self.reasonLength.contains(reason.unicodeScalars.count), reason.contains(where: { !$0.isWhitespace }) else {
      throw .invalid(field: "reason", message: "is missing or too long", allowed: "1 to 200 characters")
    }
    return reason
  }

  private func event(_ name: String, value: String, reason: String, _ caller: Caller) -> ObservabilityEvent {
    ObservabilityEvent(
      .flags, "flag.changed", severity: .warning,
      context: [
        "flag": .string("breaker:\(name)"), "value": .string(value), "reason": .string(reason),
        "actor": .string(caller.name),
      ], at: ledger.environment.clock.now())
  }
}

extension BreakerBoard.Dependency {
  /// Whose planner it is; nil for what is everybody's.
  fileprivate var restaurant: RestaurantID? {
    if case .engine(let restaurant) = self { restaurant } else { nil }
  }
}
