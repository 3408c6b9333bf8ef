import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let traceChecks: [ConformanceCheck] = [
    ConformanceCheck("traces: a booking keeps the trace that it was made with", keeps),
    ConformanceCheck("traces: a notice has its booking's", notices),
    ConformanceCheck("inspection: says what the database is, and that nothing is missing", inspection),
    ConformanceCheck("retention: old events go in portions, the newest stays", prunesEvents),
    ConformanceCheck("retention: what would go is counted", countsPrunable),
  ]

  private static let trace = TraceID(high: 0x4bf9_2f35_77b3_4da6, low: 0xa3ce_929d_0e0e_4736)

  private static func create(_ bench: ConformanceBench, _ id: BookingID, trace: TraceID?) async throws -> Booking {
    var record = BookingRecord.sample(id: id)
    record.trace = trace
    let mutation = BookingMutation(creating: record, context: .sample())
    try await bench.commit { $0.bookings = [mutation] }
    return mutation.booking
  }

  private static func keeps(_ bench: ConformanceBench) async throws {
    var mutation = BookingMutation(try await create(bench, "b-1", trace: trace))
    _ = try await create(bench, "b-2", trace: nil)
    mutation.touch(cause: "pin", context: .sample(.person))
    let change = mutation
    try await bench.commit { $0.bookings = [change] }
    try bench.expect(try await bench.load("b-1").trace, trace, "trace after a change")
    try bench.expect(try await bench.load("b-2").trace, nil, "trace of a booking without one")
    guard let again = try await bench.reopen().booking("b-1") else { throw ConformanceViolation("b-1 is missing") }
    try bench.expect(again.trace, trace, "trace after a restart")
  }

  private static func notices(_ bench: ConformanceBench) async throws {
    _ = try await create(bench, "b-1", trace: trace)
    _ = try await create(bench, "b-2", trace: nil)
    try await bench.commit { unit in
      unit.notices = ["b-1", "b-2"].map {
        NewNotice(
          id: "n-\($0)", bookingID: BookingID($0), restaurantID: "house", version: 1, kind: .confirmed, delay: .zero)
      }
    }
    try bench.expect(try await bench.store.notices(of: "b-1").map(\.trace), [trace], "trace of a notice")
    let claimed = try await bench.store.claimNotices(owner: "a", limit: 10, ttl: .seconds(10))
    let traces = Dictionary(uniqueKeysWithValues: claimed.map { ($0.bookingID, $0.trace) })
    try bench.expect(traces, ["b-1": trace, "b-2": nil], "traces of claimed notices")
  }

  private static func inspection(_ bench: ConformanceBench) async throws {
    let facts = try await bench.store.inspect()
    try bench.require(facts.version.first?.isNumber == true, "the version is \(facts.version)")
    try bench.require(!facts.durability.isEmpty, "nothing is said of durability")
    try bench.expect(facts.missingExtensions, [], "missing extensions")
    try bench.expect(facts.role?.missing ?? [], [], "missing rights")
    let migrations = try await bench.store.migrations()
    try bench.require(migrations.count > 7, "\(migrations.count) migrations")
    try bench.require(migrations.allSatisfy { $0.standing == .applied }, "not all are applied: \(migrations)")
  }

  private static func prunesEvents(_ bench: ConformanceBench) async throws {
    for number in 1...6 {
      try await bench.store.append([
        ObservabilityEvent(.coordinator, "x", context: ["n": .int(number)], at: bench.clock.now())
      ])
      bench.clock.advance(by: .seconds(10))
    }
    func left() async throws -> [EventValue?] {
      try await bench.store.events(EventQuery()).map { $0.event.context["n"] }
    }
    let fifth = ManualClock.start.adding(.seconds(40))
    try bench.expect(try await bench.store.prune(.events, before: ManualClock.start, limit: 10), 0, "too early")
    try bench.expect(try await bench.store.prune(.events, before: fifth, limit: 3), 3, "first portion")
    try bench.expect(try await left(), [4, 5, 6], "what is left of it")
    try bench.expect(try await bench.store.prune(.events, before: fifth, limit: 3), 1, "second portion")
    try bench.expect(try await left(), [5, 6], "what is left, the one of the very time among it")
    let last = try await bench.store.events(EventQuery()).last?.id ?? 0
    try bench.expect(try await bench.store.prune(.events, before: bench.clock.now(), limit: 10), 1, "all that is old")
    try bench.expect(try await left(), [6], "the newest")
    try await bench.store.append([ObservabilityEvent(.coordinator, "x", at: bench.clock.now())])
    let next = try await bench.store.events(EventQuery()).last?.id ?? 0
    try bench.require(next > last, "ids do not rise: \(next) after \(last)")
    var query = EventQuery()
    query.before = bench.clock.now()
    try bench.expect(try await bench.store.events(query).map(\.id), [last], "events before a time")
  }

  private static func countsPrunable(_ bench: ConformanceBench) async throws {
    for number in 1...3 {
      try await bench.store.append([ObservabilityEvent(.coordinator, "x", at: bench.clock.now())])
      try await bench.commit {
        $0.outbox = [
          OutboxMessage(topic: "x", restaurantID: "house", bookingID: nil, payload: "{}", createdAt: bench.clock.now())
        ]
        $0.idempotency = IdempotencyRecord(
          scope: "open", key: "k-\(number)", fingerprint: "f", resource: nil, response: nil,
          createdAt: bench.clock.now())
      }
    }
    bench.clock.advance(by: .seconds(1))
    for (kind, count) in [(PrunedKind.events, 2), (.outbox, 2), (.idempotency, 3)] {
      try bench.expect(try await bench.store.prunable(kind, before: ManualClock.start), 0, "\(kind) too early")
      try bench.expect(try await bench.store.prunable(kind, before: bench.clock.now()), count, "\(kind)")
      try bench.expect(try await bench.store.prune(kind, before: bench.clock.now(), limit: 10), count, "\(kind) gone")
    }
  }
}
