import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let groupChecks: [ConformanceCheck] = [
    ConformanceCheck("units: a failing one leaves nothing and does not hurt its neighbours", neighbours),
    ConformanceCheck("units: of 500 tasks that want the same tables, one wins each", race),
    ConformanceCheck("units: every kind of row is gone when the last step fails", wholeOrNothing),
    ConformanceCheck("units: what was committed is there after reopening", durable),
    ConformanceCheck("units: a cancelled task's write is carried out whole, or not at all", cancellation),
  ]

  private static func neighbours(_ bench: ConformanceBench) async throws {
    try await bench.confirm("taken", ["T1"])
    let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        let fails = number % 3 == 0
        var unit = try bench.confirming(
          BookingID("b-\(number)"), fails ? ["T1"] : [TableNumber("U\(number)")], restaurant: "house")
        unit.events = [ObservabilityEvent(.coordinator, "coordinator.confirmed", at: bench.clock.now())]
        let work = unit
        group.addTask {
          do {
            try await bench.store.commit(work)
            return !fails
          } catch StoreError.claimConflict {
            return fails
          }
        }
      }
      return try await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    try bench.require(outcomes.allSatisfy { $0 }, "a neighbour of a failing unit failed, or the failing one did not")
    var query = BookingQuery()
    query.limit = 1_000
    try bench.expect(try await bench.store.bookings(query).count, 67, "bookings")
    var events = EventQuery()
    events.limit = 1_000
    try bench.expect(try await bench.store.events(events).count, 66, "events")
    try bench.expect(try await bench.store.checkInvariants(restaurant: nil).historyGaps, 0, "gaps in history")
  }

  private static func race(_ bench: ConformanceBench) async throws {
    let winners = try await withThrowingTaskGroup(of: TableNumber?.self) { group in
      for number in 0..<500 {
        let table = TableNumber("T\(number % 5)")
        let unit = try bench.confirming(BookingID("b-\(number)"), [table], start: number % 7)
        group.addTask {
          do {
            try await bench.store.commit(unit)
            return table
          } catch StoreError.claimConflict {
            return nil
          }
        }
      }
      return try await group.reduce(into: [TableNumber]()) { if let table = $1 { $0.append(table) } }
    }
    try bench.expect(winners.sorted(), ["T0", "T1", "T2", "T3", "T4"], "tables that were won")
    let claims = try await bench.store.floorState("house", span: bench.window(-600, 600)).claims
    try bench.expect(claims.map(\.table).sorted(), ["T0", "T1", "T2", "T3", "T4"], "claimed tables")
    try bench.expect(try await bench.store.checkInvariants(restaurant: nil).overlappingClaims, 0, "overlaps")
  }

  private static func wholeOrNothing(_ bench: ConformanceBench) async throws {
    try await bench.create("old")
    let now = bench.clock.now()
    var unit = try bench.confirming("b-1", ["T1"])
    unit.idempotency = IdempotencyRecord(
      scope: "open", key: "k", fingerprint: "p", resource: nil, response: nil, createdAt: now)
    unit.permit = PermitRequest(restaurantID: "house", bookingID: "b-1", owner: "a", limit: 1, ttl: .seconds(30))
    unit.attempts = [
      AttemptRow(bookingID: "b-1", attemptNumber: 1, strategy: nil, result: .success, reason: nil, createdAt: now)
    ]
    unit.events = [ObservabilityEvent(.coordinator, "coordinator.start", at: now)]
    unit.decisions = [StoredDecision(id: "d", restaurantID: "house", bookingID: "b-1", document: "{}", createdAt: now)]
    unit.notices = [
      NewNotice(id: "n", bookingID: "b-1", restaurantID: "house", version: 6, kind: .confirmed, delay: .zero)
    ]
    unit.outbox = [
      OutboxMessage(topic: "t", restaurantID: "house", bookingID: nil, payload: "{}", createdAt: now)
    ]
    unit.jobs = [.enqueue("b-1", "house", after: .zero, deadline: .seconds(600), resetRetries: true)]
    let restaurant = Restaurant.sample()
    unit.restaurant = RestaurantWrite(restaurant: restaurant, document: [123, 125], expectedRevision: 7)
    try await bench.refuse(unit, "a restaurant that is not there") { $0 == .staleRestaurant("house") }
    try await requireNothing(bench)
  }

  private static func requireNothing(_ bench: ConformanceBench) async throws {
    let store = bench.store
    try bench.require(try await store.booking("b-1") == nil, "booking")
    try bench.require(try await store.history(of: "b-1").isEmpty, "history")
    try bench.require(try await store.claims(of: "b-1").isEmpty, "claims")
    try bench.require(try await store.attempts(of: "b-1").isEmpty, "attempts")
    try bench.require(try await store.notices(of: "b-1").isEmpty, "notices")
    try bench.require(try await store.job(of: "b-1") == nil, "job")
    try bench.require(try await store.decision("d") == nil, "decision")
    try bench.require(try await store.idempotencyRecord(scope: "open", key: "k") == nil, "idempotency")
    try bench.require(try await store.events(EventQuery()).isEmpty, "events")
    try bench.expect(try await store.latestOutboxID(), 0, "outbox")
    try await store.commit(permit(bench, "b-2", limit: 1))
  }

  private static func durable(_ bench: ConformanceBench) async throws {
    let booking = try await bench.confirm("b-1", ["T1", "T2"])
    try await bench.store.commit(bench.holding("h", ["T3"]))
    try await enqueue(bench, "b-1")
    let reopened = try await bench.reopen()
    try bench.require(try await reopened.booking("b-1") == booking, "booking")
    try bench.expect(try await reopened.history(of: "b-1").count, 6, "history rows")
    try bench.expect(try await reopened.claims(of: "b-1").map(\.table), ["T1", "T2"], "claims")
    try bench.require(try await reopened.hold("h") != nil, "hold")
    try bench.require(try await reopened.job(of: "b-1") != nil, "job")
  }

  private static func cancellation(_ bench: ConformanceBench) async throws {
    let tasks = try (0..<50).map { number in
      let unit = try bench.confirming(BookingID("b-\(number)"), [TableNumber("U\(number)")])
      return Task { try await bench.store.commit(unit) }
    }
    for task in tasks { task.cancel() }
    for (number, task) in tasks.enumerated() {
      let isStored = (try? await task.value) != nil
      let booking = try await bench.store.booking(BookingID("b-\(number)"))
      try bench.expect(booking != nil, isStored, "whether a cancelled write that returned is stored")
    }
    try bench.expect(try await bench.store.checkInvariants(restaurant: nil).historyGaps, 0, "gaps in history")
  }
}
