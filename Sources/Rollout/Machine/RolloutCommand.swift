/// What a person, or for `arrived` the program, asks of a rollout.
public enum RolloutCommand: Sendable, Hashable {
  /// Begin with the first phase, or go on to the next one if the gate lets it.
  case advance
  /// All live instances have the flags that an advance has set.
  case arrived
  case hold(reason: String)
  /// Go on after a hold; after a rollback, enter the phase again that it stepped back to.
  case resume
  /// End the rollout: V3 and shadow off.
  case abort(reason: String)
  /// Go to a phase, the next one for nil, whatever gate and sign-offs say.
  case force(reason: String, to: String?)
  /// In the role of the key used. `run` must be the present one, so that nobody signs what they have not seen.
  case signOff(run: Int)
  case incident(IncidentLevel, text: String)
  case knownIssue(text: String)
  case drill(DrillResult)

  public var name: String {
    switch self {
    case .advance: "advance"
    case .arrived: "arrived"
    case .hold: "hold"
    case .resume: "resume"
    case .abort: "abort"
    case .force: "force"
    case .signOff: "sign_off"
    case .incident: "incident"
    case .knownIssue: "known_issue"
    case .drill: "drill"
    }
  }

  /// What is allowed in a state.
  public static func names(allowedIn status: RolloutStatus) -> [String] {
    switch status {
    case .notStarted: ["advance", "force"]
    case .entered: ["advance", "hold", "abort", "force", "sign_off", "incident", "known_issue", "drill"]
    case .holding: ["resume", "abort", "force", "sign_off", "incident", "known_issue", "drill"]
    case .advancing: ["arrived", "hold", "abort", "incident", "known_issue"]
    case .rolledBack: ["resume", "abort", "incident", "known_issue"]
    case .aborted: ["advance", "force", "known_issue"]
    }
  }
}
