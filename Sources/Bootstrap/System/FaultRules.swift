import AssignmentPipeline

/// What is to go wrong in a process, read from text such as
/// `coordinator.confirming=kill@3,notifier=fail@2-9,clock=+600s,lease=3s`.
///
/// - A point of the pipeline: `kill`, `fail`, or `delay:MILLISECONDS`.
/// - `planner`: `fail`, `hang`, `nonsense`, or `delay:…`; `notifier`: `fail`, `hang`, `twice`, or `delay:…`.
/// - Each with `@N` at the Nth time only, or `@M-N` from the Mth to the Nth.
/// - `clock=+600s`: the wall clock is wrong by so much; `lease=3s` and `notice_delay=1s`: shorter than they are,
///   so that a test need not wait; `notice_log=PATH`: every delivery is written there; `file=PATH`: more rules, which may change.
struct FaultRules: Sendable, Hashable {
  enum Target: Sendable, Hashable {
    case point(FaultPoint)
    case planner, notifier
  }

  enum Action: Sendable, Hashable {
    case kill, fail, hang, nonsense, twice
    case delay(Duration)
  }

  struct Rule: Sendable, Hashable {
    var action: Action
    /// Nil is always.
    var times: ClosedRange<Int>?
  }

  var rules: [Target: Rule] = [:]
  var clockShift = Duration.zero
  var lease: Duration?
  var noticeDelay: Duration?
  var noticeLog: String?
  var file: String?

  init() {}

  /// - Throws: ``ConfigurationProblem`` naming the part that cannot be read.
  init(_ text: String) throws(ConfigurationProblem) {
    for part in text.split(whereSeparator: { $0 == "," || $0.isNewline }) { try read(String(part)) }
  }

  private mutating func read(_ part: String) throws(ConfigurationProblem) {
    let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2, readSetting(sides[0], sides[1]) || readRule(sides[0], sides[1]) else {
      throw ConfigurationProblem(place: "HEADWAITER_FAULTS", value: part, allowed: FaultRules.allowed)
    }
  }

  private mutating func readSetting(_ name: String, _ value: String) -> Bool {
    switch name {
    case "clock": return Self.seconds(value).map { clockShift = $0 } != nil
    case "lease": return Self.positive(value).map { lease = $0 } != nil
    case "notice_delay": return Self.positive(value).map { noticeDelay = $0 } != nil
    case "notice_log": noticeLog = value
    case "file": file = value
    default: return false
    }
    return true
  }

  private mutating func readRule(_ name: String, _ value: String) -> Bool {
    let pieces = value.split(separator: "@", maxSplits: 1).map(String.init)
    guard let target = Self.target(name), let first = pieces.first, let action = Self.action(first),
      Self.canHappen(action, at: target)
    else { return false }
    guard pieces.count == 2 else {
      rules[target] = Rule(action: action, times: nil)
      return true
    }
    guard let times = Self.times(pieces[1]) else { return false }
    rules[target] = Rule(action: action, times: times)
    return true
  }

  private static func target(_ name: String) -> Target? {
    switch name {
    case "planner": .planner
    case "notifier": .notifier
    default: FaultPoint(rawValue: name).map(Target.point)
    }
  }

  private static func action(_ text: String) -> Action? {
    switch text {
    case "kill": return .kill
    case "fail": return .fail
    case "hang": return .hang
    case "nonsense": return .nonsense
    case "twice": return .twice
    default:
      guard text.hasPrefix("delay:"), let milliseconds = Int(text.dropFirst("delay:".count)), milliseconds >= 0
      else { return nil }
      return .delay(.milliseconds(milliseconds))
    }
  }

  private static func canHappen(_ action: Action, at target: Target) -> Bool {
    switch (action, target) {
    case (.fail, _), (.delay, _): true
    case (.kill, .point): true
    case (.hang, .planner), (.hang, .notifier): true
    case (.nonsense, .planner), (.twice, .notifier): true
    default: false
    }
  }

  private static func times(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first > 0, last >= first
    else { return nil }
    return first...last
  }

  /// `+600s`, `-600s`, `3s`.
  private static func seconds(_ text: String) -> Duration? {
    guard text.hasSuffix("s"), let count = Int(text.dropLast()) else { return nil }
    return .seconds(count)
  }

  private static func positive(_ text: String) -> Duration? { seconds(text).flatMap { $0 > .zero ? $0 : nil } }

  private static let allowed =
    "POINT=kill|fail|delay:MILLISECONDS, planner=fail|hang|nonsense, notifier=fail|hang|twice, optionally @COUNT or "
    + "@FROM-TO; clock=+600s, lease=3s, notice_delay=1s, notice_log=PATH, file=PATH; points: "
    + FaultPoint.allCases.map(\.rawValue).joined(separator: ", ")
}
