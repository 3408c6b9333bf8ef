import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let journalChecks: [ConformanceCheck] = [
    ConformanceCheck("events: are read back as they were stored, oldest first", events),
    ConformanceCheck("events: by booking, restaurant, source, type, time and place", eventQueries),
    ConformanceCheck("outbox: in the order of commits, from any place", outbox),
    ConformanceCheck("outbox: pruned by age; ids go on", prune),
  ]

  private static func events(_ bench: ConformanceBench) async throws {
    let events = [
      ObservabilityEvent(
        .engine, "engine.planned", severity: .debug, restaurantID: "house", bookingID: "b-1",
        context: [
          "plans": 12, "best": "T1", "score": 0.25, "sure": true, "none": .list([]), "empty": .object([:]),
          "parts": .object(["spare": -1, "tables": .list(["T1", 2])]),
        ], at: bench.clock.now()),
      ObservabilityEvent(.flags, "flag.changed", severity: .warning, at: bench.clock.now()),
    ]
    try await bench.store.append(events)
    let stored = try await bench.store.events(EventQuery())
    try bench.expect(stored.map(\.event), events, "events")
    try bench.require(stored[0].id < stored[1].id, "ids do not rise")
  }

  private static func eventQueries(_ bench: ConformanceBench) async throws {
    for number in 1...4 {
      try await bench.store.append([
        ObservabilityEvent(
          number == 4 ? .engine : .coordinator, number == 2 ? "coordinator.retry" : "coordinator.start",
          restaurantID: number < 3 ? "a" : "b", bookingID: BookingID("b-\(number % 2)"), context: ["n": .int(number)],
          at: bench.clock.now())
      ])
      bench.clock.advance(by: .seconds(1))
    }
    func numbers(_ change: (inout EventQuery) -> Void) async throws -> [EventValue?] {
      var query = EventQuery()
      change(&query)
      return try await bench.store.events(query).map { $0.event.context["n"] }
    }
    try bench.expect(try await numbers { $0.bookingID = "b-1" }, [1, 3], "of a booking")
    try bench.expect(try await numbers { $0.restaurantID = "b" }, [3, 4], "of a restaurant")
    try bench.expect(try await numbers { $0.source = .engine }, [4], "of a source")
    try bench.expect(try await numbers { $0.type = "coordinator.retry" }, [2], "of a type")
    try bench.expect(try await numbers { $0.since = ManualClock.start.adding(.seconds(2)) }, [3, 4], "since a time")
    try bench.expect(try await numbers { $0.limit = 2 }, [1, 2], "the first two")
    let latest = try await numbers {
      $0.latest = true
      $0.limit = 2
    }
    try bench.expect(latest, [3, 4], "the last two, oldest first")
    let second = try await bench.store.events(EventQuery())[1].id
    try bench.expect(try await numbers { $0.afterID = second }, [3, 4], "after an id")
  }

  private static func outbox(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.store.latestOutboxID(), 0, "latest id of an empty outbox")
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<50 {
        group.addTask { try? await bench.commit { $0.outbox = [message(bench, "\(number)"), message(bench, "next")] } }
      }
    }
    let all = try await bench.store.outbox(after: 0, limit: 1_000)
    try bench.expect(all.count, 100, "messages")
    try bench.require(zip(all, all.dropFirst()).allSatisfy { $0.id < $1.id }, "ids do not rise")
    for index in stride(from: 1, to: 100, by: 2) {
      try bench.expect(all[index].message.payload, "{\"n\":\"next\"}", "message after another of its unit")
    }
    try bench.expect(try await bench.store.latestOutboxID(), all.last?.id, "latest id")
    let rest = try await bench.store.outbox(after: all[9].id, limit: 5)
    try bench.expect(rest, Array(all[10..<15]), "five after the tenth")
  }

  private static func prune(_ bench: ConformanceBench) async throws {
    for number in 1...3 { try await bench.commit { $0.outbox = [message(bench, "\(number)")] } }
    let last = try await bench.store.latestOutboxID()
    bench.clock.advance(by: .seconds(100))
    let none = try await bench.prune(olderThan: .seconds(101), limit: 10)
    try bench.expect(none, 0, "pruned too early")
    _ = try await bench.prune(olderThan: .seconds(99), limit: 10)
    try bench.require(try await bench.store.outbox(after: 0, limit: 10).count <= 1, "old messages are still there")
    try await bench.commit { $0.outbox = [message(bench, "new")] }
    let new = try await bench.store.outbox(after: last, limit: 10)
    try bench.expect(new.map(\.message.payload), ["{\"n\":\"new\"}"], "what a subscriber finds after the last id")
  }

  private static func message(_ bench: ConformanceBench, _ text: String) -> OutboxMessage {
    OutboxMessage(
      topic: "booking", restaurantID: "house", bookingID: "b-1", payload: "{\"n\":\"\(text)\"}",
      createdAt: bench.clock.now())
  }
}
