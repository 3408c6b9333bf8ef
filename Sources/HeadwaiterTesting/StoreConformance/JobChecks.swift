import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let jobChecks: [ConformanceCheck] = [
    ConformanceCheck("jobs: a claimed job is claimed once, and is done when finished", claimOnce),
    ConformanceCheck("jobs: the lease of the booking comes with the job, if it is free", lease),
    ConformanceCheck("jobs: retries wait, are counted, and survive a restart", retries),
    ConformanceCheck("jobs: enqueued again, a job is ready, and forgets its past only if told to", enqueueAgain),
    ConformanceCheck("jobs: a parked job keeps its place and its deadline stands still", park),
    ConformanceCheck("jobs: a returned job keeps its place, or waits", returned),
    ConformanceCheck("jobs: returning another worker's job changes nothing", returnOfAnother),
    ConformanceCheck("jobs: those of dead workers, and parked ones without a permit to wait for, are revived", revive),
    ConformanceCheck("jobs: overdue ones are listed, with whether their worker lives", overdue),
    ConformanceCheck("jobs: a rescue counts and sets a new deadline", rescue),
    ConformanceCheck("jobs: the depth of the queue", depth),
    ConformanceCheck("jobs: changes to a booking without a job are no error", withoutJob),
  ]

  private static func claimOnce(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    var job = try await claim(bench).first
    try bench.expect(job?.bookingID, "b-1", "claimed booking")
    try bench.expect(try await claim(bench).count, 0, "claimed again")
    job?.lease = nil
    try bench.expect(try await bench.store.job(of: "b-1"), job, "job of the booking")
    try await bench.commit { $0.jobs = [.finish("b-1")] }
    try bench.expect(try await bench.store.job(of: "b-1"), nil, "finished job")
  }

  private static func lease(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    try await enqueue(bench, "b-2")
    let other = try await bench.acquire("booking:b-2", owner: "other")
    let jobs = try await claim(bench)
    let lease = jobs.first { $0.bookingID == "b-1" }?.lease
    try bench.require(lease != nil, "the lease did not come with the job")
    try bench.expect(jobs.first { $0.bookingID == "b-2" }?.lease, .some(.none), "lease that someone else has")
    if case .acquired = try await bench.store.acquireLease("booking:b-1", owner: "other", ttl: .seconds(30)) {
      throw ConformanceViolation("the lease that came with a job was given away again")
    }
    let fences = [lease, other].compactMap { $0 }.map { Fence(name: $0.name, token: $0.token) }
    try bench.expect(try await bench.store.extendLeases(fences, ttl: .seconds(30)), [], "leases that are lost")
    try bench.require(fences[0].token != fences[1].token, "two leases carry one token")
    // A dead worker's lease goes to the next one, with a higher token.
    bench.clock.advance(by: .seconds(31))
    _ = try await bench.store.reviveJobs()
    let next = try await claim(bench).first { $0.bookingID == "b-1" }?.lease
    try bench.require((next?.token ?? 0) > fences[0].token, "the next worker's token is not higher")
  }

  private static func retries(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    _ = try await claim(bench)
    try await bench.commit { $0.jobs = [.retry("b-1", after: .seconds(5), countsAsAttempt: true)] }
    try bench.expect(try await claim(bench).count, 0, "claimed too early")
    let due = bench.clock.now().adding(.seconds(5))
    try bench.expect(try await bench.store.nextJobDue(), due, "when the next job is due")
    let reopened = try await bench.reopen()
    bench.clock.advance(by: .milliseconds(4_999))
    let request = JobClaimRequest(owner: "a", limit: 10, after: nil, maxParallel: 3, ttl: .seconds(30))
    try bench.expect(try await reopened.claimJobs(request).count, 0, "claimed a millisecond too early")
    bench.clock.advance(by: .milliseconds(1))
    let job = try await reopened.claimJobs(request).first
    try bench.expect(job?.retries, 1, "retries")
    try bench.expect(job?.failures, 1, "failures")
    var unit = WriteUnit(label: "retry")
    unit.jobs = [.retry("b-1", after: .seconds(1), countsAsAttempt: false)]
    try await reopened.commit(unit)
    try bench.expect(try await reopened.job(of: "b-1")?.retries, 2, "retries")
    try bench.expect(try await reopened.job(of: "b-1")?.failures, 1, "failures after a wait that is none")
    try bench.expect(
      try await reopened.job(of: "b-1")?.stateDeadline, ManualClock.start.adding(.seconds(600)), "deadline")
  }

  private static func enqueueAgain(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    _ = try await claim(bench)
    try await bench.commit { $0.jobs = [.retry("b-1", after: .seconds(500), countsAsAttempt: true)] }
    try await enqueue(bench, "b-1", reset: false)
    try bench.expect(try await bench.store.job(of: "b-1")?.retries, 1, "retries kept")
    try await enqueue(bench, "b-1", reset: true)
    let job = try await claim(bench).first
    try bench.expect(job.map { [$0.retries, $0.failures, $0.rescues] }, [0, 0, 0], "retries, failures, rescues")
  }

  private static func park(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    bench.clock.advance(by: .seconds(1))
    try await enqueue(bench, "b-2")
    _ = try await claim(bench, limit: 1)
    try await bench.store.commit(permit(bench, "other", limit: 1))
    try await bench.commit { $0.jobs = [.park("b-1")] }
    bench.clock.advance(by: .seconds(1_000))
    try bench.expect(
      try await bench.store.overdueJobs(limit: 10).map(\.job.bookingID), ["b-2"], "overdue, the parked one is not")
    try await bench.commit { $0.releasePermits = ["other"] }
    _ = try await bench.store.reviveJobs()
    let jobs = try await claim(bench, limit: 1, parallel: 1)
    try bench.expect(jobs.map(\.bookingID), ["b-1"], "first in line")
    try bench.expect(
      jobs.first?.stateDeadline, ManualClock.start.adding(.seconds(1_601)), "deadline that stood still")
  }

  private static func returned(_ bench: ConformanceBench) async throws {
    for id in ["b-1", "b-2"] { try await enqueue(bench, BookingID(id)) }
    _ = try await claim(bench, limit: 1)
    try await bench.store.returnJob("b-1", owner: "a", after: .zero)
    let again = try await claim(bench, limit: 1)
    try bench.expect(again.map(\.bookingID), ["b-1"], "first in line")
    try bench.expect(again.first?.retries, 0, "retries")
    try await bench.store.returnJob("b-1", owner: "a", after: .seconds(7))
    try bench.expect(try await claim(bench).map(\.bookingID), ["b-2"], "while the other waits")
    try bench.expect(try await bench.store.nextJobDue(), bench.clock.now().adding(.seconds(7)), "next due")
  }

  private static func returnOfAnother(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    _ = try await claim(bench)
    try await bench.store.returnJob("b-1", owner: "somebody", after: .zero)
    try bench.expect(try await bench.store.queueDepth().running, 1, "running")
  }

  private static func revive(_ bench: ConformanceBench) async throws {
    for id in ["b-1", "b-2"] { try await enqueue(bench, BookingID(id)) }
    _ = try await claim(bench)
    try await bench.store.commit(permit(bench, "other", limit: 1))
    try await bench.commit { $0.jobs = [.park("b-2")] }
    try bench.expect(try await bench.store.reviveJobs(), 0, "revived too early")
    bench.clock.advance(by: .seconds(30))
    try bench.expect(try await bench.store.reviveJobs(), 2, "revived: a dead worker's, and one behind a dead permit")
    try bench.expect(try await claim(bench).map(\.bookingID), ["b-1", "b-2"], "claimed again, in line")
  }

  private static func overdue(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    _ = try await claim(bench, ttl: .seconds(610))
    for id: BookingID in ["b-2", "b-3"] { try await enqueue(bench, id, restaurant: "other") }
    bench.clock.advance(by: .seconds(600))
    try bench.expect(try await bench.store.overdueJobs(limit: 10).count, 0, "overdue at the deadline")
    bench.clock.advance(by: .microseconds(1))
    _ = try await bench.acquire("booking:b-2")
    let overdue = try await bench.store.overdueJobs(limit: 10)
    let alive = Dictionary(uniqueKeysWithValues: overdue.map { ($0.job.bookingID, $0.workerIsAlive) })
    try bench.expect(alive, ["b-1": true, "b-2": true, "b-3": false], "whose worker lives")
    bench.clock.advance(by: .seconds(30))
    let dead = try await bench.store.overdueJobs(limit: 2)
    try bench.expect(dead.map(\.workerIsAlive), [false, false], "when leases have ended")
  }

  private static func rescue(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    _ = try await claim(bench)
    bench.clock.advance(by: .seconds(700))
    try await bench.commit { $0.jobs = [.rescue("b-1", deadline: .seconds(600))] }
    let job = try await claim(bench).first
    try bench.expect(job?.rescues, 1, "rescues")
    try bench.expect(job?.stateDeadline, bench.clock.now().adding(.seconds(600)), "deadline")
  }

  private static func depth(_ bench: ConformanceBench) async throws {
    let empty = try await bench.store.queueDepth()
    try bench.expect(
      empty, QueueDepth(ready: 0, running: 0, parked: 0, waiting: 0, oldestReady: nil), "depth of an empty queue")
    for id in ["b-1", "b-2", "b-3", "b-4"] { try await enqueue(bench, BookingID(id)) }
    _ = try await claim(bench, limit: 3, parallel: 3)
    try await bench.commit {
      $0.jobs = [.park("b-2"), .retry("b-3", after: .seconds(60), countsAsAttempt: false)]
    }
    bench.clock.advance(by: .seconds(9))
    try bench.expect(
      try await bench.store.queueDepth(),
      QueueDepth(ready: 1, running: 1, parked: 1, waiting: 1, oldestReady: .seconds(9)), "depth")
  }

  private static func withoutJob(_ bench: ConformanceBench) async throws {
    try await bench.commit {
      $0.jobs = [
        .retry("x", after: .zero, countsAsAttempt: true), .park("x"), .enterState("x", .assigned, deadline: .zero),
        .rescue("x", deadline: .zero), .finish("x"),
      ]
    }
    try bench.expect(try await bench.store.job(of: "x"), nil, "job")
    try bench.expect(try await bench.store.nextJobDue(), nil, "next due")
  }

  static func enqueue(
    _ bench: ConformanceBench, _ booking: BookingID, restaurant: RestaurantID = "house", reset: Bool = true
  ) async throws {
    try await bench.commit {
      $0.jobs = [.enqueue(booking, restaurant, after: .zero, deadline: .seconds(600), resetRetries: reset)]
    }
  }

  static func claim(
    _ bench: ConformanceBench, limit: Int = 10, after: RestaurantID? = nil, parallel: Int = 3,
    ttl: Duration = .seconds(30)
  ) async throws -> [Job] {
    try await bench.store.claimJobs(
      JobClaimRequest(owner: "a", limit: limit, after: after, maxParallel: parallel, ttl: ttl))
  }
}
