public import BookingDomain

/// Why a rollout does not do what it was asked.
public enum RolloutRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The command has no place in this state.
  case notNow(command: String, status: String, allowed: [String])
  /// Everything that is missing to advance; never empty.
  case notReady([Missing])
  /// There is no phase after this one.
  case lastPhase(String)
  case unknownPhase(String, allowed: [String], suggestion: String?)
  /// A reason or text is needed.
  case textMissing(command: String)
  /// The key's role does not sign this phase off.
  case notASigner(Role, phase: String, asked: [Role])
  case wrongRun(given: Int, present: Int)
  case alreadySigned(Role, by: String)
  /// The role of a sign-off comes from an API key, and there was none.
  case signOffNeedsKey
  /// While a drill has V3 off, nothing else changes the flags but what ends the drill.
  case drilling(command: String)
  /// A plan is put in force at the start, or by a step of its own.
  case planInForce
  /// Another plan must have the phase of the present run.
  case planWithoutPhase(String)
  /// A rollout of one environment needs phases of it.
  case planWithoutEnvironment(RolloutEnvironment)

  /// One thing that is missing to advance.
  public enum Missing: Sendable, Hashable, CustomStringConvertible {
    case criterion(CriterionResult)
    case signOff(Role)
    /// A live instance whose environment says `false` to a flag that the phase sets to `true`.
    case environment(instance: String, flag: String)
    /// It beats all flags: the phase could not run.
    case killSwitch

    public var description: String {
      switch self {
      case .criterion(let result): "\(result.name) (\(result.verdict.rawValue)): \(result.sentence)"
      case .signOff(let role): "sign-off by \(role.rawValue)"
      case .environment(let instance, let flag): "instance \(instance) has \(flag)=false in its environment"
      case .killSwitch: "the kill switch is on"
      }
    }
  }

  /// Stable, for the wire.
  public var code: String {
    switch self {
    case .notNow: "rollout_not_now"
    case .notReady: "rollout_not_ready"
    case .lastPhase: "rollout_last_phase"
    case .unknownPhase: "rollout_unknown_phase"
    case .textMissing: "rollout_text_missing"
    case .notASigner: "rollout_not_a_signer"
    case .wrongRun: "rollout_wrong_run"
    case .alreadySigned: "rollout_already_signed"
    case .signOffNeedsKey: "rollout_sign_off_needs_key"
    case .drilling: "rollout_drilling"
    case .planInForce: "rollout_plan_in_force"
    case .planWithoutPhase: "rollout_plan_without_phase"
    case .planWithoutEnvironment: "rollout_plan_without_environment"
    }
  }

  public var description: String {
    switch self {
    case .notNow(let command, let status, let allowed):
      "\(command) is not possible while the rollout is \(status); allowed: \(allowed.joined(separator: ", "))"
    case .notReady(let missing): "not ready: " + missing.map(\.description).joined(separator: "; ")
    case .lastPhase(let phase): "\(phase) is the last phase; there is none to advance to"
    case .unknownPhase(let name, let allowed, let suggestion):
      "\(ValueExcerpt.quoted(name)) is no phase of the plan; allowed: \(allowed.joined(separator: ", "))"
        + (suggestion.map { "; did you mean \(ValueExcerpt.quoted($0))?" } ?? "")
    case .textMissing(let command): "\(command) needs a reason or text of 1 to \(RolloutMachine.textLimit) characters"
    case .notASigner(let role, let phase, let asked):
      "\(role.rawValue) does not sign off \(phase); asked are \(Self.listed(asked))"
    case .wrongRun(let given, let present): "run \(given) is not the present one; the present run is \(present)"
    case .alreadySigned(let role, let by): "\(role.rawValue) has signed this run off already, by \(by)"
    case .signOffNeedsKey: "a sign-off needs an API key: its role is the one that signs"
    case .drilling(let command): "\(command) is not possible while a drill goes on; it ends by itself, or with abort"
    case .planInForce: "a plan is in force since the rollout began; it is replaced by a step of its own"
    case .planWithoutPhase(let phase): "the plan has no phase \(phase), in which the rollout is"
    case .planWithoutEnvironment(let environment): "the plan has no phase of \(environment.rawValue)"
    }
  }

  private static func listed(_ roles: [Role]) -> String {
    roles.isEmpty ? "none" : roles.map(\.rawValue).joined(separator: ", ")
  }
}
