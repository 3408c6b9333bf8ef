/// Whether and to whom a process shows its metrics, and in what detail.
public struct MetricsSettings: Sendable, Hashable {
  public static let accessName = "HEADWAITER_METRICS"
  public static let restaurantsName = "HEADWAITER_METRICS_RESTAURANTS"

  /// Who may read `/metrics`.
  public enum Access: String, Sendable, CaseIterable {
    /// Whoever reaches the port.
    case open
    /// As the API: anyone until a key is set up, then keys of an observer's role.
    case key
    /// Nobody: nothing is counted, and the path is not there.
    case off
  }

  /// Who may read them, as the environment says; nil if it does not.
  public var chosenAccess: Access?
  /// Who may read them; ``Access/key`` unless set.
  public var access: Access { chosenAccess ?? .key }
  /// Whether outcomes are counted for each restaurant, too; false.
  public var byRestaurant = false

  /// The first so many restaurants have series of their own, the others are `other` together: 1,000, of about 10 series each.
  public static let mostRestaurants = 1_000

  public init() {}

  /// - Parameter value: of a configuration variable, nil if unset.
  /// - Throws: ``ConfigurationProblem`` naming the variable.
  static func read(_ value: (String) -> String?) throws(ConfigurationProblem) -> MetricsSettings {
    var settings = MetricsSettings()
    if let text = value(accessName) {
      guard let access = Access(rawValue: text) else {
        throw ConfigurationProblem(
          place: accessName, value: text, allowed: Access.allCases.map(\.rawValue).joined(separator: ", "))
      }
      settings.chosenAccess = access
    }
    if let text = value(restaurantsName) {
      settings.byRestaurant = try ConfigurationProblem.bool(text, from: restaurantsName)
    }
    return settings
  }
}
