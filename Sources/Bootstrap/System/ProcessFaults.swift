public import AssignmentPipeline
import Foundation
import Resilience

/// Faults injected into a running process, for tests that kill, fail or slow it at a named point.
///
/// Read from `HEADWAITER_FAULTS`, for example `coordinator.confirming=kill@3,notices.delivering=delay:200`: at the third
/// time that the point is reached the process dies as by `kill -9`; the other point always takes 200 ms longer.
public final class ProcessFaults: FaultPoints {
  /// What happens.
  private enum Action: Sendable, Hashable {
    case kill
    case fail
    case delay(milliseconds: Int)
  }

  private struct Rule: Sendable {
    var action: Action
    /// Nil is always.
    var atCount: Int?
  }

  /// A fault that was asked for.
  struct Injected: Error {}

  private let rules: [FaultPoint: Rule]
  private let counts = Locked([FaultPoint: Int]())

  /// - Throws: ``ConfigurationProblem`` naming the part that cannot be read.
  public init(_ text: String) throws(ConfigurationProblem) {
    var rules: [FaultPoint: Rule] = [:]
    for part in text.split(separator: ",") {
      let (point, rule) = try ProcessFaults.parse(String(part))
      rules[point] = rule
    }
    self.rules = rules
  }

  public func reach(_ point: FaultPoint) async throws {
    guard let rule = rules[point] else { return }
    let count = counts.withLock { counts in
      counts[point, default: 0] += 1
      return counts[point] ?? 0
    }
    if let wanted = rule.atCount, wanted != count { return }
    switch rule.action {
    case .kill: kill(getpid(), SIGKILL)
    case .fail: throw Injected()
    case .delay(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
    }
  }

  private static func parse(_ part: String) throws(ConfigurationProblem) -> (FaultPoint, Rule) {
    let problem = ConfigurationProblem(
      place: "HEADWAITER_FAULTS", value: part,
      allowed: "POINT=kill|fail|delay:MILLISECONDS, optionally @COUNT; points: "
        + FaultPoint.allCases.map(\.rawValue).joined(separator: ", "))
    let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2, let point = FaultPoint(rawValue: sides[0]) else { throw problem }
    let pieces = sides[1].split(separator: "@", maxSplits: 1).map(String.init)
    guard let action = action(pieces[0]) else { throw problem }
    guard pieces.count == 2 else { return (point, Rule(action: action, atCount: nil)) }
    guard let count = Int(pieces[1]), count > 0 else { throw problem }
    return (point, Rule(action: action, atCount: count))
  }

  private static func action(_ text: String) -> Action? {
    switch text {
    case "kill": return .kill
    case "fail": return .fail
    default:
      guard text.hasPrefix("delay:"), let milliseconds = Int(text.dropFirst("delay:".count)), milliseconds >= 0
      else { return nil }
      return .delay(milliseconds: milliseconds)
    }
  }
}
