import BookingDomain
import Resilience
import Testing

@testable import AssignmentPipeline

@Suite struct PlanningQueueTests {
  private let start = ContinuousClock.now
  private var queue: PlanningQueue

  init() {
    var limits = PlanningLimits()
    limits.threads = 2
    limits.hungPerRestaurant = 2
    limits.hungInAll = 3
    queue = PlanningQueue(limits: limits)
  }

  private func time(_ milliseconds: Int) -> ContinuousClock.Instant { start.advanced(by: .milliseconds(milliseconds)) }

  private func task(_ restaurant: RestaurantID = "house") -> PlanningTask {
    PlanningTask(restaurant: restaurant, limit: .seconds(1), run: {}, giveUp: { _ in })
  }

  /// Begins to run what waits.
  private mutating func begin(at milliseconds: Int) -> Int? {
    if case .run(let id, _) = queue.next(now: time(milliseconds)) { id } else { nil }
  }

  @Test mutating func `as many threads are started as planners wait, up to the limit, and used again`() throws {
    #expect(queue.submit(task(), now: time(0))?.newThreads == 1)
    let first = try #require(begin(at: 0))
    #expect(queue.submit(task(), now: time(0))?.newThreads == 1)
    #expect(queue.submit(task(), now: time(0))?.newThreads == 0)
    let goesOn = queue.finish(first)
    #expect(goesOn)
    #expect(queue.submit(task(), now: time(1))?.newThreads == 0)
  }

  @Test mutating func `a slow planner is made up for, and its thread ends when it returns`() throws {
    for _ in 0..<3 { _ = queue.submit(task(), now: time(0)) }
    let slow = try #require(begin(at: 0))
    _ = begin(at: 0)
    #expect(queue.check(now: time(100)).newThreads == 0)
    let check = queue.check(now: time(101))
    #expect(check.newThreads == 1)
    #expect(check.givenUp.isEmpty)
    #expect(queue.hungCount == 0)
    let goesOn = queue.finish(slow)
    #expect(!goesOn)
  }

  @Test mutating func `one past its limit is given up once, and counts as hung until it returns`() throws {
    _ = queue.submit(task(), now: time(0))
    let id = try #require(begin(at: 50))
    #expect(queue.check(now: time(1_050)).givenUp.isEmpty)
    #expect(queue.check(now: time(1_051)).givenUp.map(\.began) == [true])
    #expect(queue.check(now: time(1_052)).givenUp.isEmpty)
    #expect(queue.hungCount == 1)
    _ = queue.finish(id)
    #expect(queue.hungCount == 0)
  }

  @Test mutating func `a restaurant whose planners hang is refused, others are not, until too many hang in all`() {
    for restaurant in ["house", "house", "other"] as [RestaurantID] {
      #expect(queue.submit(task(restaurant), now: time(0)) != nil)
      _ = begin(at: 0)
      _ = queue.check(now: time(2_000))
    }
    #expect(queue.hungCount == 3)
    #expect(queue.submit(task(), now: time(2_000)) == nil)
    #expect(queue.submit(task("third"), now: time(2_000)) == nil)
    let goesOn = queue.finish(1)
    #expect(!goesOn)
    #expect(queue.submit(task(), now: time(2_000)) != nil)
  }

  @Test mutating func `what waits in vain for a thread is given up as not begun`() {
    for _ in 0..<3 { _ = queue.submit(task(), now: time(0)) }
    #expect(queue.check(now: time(1_001)).givenUp.map(\.began) == [false, false, false])
    let next = begin(at: 1_001)
    #expect(next == nil)
  }

  @Test mutating func `the watcher sleeps when nothing runs but what is given up, and is woken by the next`() throws {
    #expect(queue.submit(task(), now: time(0))?.watcher == .start)
    _ = begin(at: 0)
    #expect(queue.check(now: time(1)).then == .goOn)
    #expect(queue.check(now: time(1_001)).then == .sleep)
    #expect(queue.submit(task(), now: time(1_002))?.watcher == .wake)
    #expect(queue.submit(task(), now: time(1_002))?.watcher == .leave)
  }

  @Test mutating func `closed, it takes nothing and ends its threads`() {
    _ = queue.submit(task(), now: time(0))
    let sleepers = queue.close()
    #expect(sleepers == 1)
    #expect(queue.submit(task(), now: time(0)) == nil)
    guard case .end = queue.next(now: time(0)) else {
      Issue.record("a thread went on")
      return
    }
    #expect(queue.check(now: time(0)).then == .end)
  }
}
