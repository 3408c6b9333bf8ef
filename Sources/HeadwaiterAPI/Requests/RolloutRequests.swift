public import BookingDomain

/// Lengths and kinds of what a rollout is told.
public enum RolloutLimits {
  /// Of reasons and texts, as the rollout itself takes them.
  public static let text = 1...500
  public static let levels = ["P0", "P1", "P2", "P3"]
  public static let environments = ["staging", "production"]
}

/// Goes on to the next phase: `POST /v1/admin/rollout/advance`.
public struct RolloutAdvanceBody: WireRequest {
  /// At the beginning: the phases of this environment alone.
  public var environment: String?

  public static let keys = ["environment"]

  public init(_ reader: JSONObjectReader) {
    environment = reader.text("environment", length: 1...16)
    if let environment, !RolloutLimits.environments.contains(environment) {
      reader.report("environment", "is not known", allowed: RolloutLimits.environments.joined(separator: ", "))
    }
  }
}

/// Holds or aborts the rollout.
public struct RolloutReasonBody: WireRequest {
  public var reason: String

  public static let keys = ["reason"]

  public init(_ reader: JSONObjectReader) {
    reason = reader.requiredText("reason", length: RolloutLimits.text) ?? ""
  }
}

/// Goes to a phase whatever the gate says: `POST /v1/admin/rollout/force`.
public struct RolloutForceBody: WireRequest {
  public var reason: String
  /// The next one unless given.
  public var phase: String?

  public static let keys = ["reason", "phase"]

  public init(_ reader: JSONObjectReader) {
    reason = reader.requiredText("reason", length: RolloutLimits.text) ?? ""
    phase = reader.text("phase", length: 1...TextLimits.identifier)
  }
}

/// Signs a run off in the role of the key: `POST /v1/admin/rollout/sign-offs`.
public struct RolloutSignOffBody: WireRequest {
  /// The present one, so that nobody signs what they have not seen.
  public var run: Int

  public static let keys = ["run"]

  public init(_ reader: JSONObjectReader) {
    _ = reader.required("run", allowed: "the number of the present run")
    run = reader.int("run", 1...1_000_000) ?? 0
  }
}

/// Records an incident: `POST /v1/admin/rollout/incidents`.
public struct RolloutIncidentBody: WireRequest {
  public var level: String
  public var text: String

  public static let keys = ["level", "text"]

  public init(_ reader: JSONObjectReader) {
    level = reader.requiredText("level", length: 1...4) ?? ""
    if !level.isEmpty, !RolloutLimits.levels.contains(level) {
      reader.report("level", "is not known", allowed: RolloutLimits.levels.joined(separator: ", "))
    }
    text = reader.requiredText("text", length: RolloutLimits.text) ?? ""
  }
}

/// Records something known that does not stop the rollout: `POST /v1/admin/rollout/known-issues`.
public struct RolloutTextBody: WireRequest {
  public var text: String

  public static let keys = ["text"]

  public init(_ reader: JSONObjectReader) {
    text = reader.requiredText("text", length: RolloutLimits.text) ?? ""
  }
}
