public import AssignmentStore
public import BookingDomain

/// The flags as they stand, and who says what.
public struct FlagReport: Sendable, Hashable {
  /// Every flag with its value, in order.
  public var verdicts: [FlagVerdict]
  /// What is set for all instances: flags in order of name, then restaurants in order of id.
  public var overrides: [FlagOverride]
  /// Raised with every change.
  public var epoch: Int64
}

extension FlagReport {
  init(reading store: any AssignmentStore, live: [InstanceRecord]) async throws(StoreError) {
    // The epoch first: what is shown is never older than it says.
    epoch = try await store.flagsEpoch()
    overrides = try await store.flagOverrides()
    verdicts =
      FlagSources(environments: live.map(FlagSources.Environment.init), stored: try StoredFlags(overrides)).verdicts
  }
}

/// Run-time flags and the kill switch: every change is stored with its event, and reaches all instances within a second.
public struct LiveFlagDesk: FlagDesk {
  private let ledger: DeskLedger
  private let fixed: FeatureFlags?

  /// - Parameter fixed: the flags of a process that is no instance and decides by them, whatever is stored; it changes none.
  public init(environment: PipelineEnvironment, fixed: FeatureFlags? = nil) {
    ledger = DeskLedger(environment: environment)
    self.fixed = fixed
  }

  public func report(_ caller: Caller) async throws(DeskError) -> FlagReport {
    var report = try await ledger.read { store async throws(StoreError) in
      try await FlagReport(reading: store, live: try await store.liveInstances(within: SeenInstance.patience))
    }
    if let fixed {
      let settings = FlagSettings(pipelineV3: fixed.pipelineV3, shadow: fixed.shadow, maxParallel: fixed.maxParallel)
      report.verdicts =
        FlagSources(environments: [.init(instance: ledger.environment.instance, settings: settings)]).verdicts
    }
    report.overrides.removeAll { override in
      if case .restaurant(let id) = override.key { !caller.maySee(id) } else { false }
    }
    return report
  }

  public func set(
    _ key: FlagKey, _ value: String, reason: String, _ caller: Caller
  ) async throws(DeskError) -> FlagReport {
    try await check(key, caller)
    do { try key.check(value) } catch {
      throw .invalid(field: "value", message: "\(key) cannot be \"\(error.value)\"", allowed: error.allowed)
    }
    let now = ledger.environment.clock.now()
    let override = FlagOverride(
      key: key, value: value, reason: try FlagReason.checked(reason), actor: caller.name, at: now)
    var events = [event(key, value: value, reason: reason, caller)]
    if key == .flag(.killSwitch) { events.append(killed(reason, caller)) }
    let told = events
    try await ledger.read { store async throws(StoreError) in try await store.setFlags([override], events: told) }
    return try await report(caller)
  }

  public func clear(_ key: FlagKey, reason: String, _ caller: Caller) async throws(DeskError) -> FlagReport {
    try await check(key, caller)
    let event = event(key, value: nil, reason: try FlagReason.checked(reason), caller)
    let cleared = try await ledger.read { store async throws(StoreError) in
      try await store.clearFlag(key, event: event)
    }
    guard cleared else { throw .notFound(kind: "flag that is set", id: "\(key)") }
    return try await report(caller)
  }

  /// A key of some restaurants only decides what becomes of those.
  private func check(_ key: FlagKey, _ caller: Caller) async throws(DeskError) {
    switch key {
    case .restaurant(let id): _ = try await ledger.restaurant(id, caller)
    case .flag:
      guard caller.restaurants.isEmpty else { throw .notFound(kind: "flag", id: "\(key)") }
    }
    guard fixed == nil else {
      throw .invalid(
        field: "flag", message: "this process decides by its own flow and heeds no flags",
        allowed: "a process that `headwaiter serve` runs")
    }
  }

  private func event(_ key: FlagKey, value: String?, reason: String, _ caller: Caller) -> ObservabilityEvent {
    .flagChanged(key, to: value, reason: reason, by: caller.name, at: ledger.environment.clock.now())
  }

  private func killed(_ reason: String, _ caller: Caller) -> ObservabilityEvent {
    ObservabilityEvent(
      .rollout, "rollout.killed", severity: .warning,
      context: ["reason": .string(reason), "actor": .string(caller.name)], at: ledger.environment.clock.now())
  }
}

extension ObservabilityEvent {
  /// - Parameter value: nil for a flag that is let go.
  static func flagChanged(
    _ key: FlagKey, to value: String?, reason: String, by actor: String, at time: Timestamp
  ) -> ObservabilityEvent {
    var restaurant: RestaurantID?
    if case .restaurant(let id) = key { restaurant = id }
    return ObservabilityEvent(
      .flags, "flag.changed", severity: .warning, restaurantID: restaurant,
      context: [
        "flag": .string("\(key)"), "value": .string(value ?? "unset"), "reason": .string(reason),
        "actor": .string(actor),
      ], at: time)
  }
}

/// Why someone changed something that is everybody's.
enum FlagReason {
  /// - Throws: ``DeskError/invalid(field:message:allowed:)`` for one that says nothing, or too much.
  static func checked(_ reason: String) throws(DeskError) -> String {
    guard (1...200).contains(reason.unicodeScalars.count), reason.contains(where: { !$0.isWhitespace }) else {
      throw .invalid(field: "reason", message: "is missing or too long", allowed: "1 to 200 characters")
    }
    return reason
  }
}
