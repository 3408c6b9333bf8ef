import BookingDomain
import Dispatch
import Foundation
import Resilience

/// Runs planners on threads of its own, each within a time limit.
///
/// A planner is plain code: one that hangs cannot be cancelled, and on the tasks' own threads, of which there are as many
/// as processors, two of them would stop the process. Here the caller goes on without it when its time is up, and its
/// thread is written off until it returns. As many planners run at once as there are processors; one that is slow is
/// made up for with another thread, so that others do not wait for it.
///
/// Where time is simulated there is nothing to wait for: planners run where they are asked, and one that has taken longer
/// than its limit, by the simulated clock, has timed out.
final class PlanningThreads: Sendable {
  let isSimulated: Bool
  private let board: PlanningBoard
  private let clock: SteadyClock

  init(limits: PlanningLimits = PlanningLimits(), clock: SteadyClock = SteadyClock(), isSimulated: Bool = false) {
    board = PlanningBoard(limits: limits, clock: clock)
    self.clock = clock
    self.isSimulated = isSimulated
  }

  deinit { board.close() }

  /// Planners that were given up and have not returned.
  var hungCount: Int { board.hungCount }

  /// Runs `work` on one of the threads.
  /// - Parameters:
  ///   - restaurant: whose planner it is.
  ///   - limit: from when it begins to run.
  func run<Value: Sendable>(
    for restaurant: RestaurantID, within limit: Duration, _ work: @escaping @Sendable () throws -> Value
  ) async -> PlanningAnswer<Value> {
    let clock = clock
    if isSimulated { return Self.answer(of: work, clock, within: limit) }
    return await withCheckedContinuation { continuation in
      let caller = PlanningCaller(continuation)
      let task = PlanningTask(
        restaurant: restaurant, limit: limit, run: { caller.answer(Self.answer(of: work, clock)) },
        giveUp: { began in caller.answer(began ? .timedOut : .refused) })
      if !board.submit(task) { caller.answer(.refused) }
    }
  }

  /// - Parameter limit: for those whom nobody watches; they must have returned by then.
  private static func answer<Value: Sendable>(
    of work: () throws -> Value, _ clock: SteadyClock, within limit: Duration? = nil
  ) -> PlanningAnswer<Value> {
    let begin = clock.now
    do {
      let value = try work()
      let took = begin.duration(to: clock.now)
      if let limit, took > limit { return .timedOut }
      return .finished(value, took: took)
    } catch { return .failed("\(type(of: error))") }
  }
}

/// What came of asking a planner.
enum PlanningAnswer<Value: Sendable>: Sendable {
  case finished(Value, took: Duration)
  /// It threw; the text names the kind of the error.
  case failed(String)
  /// The time ran out while it ran; whatever it still computes is thrown away.
  case timedOut
  /// Too many planners of this restaurant, or of all, hang already.
  case refused
}

/// Whoever waits for an answer; takes the first and drops the others.
private final class PlanningCaller<Value: Sendable>: Sendable {
  private let waiting: Locked<CheckedContinuation<PlanningAnswer<Value>, Never>?>

  init(_ continuation: CheckedContinuation<PlanningAnswer<Value>, Never>) { waiting = Locked(continuation) }

  func answer(_ answer: PlanningAnswer<Value>) {
    let first = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    first?.resume(returning: answer)
  }
}

/// The threads of a ``PlanningQueue``, and one that watches how long the planners take.
private final class PlanningBoard: Sendable {
  private let queue: Locked<PlanningQueue>
  private let work = DispatchSemaphore(value: 0)
  private let watch = DispatchSemaphore(value: 0)
  private let clock: SteadyClock
  /// How often running planners are looked at.
  private let beat: DispatchTimeInterval

  init(limits: PlanningLimits, clock: SteadyClock) {
    queue = Locked(PlanningQueue(limits: limits))
    self.clock = clock
    beat = .microseconds(Int(min(Duration.milliseconds(20), limits.slow).inMilliseconds * 1_000))
  }

  var hungCount: Int { queue.withLock { $0.hungCount } }

  func submit(_ task: PlanningTask) -> Bool {
    let now = clock.now
    guard let action = queue.withLock({ $0.submit(task, now: now) }) else { return false }
    start(action.newThreads)
    work.signal()
    switch action.watcher {
    case .start: thread("planning.watch") { $0.watchPlanners() }
    case .wake: watch.signal()
    case .leave: break
    }
    return true
  }

  /// Threads that are idle end; those that run a planner end when it returns.
  func close() {
    let sleepers = queue.withLock { $0.close() }
    for _ in 0..<sleepers { work.signal() }
    watch.signal()
  }

  private func start(_ count: Int) {
    for _ in 0..<count { thread("planning") { $0.runPlanners() } }
  }

  private func thread(_ name: String, _ body: @escaping @Sendable (PlanningBoard) -> Void) {
    let thread = Thread { body(self) }
    thread.name = name
    thread.start()
  }

  private func runPlanners() {
    while true {
      work.wait()
      let now = clock.now
      switch queue.withLock({ $0.next(now: now) }) {
      case .end: return
      case .nothing: continue
      case .run(let id, let task):
        task.run()
        guard queue.withLock({ $0.finish(id) }) else { return }
      }
    }
  }

  private func watchPlanners() {
    while true {
      let now = clock.now
      let action = queue.withLock { $0.check(now: now) }
      start(action.newThreads)
      for late in action.givenUp { late.task.giveUp(late.began) }
      switch action.then {
      case .end: return
      case .sleep: watch.wait()
      case .goOn: _ = watch.wait(timeout: .now() + beat)
      }
    }
  }
}
