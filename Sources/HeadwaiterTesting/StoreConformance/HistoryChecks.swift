import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let historyChecks: [ConformanceCheck] = [
    ConformanceCheck("history: a unit's steps are all there, oldest first", steps),
    ConformanceCheck("history: rows are read back as they were stored", rows),
    ConformanceCheck("history: survives a refused change", refusedChange),
    ConformanceCheck("attempts: are read back, oldest first", attempts),
    ConformanceCheck("decisions: are read back, and the same one again is no conflict", decisions),
  ]

  private static func steps(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"])
    let history = try await bench.store.history(of: "b-1")
    try bench.expect(history.map(\.version), Array(1...6), "versions")
    try bench.expect(history.first?.from, .some(.none), "where the first row comes from")
    try bench.expect(
      history.map(\.to),
      [.created, .capacityVerified, .assignmentPending, .assignmentInProgress, .assigned, .confirmed], "states")
    try bench.expect(try await bench.load("b-1").version, 6, "version of the booking")
  }

  private static func rows(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    var mutation = BookingMutation(booking)
    try mutation.transition(
      to: .failed, cause: .reject, reason: .partyTooLarge, metadata: ["largest": "8", "quote": "\"x\""],
      context: .sample(at: bench.evening))
    let change = mutation
    try await bench.commit { $0.bookings = [change] }
    let stored = try await bench.store.history(of: "b-1").last
    try bench.require(stored == change.history[0], "the row is not as it was stored")
    try bench.expect(try await bench.load("b-1").status, .cancelled, "status that follows")
  }

  private static func refusedChange(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    var mutation = BookingMutation(booking)
    mutation.touch(cause: "touch", context: .sample())
    let change = mutation
    let unit = bench.unit {
      $0.bookings = [change]
      $0.claims = [bench.block("x", "T1", bench.window(0, 0))]
    }
    try await bench.refuse(unit, "an empty window") { $0.code == "storage_invalid" }
    try bench.expect(try await bench.store.history(of: "b-1").count, 1, "history rows")
    try await touch(bench, booking)
  }

  private static func attempts(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1")
    let rows = [
      AttemptRow(
        bookingID: "b-1", attemptNumber: 1, strategy: nil, result: .failure, reason: .timeout,
        metadata: ["ms": 2_500, "why": "slow"], createdAt: bench.clock.now()),
      AttemptRow(
        bookingID: "b-1", attemptNumber: 2, strategy: .adjacency, result: .success, reason: nil, metadata: [:],
        createdAt: bench.clock.now()),
    ]
    try await bench.commit { $0.attempts = rows }
    try bench.expect(try await bench.store.attempts(of: "b-1"), rows, "attempts")
    try bench.expect(try await bench.store.attempts(of: "other").count, 0, "attempts of another")
  }

  private static func decisions(_ bench: ConformanceBench) async throws {
    let decision = StoredDecision(
      id: "hash", restaurantID: "house", bookingID: "b-1", document: "{\"score\":1}", createdAt: bench.clock.now())
    for _ in 1...2 { try await bench.commit { $0.decisions = [decision] } }
    try bench.expect(try await bench.store.decision("hash"), decision, "decision")
    try bench.expect(try await bench.store.decision("other"), nil, "unknown decision")
  }
}
