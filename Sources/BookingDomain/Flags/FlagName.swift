/// What can be set for all restaurants while instances run (product specification §6).
public enum FlagName: String, Sendable, Codable, CaseIterable {
  case pipelineV3 = "FEATURE_ASSIGNMENT_PIPELINE_V3"
  case shadow = "FEATURE_ASSIGNMENT_PIPELINE_V3_SHADOW"
  case maxParallel = "FEATURE_ASSIGNMENT_PIPELINE_V3_MAX_PARALLEL"
  /// Per cent of the restaurants that V3 decides for.
  case rolloutShare = "ROLLOUT_SHARE"
  /// Beats everything. Set and released in its own way, so that nobody does it by the way.
  case killSwitch = "KILL_SWITCH"

  /// Those that are set like any other.
  public static let settable = allCases.filter { $0 != .killSwitch }

  /// In words.
  public var allowed: String {
    switch self {
    case .pipelineV3, .shadow: "true or false"
    case .maxParallel: "a whole number from 1 to 20"
    case .rolloutShare: "a whole number from 0 to 100"
    case .killSwitch: "true"
    }
  }

  /// - Throws: ``FlagProblem`` for a value that the flag cannot have.
  public func check(_ value: String) throws(FlagProblem) {
    let isAllowed =
      switch self {
      case .pipelineV3, .shadow: value == "true" || value == "false"
      case .maxParallel: Self.number(value, in: 1...20) != nil
      case .rolloutShare: Self.number(value, in: 0...100) != nil
      case .killSwitch: value == "true"
      }
    guard isAllowed else { throw FlagProblem(name: rawValue, value: value, allowed: allowed) }
  }

  static func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
    guard let number = Int(text), range.contains(number), text == "\(number)" else { return nil }
    return number
  }
}

/// What a restaurant can be set to, whatever its place in the rollout.
public enum RestaurantFlag: String, Sendable, Codable, CaseIterable {
  /// V3 decides even outside the share, though never where V3 is off.
  case forcedIn = "in"
  /// Legacy decides.
  case forcedOut = "out"
  /// No automation at all: bookings are stored and wait, and their deadlines stand still.
  case paused
}

/// What an override is about.
public enum FlagKey: Sendable, Hashable, CustomStringConvertible {
  case flag(FlagName)
  case restaurant(RestaurantID)

  /// As events and messages call it.
  public var description: String {
    switch self {
    case .flag(let name): name.rawValue
    case .restaurant(let id): "restaurant:\(id)"
    }
  }

  /// - Throws: ``FlagProblem`` for a value that it cannot have.
  public func check(_ value: String) throws(FlagProblem) {
    switch self {
    case .flag(let name): try name.check(value)
    case .restaurant:
      guard RestaurantFlag(rawValue: value) == nil else { return }
      throw FlagProblem(name: description, value: value, allowed: "in, out or paused")
    }
  }
}
