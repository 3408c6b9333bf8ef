import Dispatch
import Foundation
import SeatingEngine
import Synchronization

/// How `plan` searches: its options, and the end of it by time or by Ctrl-C.
struct PlanSearch: Sendable {
  var seed: UInt64
  /// Searches side by side; nil for the usual number, which is fixed, so that every machine finds the same plan.
  var threads: Int?
  /// Seconds; nil for what suits the floor, see `DayEffort`.
  var timeLimit: Double?
  let interruption = Interruption()

  init(seed: UInt64, threads: Int?, timeLimit: Double?) throws(CommandProblem) {
    if let timeLimit, !(timeLimit > 0 && timeLimit.isFinite) {
      throw CommandProblem("--time-limit is \(timeLimit); allowed: seconds above 0")
    }
    if let threads, !(1...256).contains(threads) {
      throw CommandProblem("--threads is \(threads); allowed: 1 to 256")
    }
    self.seed = seed
    self.threads = threads
    self.timeLimit = timeLimit
  }

  /// Whether a mode is a search, which can end before it is done; the others end by themselves in no time.
  func isSearch(_ mode: PlanMode) -> Bool { mode == .day || mode == .reseat }

  /// Limits whose time begins now. The effort is in proportion to the time, so that a search on a machine that is quick
  /// enough ends by its effort and gives the same plan every time. `reseat` has no time limit of its own.
  func limits(mode: PlanMode, tables: Int) -> SearchLimits {
    let usual = DayEffort.seconds(tables: tables)
    let seconds = timeLimit ?? (mode == .day ? usual : nil)
    // What is left is for the bound.
    let end = seconds.map { ContinuousClock.now.advanced(by: .seconds($0 * 0.95)) }
    let interruption = interruption
    var limits = SearchLimits(
      seed: seed, running: { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) },
      isOver: { interruption.isThere || end.map { ContinuousClock.now >= $0 } ?? false })
    if let threads { limits.threads = threads }
    if mode == .day, let seconds { limits.effort = seconds / usual }
    return limits
  }
}

/// Notes Ctrl-C and `SIGTERM` while a plan is searched for, which then ends with the best plan so far. A second one ends
/// the program.
struct Interruption: Sendable {
  /// One for the process, as a signal's handler can hold nothing.
  private static let noted = Atomic<Bool>(false)

  var isThere: Bool { Interruption.noted.load(ordering: .relaxed) }

  /// Runs `body` with the signals noted in place of ending the program.
  func noted<Result>(during body: () throws -> Result) rethrows -> Result {
    // Made before a handler could be the first to touch it.
    Interruption.noted.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if !Interruption.noted.exchange(true, ordering: .relaxed) { return }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    defer {
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    return try body()
  }
}
