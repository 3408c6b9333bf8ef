/// The effective flags (§6).
public struct FeatureFlags: Sendable, Hashable {
  /// `FEATURE_ASSIGNMENT_PIPELINE_V3`.
  public var pipelineV3: Bool
  /// `FEATURE_ASSIGNMENT_PIPELINE_V3_SHADOW`.
  public var shadow: Bool
  /// `FEATURE_ASSIGNMENT_PIPELINE_V3_MAX_PARALLEL`, 1…20.
  public var maxParallel: Int
  /// Raised with every change; a confirming transaction must still see the epoch that its try began with.
  public var epoch: Int64
  /// Which restaurants V3 decides for where it is on, and which are paused.
  public var rollout: RolloutShare

  public init(
    pipelineV3: Bool = false, shadow: Bool = false, maxParallel: Int = FeatureFlags.defaultMaxParallel,
    epoch: Int64 = 0, rollout: RolloutShare = RolloutShare()
  ) {
    self.pipelineV3 = pipelineV3
    self.shadow = shadow
    self.maxParallel = maxParallel
    self.epoch = epoch
    self.rollout = rollout
  }

  public static let defaultMaxParallel = 3
  public static let v3Name = FlagName.pipelineV3.rawValue
  public static let shadowName = FlagName.shadow.rawValue
  public static let maxParallelName = FlagName.maxParallel.rawValue

  /// The flow that decides where the rollout does not say otherwise: V3 where it is on, else legacy.
  public var flow: AssignmentFlow { pipelineV3 ? .v3 : .legacy }

  /// The flow that decides a restaurant's bookings: the one function that everybody decides by.
  public func flow(for restaurant: RestaurantID) -> AssignmentFlow {
    pipelineV3 && rollout.includes(restaurant) ? .v3 : .legacy
  }

  /// Whether V3 runs in shadow for a restaurant: where shadow is on and legacy decides.
  public func runsShadow(for restaurant: RestaurantID) -> Bool { shadow && flow(for: restaurant) == .legacy }

  /// Whether a restaurant has no automation at all.
  public func isPaused(_ restaurant: RestaurantID) -> Bool { rollout.restaurants[restaurant] == .paused }
}

/// What one source says of the flags; nil is unset, which is not `false`.
public struct FlagSettings: Sendable, Hashable, Codable {
  public var pipelineV3: Bool?
  public var shadow: Bool?
  public var maxParallel: Int?

  public init(pipelineV3: Bool? = nil, shadow: Bool? = nil, maxParallel: Int? = nil) {
    self.pipelineV3 = pipelineV3
    self.shadow = shadow
    self.maxParallel = maxParallel
  }

  /// Reads the flags of one source.
  /// - Parameter value: the text that the source has for a name, nil where it has none.
  /// - Throws: ``FlagProblem`` for a value that is none of those allowed.
  public static func read(_ value: (String) -> String?) throws(FlagProblem) -> FlagSettings {
    FlagSettings(
      pipelineV3: try bool(FeatureFlags.v3Name, value), shadow: try bool(FeatureFlags.shadowName, value),
      maxParallel: try parallel(value(FeatureFlags.maxParallelName)))
  }

  private static func bool(_ name: String, _ value: (String) -> String?) throws(FlagProblem) -> Bool? {
    guard let text = value(name) else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default: throw FlagProblem(name: name, value: text, allowed: "true or false")
    }
  }

  private static func parallel(_ text: String?) throws(FlagProblem) -> Int? {
    guard let text else { return nil }
    try FlagName.maxParallel.check(text)
    return Int(text)
  }
}

extension FeatureFlags {
  /// Off wins: a flag is on where some source says `true` and none says `false`; the lowest MAX_PARALLEL counts.
  public static func effective(of sources: [FlagSettings], epoch: Int64 = 0) -> FeatureFlags {
    FeatureFlags(
      pipelineV3: isOn(sources.compactMap(\.pipelineV3)), shadow: isOn(sources.compactMap(\.shadow)),
      maxParallel: sources.compactMap(\.maxParallel).min() ?? defaultMaxParallel, epoch: epoch)
  }

  private static func isOn(_ values: [Bool]) -> Bool { values.contains(true) && !values.contains(false) }
}

/// A flag whose value is none of those allowed; stops the start.
public struct FlagProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public let name: String
  public let value: String
  public let allowed: String

  public init(name: String, value: String, allowed: String) {
    self.name = name
    self.value = String(value.prefix(80))
    self.allowed = allowed
  }

  public var description: String { "\(name) is \"\(value)\"; allowed: \(allowed)" }
}
