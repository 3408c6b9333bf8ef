/// Everyone who says something of the flags, and what it amounts to (product specification §6): off wins.
public struct FlagSources: Sendable, Hashable {
  /// What the environment of one live instance says.
  public struct Environment: Sendable, Hashable {
    public var instance: String
    public var settings: FlagSettings

    public init(instance: String, settings: FlagSettings) {
      self.instance = instance
      self.settings = settings
    }
  }

  public var environments: [Environment]
  public var stored: StoredFlags

  public init(environments: [Environment] = [], stored: StoredFlags = StoredFlags()) {
    self.environments = environments
    self.stored = stored
  }

  /// The value of every flag, in order, with who says what and which of them decided.
  public var verdicts: [FlagVerdict] {
    [
      choice(.pipelineV3, \.pipelineV3), choice(.shadow, \.shadow), parallel, share,
      FlagVerdict(
        .killSwitch, stored.isKilled ? "true" : "false", stored.isKilled ? [.killSwitch] : [.unset],
        stored.isKilled ? [.init(source: .killSwitch, value: "true")] : []),
    ]
  }

  /// The effective flags.
  /// - Parameter lead: the restaurant that is in where nobody else is, see ``RolloutShare/lead(among:_:)``.
  public func effective(lead: RestaurantID? = nil, epoch: Int64 = 0) -> FeatureFlags {
    var flags = FeatureFlags.effective(of: environments.map(\.settings) + [stored.settings], epoch: epoch)
    if stored.isKilled {
      flags.pipelineV3 = false
      flags.shadow = false
    }
    flags.rollout = RolloutShare(percent: stored.share ?? 100, lead: lead, restaurants: stored.restaurants)
    return flags
  }

  private func statements<Value: CustomStringConvertible>(
    _ path: KeyPath<FlagSettings, Value?>
  ) -> [FlagVerdict.Statement] {
    var all = environments.compactMap { environment in
      environment.settings[keyPath: path].map {
        FlagVerdict.Statement(source: .environment(instance: environment.instance), value: "\($0)")
      }
    }
    if let value = stored.settings[keyPath: path] { all.append(.init(source: .override, value: "\(value)")) }
    return all
  }

  private func choice(_ name: FlagName, _ path: KeyPath<FlagSettings, Bool?>) -> FlagVerdict {
    let said = statements(path)
    if stored.isKilled {
      return FlagVerdict(name, "false", [.killSwitch], said + [.init(source: .killSwitch, value: "false")])
    }
    let no = said.filter { $0.value == "false" }
    let decided = no.isEmpty ? said : no
    return FlagVerdict(
      name, !decided.isEmpty && no.isEmpty ? "true" : "false", decided.isEmpty ? [.unset] : decided.map(\.source), said)
  }

  private var parallel: FlagVerdict {
    let said = statements(\.maxParallel)
    guard let lowest = said.compactMap({ Int($0.value) }).min() else {
      return FlagVerdict(.maxParallel, "\(FeatureFlags.defaultMaxParallel)", [.unset], [])
    }
    return FlagVerdict(.maxParallel, "\(lowest)", said.filter { $0.value == "\(lowest)" }.map(\.source), said)
  }

  private var share: FlagVerdict {
    guard let share = stored.share else { return FlagVerdict(.rolloutShare, "100", [.unset], []) }
    return FlagVerdict(.rolloutShare, "\(share)", [.override], [.init(source: .override, value: "\(share)")])
  }
}

/// Who says something of a flag.
public enum FlagSource: Sendable, Hashable, CustomStringConvertible {
  /// The environment of a live instance, or its `.env` file.
  case environment(instance: String)
  /// Stored, for all instances.
  case override
  case killSwitch
  /// Nobody: the default counts.
  case unset

  public var description: String {
    switch self {
    case .environment(let instance): "environment of \(instance)"
    case .override: "override"
    case .killSwitch: "kill switch"
    case .unset: "default"
    }
  }
}

/// The effective value of a flag, and how it came about.
public struct FlagVerdict: Sendable, Hashable {
  /// What one source says.
  public struct Statement: Sendable, Hashable {
    public var source: FlagSource
    public var value: String

    public init(source: FlagSource, value: String) {
      self.source = source
      self.value = value
    }
  }

  public var name: FlagName
  public var value: String
  /// Those whose word counted; only ``FlagSource/unset`` where nobody said anything.
  public var decidedBy: [FlagSource]
  public var said: [Statement]

  init(_ name: FlagName, _ value: String, _ decidedBy: [FlagSource], _ said: [Statement]) {
    self.name = name
    self.value = value
    self.decidedBy = decidedBy
    self.said = said
  }
}
