public import AssignmentPipeline
import BookingDomain
import Foundation
import Resilience
public import SeatingEngine

/// Faults injected into a running process, for tests that kill, fail or slow it, or set its clock wrong.
///
/// Read from `HEADWAITER_FAULTS`, for example `coordinator.confirming=kill@3,notices.delivering=delay:200`: at the third
/// time that the point is reached the process dies as by `kill -9`; the other point always takes 200 ms longer. With
/// `file=PATH` the faults are those of that file as it is now, so that a test begins and ends them while the process runs.
public final class ProcessFaults: FaultPoints {
  private struct State {
    var rules: FaultRules
    var counts: [FaultRules.Target: Int] = [:]
    var seen: FileMark?
  }

  /// A fault that was asked for.
  struct Injected: Error {}

  /// Those of the environment, which do not change.
  let fixed: FaultRules
  private let state: Locked<State>
  private let nonsense = NonsensePlans()

  /// - Throws: ``ConfigurationProblem`` naming the part that cannot be read.
  public init(_ text: String) throws(ConfigurationProblem) {
    fixed = try FaultRules(text)
    state = Locked(State(rules: fixed))
  }

  public func reach(_ point: FaultPoint) async throws {
    switch strike(.point(point)) {
    case .kill?: kill(getpid(), SIGKILL)
    case .fail?: throw Injected()
    case .delay(let duration)?: try await Task.sleep(for: duration)
    default: return
    }
  }

  /// A planner that hangs does so as long as its rule stands. One that only looks on is left alone.
  public func spoil(_ plans: [SeatingPlan], of call: PlannerCall) throws -> [SeatingPlan] {
    if call.isShadow { return plans }
    switch strike(.planner) {
    case .fail?: throw Injected()
    case .hang?: while rules.rules[.planner]?.action == .hang { Thread.sleep(forTimeInterval: 0.02) }
    case .nonsense?: return nonsense.instead(of: plans)
    case .delay(let duration)?: Thread.sleep(forTimeInterval: duration / .seconds(1))
    default: nonsense.remember(plans)
    }
    return plans
  }

  /// How wrong the wall clock is now.
  var clockShift: Duration { rules.clockShift }

  /// Counts, and tells what happens this time.
  func strike(_ target: FaultRules.Target) -> FaultRules.Action? {
    refresh()
    return state.withLock { state in
      guard let rule = state.rules.rules[target] else { return nil }
      let count = state.counts[target, default: 0] + 1
      state.counts[target] = count
      return rule.times.map { $0.contains(count) } ?? true ? rule.action : nil
    }
  }

  private var rules: FaultRules {
    refresh()
    return state.withLock { $0.rules }
  }

  /// Takes up what the file says; what cannot be read there ends the process, since its test would test nothing.
  private func refresh() {
    guard let path = fixed.file else { return }
    let mark = FileMark(of: path)
    state.withLock { state in
      guard mark != state.seen else { return }
      do throws(ConfigurationProblem) {
        let rules = mark == nil ? fixed : try FaultRules((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
        state = State(rules: rules, seen: mark)
      } catch { fatalError("\(error)") }
    }
  }
}

/// Which file stands at a path; another one once it has been replaced.
private struct FileMark: Hashable {
  var number: Int
  var changedAt: Date

  init?(of path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let number = attributes[.systemFileNumber] as? Int, let changedAt = attributes[.modificationDate] as? Date
    else { return nil }
    self.number = number
    self.changedAt = changedAt
  }
}

/// What a planner out of its mind proposes, in turn: a table that no floor has, the tables that another party got, and
/// tables joined at random.
private final class NonsensePlans: Sendable {
  private struct State {
    var lastTables: [TableNumber] = []
    var turn = 0
  }

  private static let nowhere: TableNumber = "no-such-table"
  private let state = Locked(State())

  func remember(_ plans: [SeatingPlan]) {
    if let tables = plans.first?.tables { state.withLock { $0.lastTables = tables } }
  }

  func instead(of plans: [SeatingPlan]) -> [SeatingPlan] {
    let tables = state.withLock { state in
      state.turn += 1
      switch state.turn % 3 {
      case 0: return state.lastTables.isEmpty ? [Self.nowhere] : state.lastTables
      case 1: return [Self.nowhere]
      default: return Array(Set(plans.flatMap(\.tables) + state.lastTables)).sorted()
      }
    }
    return [SeatingPlan(tables: tables, strategy: .optimalFit, score: .infinity, parts: [], spareSeats: 0)]
  }
}
