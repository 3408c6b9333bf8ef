/// What people, or the rollout, have set for all instances.
public struct StoredFlags: Sendable, Hashable {
  public var settings = FlagSettings()
  /// Per cent of the restaurants; nil is unset.
  public var share: Int?
  public var isKilled = false
  public var restaurants: [RestaurantID: RestaurantFlag] = [:]

  public init() {}

  /// Takes one override in.
  /// - Throws: ``FlagProblem`` for a value that it cannot have.
  public mutating func take(_ key: FlagKey, _ value: String) throws(FlagProblem) {
    try key.check(value)
    switch key {
    case .flag(.pipelineV3): settings.pipelineV3 = value == "true"
    case .flag(.shadow): settings.shadow = value == "true"
    case .flag(.maxParallel): settings.maxParallel = Int(value)
    case .flag(.rolloutShare): share = Int(value)
    case .flag(.killSwitch): isKilled = true
    case .restaurant(let id): restaurants[id] = RestaurantFlag(rawValue: value)
    }
  }
}
