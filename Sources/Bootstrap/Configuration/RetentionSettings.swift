public import AssignmentStore

extension Retention {
  public static let eventsName = "HEADWAITER_EVENT_RETENTION"

  /// - Parameter value: of a configuration variable, nil if unset.
  /// - Throws: ``ConfigurationProblem`` naming the variable.
  static func read(_ value: (String) -> String?) throws(ConfigurationProblem) -> Retention {
    var retention = Retention()
    if let text = value(eventsName) { retention.events = try age(text, of: .events, place: eventsName) }
    return retention
  }

  /// An age from which things of a kind may be deleted.
  /// - Throws: ``ConfigurationProblem`` naming the place, and what is allowed.
  public static func age(
    _ text: String, of kind: PrunedKind, place: String
  ) throws(ConfigurationProblem) -> Duration {
    guard let age = AgeText.parse(text), (least(kind)...most).contains(age) else {
      throw ConfigurationProblem(
        place: place, value: text, allowed: "\(AgeText.text(least(kind))) to \(AgeText.text(most)), such as 36h or 30d")
    }
    return age
  }
}
