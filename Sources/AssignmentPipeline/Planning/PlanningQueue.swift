import BookingDomain
import Foundation

/// Bounds of what may run and hang.
struct PlanningLimits: Sendable, Hashable {
  /// Planners that run at once; as many as processors.
  var threads = max(1, ProcessInfo.processInfo.activeProcessorCount)
  /// Planners of one restaurant that may hang before it is refused; 4.
  var hungPerRestaurant = 4
  /// Planners that may hang in all before everyone is refused; 32.
  var hungInAll = 32
  /// One that has run for longer no longer counts as one of ``threads``; 100 milliseconds.
  var slow = Duration.milliseconds(100)
}

/// A planner to run, and who is told that nobody waits for it any more.
struct PlanningTask: Sendable {
  let restaurant: RestaurantID
  /// From when it begins to run; it also waits no longer for a thread.
  let limit: Duration
  let run: @Sendable () -> Void
  /// - Parameter began: false when it never got a thread.
  let giveUp: @Sendable (_ began: Bool) -> Void
}

/// Which planners wait, run and hang: pure, time comes in with each call, threads are started and woken by the caller.
struct PlanningQueue: Sendable {
  typealias Instant = ContinuousClock.Instant

  private struct Running {
    var task: PlanningTask
    var since: Instant
    /// Another thread may run in its place; its own ends when it returns.
    var isMadeUpFor = false
    var isHung = false
  }

  private let limits: PlanningLimits
  private var waiting: [(task: PlanningTask, since: Instant)] = []
  private var running: [Int: Running] = [:]
  private var lastID = 0
  /// Threads that were started, without those that are made up for.
  private var threads = 0
  private var hung: [RestaurantID: Int] = [:]
  private var watcher = Watcher.none
  private var isClosed = false

  private enum Watcher { case none, awake, asleep }

  init(limits: PlanningLimits) { self.limits = limits }

  var hungCount: Int { hung.values.reduce(0, +) }

  // MARK: - What is to be done

  struct Submission: Sendable {
    enum Watch: Sendable { case start, wake, leave }
    var newThreads: Int
    var watcher: Watch
  }

  enum Next: Sendable {
    case run(Int, PlanningTask)
    /// What was to be run was given up meanwhile.
    case nothing
    /// The thread is no longer needed.
    case end
  }

  struct Check: Sendable {
    enum Then: Sendable { case goOn, sleep, end }
    var givenUp: [(task: PlanningTask, began: Bool)] = []
    var newThreads = 0
    var then = Then.goOn
  }

  // MARK: - Events

  /// Takes a planner, unless too many hang.
  mutating func submit(_ task: PlanningTask, now: Instant) -> Submission? {
    guard !isClosed, hung[task.restaurant, default: 0] < limits.hungPerRestaurant, hungCount < limits.hungInAll else {
      return nil
    }
    waiting.append((task, now))
    let watch: Submission.Watch
    switch watcher {
    case .none: watch = .start
    case .asleep: watch = .wake
    case .awake: watch = .leave
    }
    watcher = .awake
    return Submission(newThreads: threadsToStart(), watcher: watch)
  }

  /// A thread has been woken.
  mutating func next(now: Instant) -> Next {
    if isClosed { return .end }
    if waiting.isEmpty { return .nothing }
    lastID += 1
    let task = waiting.removeFirst().task
    running[lastID] = Running(task: task, since: now)
    return .run(lastID, task)
  }

  /// A planner has returned.
  /// - Returns: whether its thread goes on.
  mutating func finish(_ id: Int) -> Bool {
    guard let done = running.removeValue(forKey: id) else { return !isClosed }
    if done.isHung {
      let left = hung[done.task.restaurant, default: 1] - 1
      hung[done.task.restaurant] = left > 0 ? left : nil
    }
    return !done.isMadeUpFor && !isClosed
  }

  /// The watcher looks around.
  mutating func check(now: Instant) -> Check {
    var check = Check()
    if isClosed {
      check.givenUp = waiting.map { ($0.task, false) }
      check.then = .end
      waiting = []
      return check
    }
    for (id, entry) in running where !entry.isHung { judge(id, entry, now: now, &check) }
    while let first = waiting.first, first.since.duration(to: now) > first.task.limit {
      check.givenUp.append((waiting.removeFirst().task, false))
    }
    check.newThreads = threadsToStart()
    if waiting.isEmpty && !running.values.contains(where: { !$0.isHung }) {
      watcher = .asleep
      check.then = .sleep
    }
    return check
  }

  /// - Returns: threads that must be woken to see it.
  mutating func close() -> Int {
    isClosed = true
    return threads
  }

  // MARK: - Parts

  private mutating func judge(_ id: Int, _ entry: Running, now: Instant, _ check: inout Check) {
    let age = entry.since.duration(to: now)
    let isLate = age > entry.task.limit
    if (isLate || age > limits.slow) && !entry.isMadeUpFor && madeUpFor < limits.hungInAll {
      running[id]?.isMadeUpFor = true
      threads -= 1
    }
    guard isLate else { return }
    running[id]?.isHung = true
    hung[entry.task.restaurant, default: 0] += 1
    check.givenUp.append((entry.task, true))
  }

  private var madeUpFor: Int { running.values.count { $0.isMadeUpFor } }

  /// As many threads as wait and run now, but no more than may run at once.
  private mutating func threadsToStart() -> Int {
    let wanted = min(limits.threads, waiting.count + running.values.count { !$0.isMadeUpFor })
    let missing = max(0, wanted - threads)
    threads += missing
    return missing
  }
}
