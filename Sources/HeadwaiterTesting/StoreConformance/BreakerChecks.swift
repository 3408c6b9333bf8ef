import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let breakerChecks: [ConformanceCheck] = [
    ConformanceCheck("breakers: what is forced is stored with its event, and stays until it is let go", force),
    ConformanceCheck("breakers: forced again, the last one counts", forceAgain),
    ConformanceCheck("breakers: letting go of one that is not forced writes nothing", releaseNothing),
  ]

  private static func force(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.store.breakerOverrides(), [], "overrides of an empty database")
    let storage = override(bench, "storage", .open)
    let engine = override(bench, "engine:house", .closed)
    for forced in [storage, engine] { try await bench.store.forceBreaker(forced, event: event(bench, forced.name)) }
    try bench.expect(try await bench.store.breakerOverrides(), [engine, storage], "overrides, in order of name")
    let reopened = try await bench.reopen()
    try bench.expect(try await reopened.breakerOverrides(), [engine, storage], "overrides after a restart")
    let released = try await reopened.releaseBreaker("storage", event: event(bench, "storage let go"))
    try bench.expect(released, true, "released")
    try bench.expect(try await reopened.breakerOverrides(), [engine], "overrides after one was let go")
    try bench.expect(
      try await told(reopened), ["storage", "engine:house", "storage let go"], "events")
  }

  private static func forceAgain(_ bench: ConformanceBench) async throws {
    try await bench.store.forceBreaker(override(bench, "storage", .open), event: event(bench, "1"))
    bench.clock.advance(by: .seconds(1))
    var last = override(bench, "storage", .closed)
    last.reason = "it is well"
    last.actor = "another"
    try await bench.store.forceBreaker(last, event: event(bench, "2"))
    try bench.expect(try await bench.store.breakerOverrides(), [last], "overrides")
    try bench.expect(try await told(bench.store), ["1", "2"], "events")
  }

  private static func releaseNothing(_ bench: ConformanceBench) async throws {
    try await bench.store.forceBreaker(override(bench, "storage", .open), event: event(bench, "1"))
    let released = try await bench.store.releaseBreaker("storag", event: event(bench, "2"))
    try bench.expect(released, false, "released")
    try bench.expect(try await bench.store.breakerOverrides().count, 1, "overrides")
    try bench.expect(try await told(bench.store), ["1"], "events")
  }

  private static func override(
    _ bench: ConformanceBench, _ name: String, _ position: BreakerOverride.Position
  ) -> BreakerOverride {
    BreakerOverride(name: name, position: position, reason: "drill", actor: "on call", at: bench.clock.now())
  }

  private static func event(_ bench: ConformanceBench, _ what: String) -> ObservabilityEvent {
    ObservabilityEvent(.flags, "flag.changed", context: ["flag": .string(what)], at: bench.clock.now())
  }

  private static func told(_ store: any AssignmentStore) async throws -> [String] {
    var query = EventQuery()
    query.source = .flags
    return try await store.events(query).map { stored in
      if case .string(let what) = stored.event.context["flag"] { return what }
      return ""
    }
  }
}
