import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let deadlineChecks: [ConformanceCheck] = [
    ConformanceCheck("deadlines: each state entered for the first time in a round restarts it", firstEntry),
    ConformanceCheck("deadlines: going back, and on to where the round has been, restarts nothing", bouncing),
    ConformanceCheck("deadlines: enqueued again, a round begins; a rescue begins none", rounds),
    ConformanceCheck("deadlines: stand still while the booking is in line", inLine),
    ConformanceCheck("deadlines: behind a live permit of the restaurant nothing is overdue", behindPermit),
    ConformanceCheck("deadlines: an outage pushes them out once, also for what was in line", outage),
    ConformanceCheck("jobs: the bookings that have one are listed page by page", unfinished),
  ]

  private static func firstEntry(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    for (second, state) in [(100, AssignmentState.assignmentPending), (200, .assignmentInProgress), (300, .assigned)] {
      bench.clock.advance(by: .seconds(100))
      try await enter(bench, state)
      try await expectDeadline(bench, .seconds(second + 600), "deadline in \(state.rawValue)")
    }
    try await enter(bench, .confirmed)
    try await expectDeadline(bench, .seconds(900), "deadline after a state that has none")
  }

  private static func bouncing(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    bench.clock.advance(by: .seconds(10))
    try await enter(bench, .assignmentInProgress)
    for _ in 0..<3 {
      bench.clock.advance(by: .seconds(100))
      for state in [AssignmentState.assignmentPending, .assignmentInProgress] { try await enter(bench, state) }
    }
    try await expectDeadline(bench, .seconds(610), "deadline")
  }

  private static func rounds(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    try await enter(bench, .assignmentInProgress)
    bench.clock.advance(by: .seconds(100))
    try await bench.commit { $0.jobs = [.rescue("b-1", deadline: .seconds(600))] }
    bench.clock.advance(by: .seconds(100))
    try await enter(bench, .assignmentInProgress)
    try await expectDeadline(bench, .seconds(700), "deadline after a rescue")
    try await enqueue(bench, "b-1", reset: false)
    bench.clock.advance(by: .seconds(100))
    try await enter(bench, .assignmentPending)
    try await expectDeadline(bench, .seconds(900), "deadline in a new round")
  }

  private static func inLine(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    bench.clock.advance(by: .seconds(1_000))
    try bench.expect(
      try await claim(bench).first?.stateDeadline, ManualClock.start.adding(.seconds(1_600)), "after a long line")
    bench.clock.advance(by: .seconds(10))
    try await bench.store.returnJob("b-1", owner: "a", after: .zero)
    bench.clock.advance(by: .seconds(100))
    try bench.expect(
      try await claim(bench).first?.stateDeadline, ManualClock.start.adding(.seconds(1_700)), "given back")
    try await bench.commit { $0.jobs = [.retry("b-1", after: .seconds(60), countsAsAttempt: false)] }
    bench.clock.advance(by: .seconds(70))
    try bench.expect(
      try await claim(bench).first?.stateDeadline, ManualClock.start.adding(.seconds(1_710)),
      "after a wait that counts, and 10 seconds in line")
    bench.clock.advance(by: .seconds(30))
    _ = try await bench.store.reviveJobs()
    bench.clock.advance(by: .seconds(5))
    try bench.expect(
      try await claim(bench).first?.stateDeadline, ManualClock.start.adding(.seconds(1_715)), "after a dead worker")
  }

  private static func behindPermit(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    try await enqueue(bench, "b-2", restaurant: "other")
    bench.clock.advance(by: .seconds(601))
    try await bench.store.commit(permit(bench, "somebody", limit: 1))
    try bench.expect(
      try await bench.store.overdueJobs(limit: 10).map(\.job.bookingID), ["b-2"], "overdue while a permit lives")
    bench.clock.advance(by: .seconds(30))
    try bench.expect(try await bench.store.overdueJobs(limit: 10).count, 2, "overdue when the permit is dead")
    try await enqueue(bench, "b-3")
    _ = try await claim(bench, limit: 1, after: "a")
    try bench.expect(
      try await bench.store.overdueJobs(limit: 10).map(\.job.bookingID), ["b-2"], "overdue beside a running job")
  }

  private static func outage(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    bench.clock.advance(by: .seconds(400))
    try await bench.store.extendDeadlines(by: .seconds(300))
    try await expectDeadline(bench, .seconds(900), "deadline")
    try bench.expect(
      try await claim(bench).first?.stateDeadline, ManualClock.start.adding(.seconds(1_000)),
      "deadline with the 100 seconds in line that were no outage")
  }

  private static func unfinished(_ bench: ConformanceBench) async throws {
    for id: BookingID in ["b-3", "b-1", "b-2", "b-4"] { try await bench.create(id) }
    for id: BookingID in ["b-3", "b-1", "b-2"] { try await enqueue(bench, id) }
    let first = try await bench.store.unfinishedBookings(after: nil, limit: 2)
    try bench.expect(first.map(\.id), ["b-1", "b-2"], "first page")
    try bench.expect(first.first, try await bench.load("b-1"), "booking")
    let second = try await bench.store.unfinishedBookings(after: "b-2", limit: 2)
    try bench.expect(second.map(\.id), ["b-3"], "second page")
  }

  private static func enter(_ bench: ConformanceBench, _ state: AssignmentState) async throws {
    try await bench.commit { $0.jobs = [.enterState("b-1", state, deadline: .seconds(600))] }
  }

  private static func expectDeadline(_ bench: ConformanceBench, _ afterStart: Duration, _ what: String) async throws {
    try bench.expect(
      try await bench.store.job(of: "b-1")?.stateDeadline, ManualClock.start.adding(afterStart), what)
  }
}
