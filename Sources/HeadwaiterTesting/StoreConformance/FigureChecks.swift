import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let figureChecks: [ConformanceCheck] = [
    ConformanceCheck("figures: of an empty database are 0", empty),
    ConformanceCheck("figures: the queue by state, stuck ones, and permits", queue),
    ConformanceCheck("figures: reviews by their deadline in the house's time, and the oldest", review),
    ConformanceCheck("figures: notices that are scheduled and due, delivered ones no longer", notices),
    ConformanceCheck("figures: instances that live, are drained, and are silent", instances),
    ConformanceCheck("figures: the outbox lags behind for who has not been told, and for nobody else", outbox),
  ]

  private static func figures(
    _ bench: ConformanceBench, businessNow: Timestamp? = nil, told: Int64? = nil
  ) async throws -> OperatingFigures {
    try await bench.store.operatingFigures(businessNow: businessNow ?? bench.clock.now(), told: told)
  }

  private static func empty(_ bench: ConformanceBench) async throws {
    let nothing = OperatingFigures(
      queue: QueueDepth(ready: 0, running: 0, parked: 0, waiting: 0, oldestReady: nil), stuck: 0, permits: 0,
      review: .init(), notices: .init(), instances: .init())
    try bench.expect(try await figures(bench), nothing, "figures")
    try bench.expect(try await figures(bench, told: 0), nothing, "figures for a listener")
  }

  private static func queue(_ bench: ConformanceBench) async throws {
    for (id, delay) in [("b-1" as BookingID, 0), ("b-2", 0), ("b-3", 50)] {
      try await bench.create(id)
      try await bench.commit {
        $0.jobs = [.enqueue(id, "house", after: .seconds(delay), deadline: .seconds(20), resetRetries: true)]
      }
    }
    let claim = JobClaimRequest(owner: "w", limit: 1, after: nil, maxParallel: 3, ttl: .seconds(5))
    _ = try await bench.store.claimJobs(claim)
    try await bench.commit {
      $0.permit = PermitRequest(restaurantID: "house", bookingID: "b-1", owner: "w", limit: 3, ttl: .seconds(5))
    }
    bench.clock.advance(by: .seconds(4))
    let early = try await figures(bench)
    try bench.expect(
      early.queue, QueueDepth(ready: 1, running: 1, parked: 0, waiting: 1, oldestReady: .seconds(4)), "queue")
    try bench.expect(early.queue, try await bench.store.queueDepth(), "queue by itself")
    try bench.expect([early.stuck, early.permits], [0, 1], "stuck and permits")
    bench.clock.advance(by: .seconds(30))
    let late = try await figures(bench)
    try bench.expect(late.stuck, 3, "stuck")
    try bench.expect(late.permits, 0, "permits that have run out")
  }

  private static func review(_ bench: ConformanceBench) async throws {
    for (number, minutes) in [0, 89, 91].enumerated() {
      var mutation = BookingMutation(try await bench.create(BookingID("b-\(number)"), start: number * 120))
      let context = ChangeContext.sample(at: bench.clock.now())
      try mutation.transition(to: .manualReview, cause: .deadline, reason: .deadline, context: context)
      mutation.edit { $0.reviewDeadline = bench.clock.now().adding(minutes: minutes) }
      let reviewed = mutation
      try await bench.commit { $0.bookings = [reviewed] }
    }
    var kept = BookingMutation(try await bench.create("kept", start: 480))
    try kept.transition(
      to: .manualReview, cause: .deadline, context: .sample(at: bench.clock.now().adding(.seconds(-9))))
    let house = kept
    try await bench.commit { $0.bookings = [house] }
    try bench.expect(
      try await figures(bench).review, .init(waiting: 4, overdue: 1, urgent: 2, oldest: .seconds(9)), "review")
    let later = bench.clock.now().adding(minutes: 90)
    try bench.expect(
      try await figures(bench, businessNow: later).review,
      .init(waiting: 4, overdue: 2, urgent: 3, oldest: .seconds(9)),
      "review later in the house's time")
  }

  private static func notices(_ bench: ConformanceBench) async throws {
    for (number, delay) in [10, 20, 60].enumerated() {
      let id = BookingID("b-\(number)")
      try await bench.create(id)
      try await bench.commit {
        $0.notices = [
          NewNotice(
            id: "n-\(number)", bookingID: id, restaurantID: "house", version: 1, kind: .confirmed,
            delay: .seconds(delay))
        ]
      }
    }
    try bench.expect(try await figures(bench).notices, .init(scheduled: 3), "before their time")
    bench.clock.advance(by: .seconds(25))
    try bench.expect(
      try await figures(bench).notices, .init(scheduled: 1, due: 2, oldestDue: .seconds(15)), "when two are due")
    try await bench.store.markDelivered("n-0")
    try bench.expect(
      try await figures(bench).notices, .init(scheduled: 1, due: 1, oldestDue: .seconds(5)), "after one was delivered")
  }

  private static func instances(_ bench: ConformanceBench) async throws {
    for id in ["silent", "live", "drained"] {
      try await bench.store.publishInstance(
        InstanceRecord(id: id, host: "h", flags: FlagSettings(), startedAt: bench.clock.now()))
      if id == "silent" { bench.clock.advance(by: .seconds(11)) }
    }
    _ = try await bench.store.drainInstance("drained", true)
    try bench.expect(
      try await figures(bench).instances, .init(live: 1, draining: 1, silent: 1), "instances")
  }

  private static func outbox(_ bench: ConformanceBench) async throws {
    for number in 1...2 {
      let message = OutboxMessage(
        topic: "booking", restaurantID: "house", bookingID: nil, payload: "{}", createdAt: bench.clock.now())
      try await bench.commit { $0.outbox = [message] }
      bench.clock.advance(by: .seconds(number))
    }
    let messages = try await bench.store.outbox(after: 0, limit: 10)
    try bench.expect(messages.count, 2, "messages")
    try bench.expect(try await figures(bench).outboxLag, nil, "lag without a listener")
    try bench.expect(try await figures(bench, told: 0).outboxLag, .seconds(3), "lag of one who was told nothing")
    try bench.expect(try await figures(bench, told: messages[0].id).outboxLag, .seconds(2), "lag after the first")
    try bench.expect(try await figures(bench, told: messages[1].id).outboxLag, nil, "lag after the last")
  }
}
