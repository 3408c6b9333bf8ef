import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let flagChecks: [ConformanceCheck] = [
    ConformanceCheck("flags: what is set is stored with its events, raises the epoch, and refuses older tries", set),
    ConformanceCheck("flags: set again, the last one counts; several are set at once", setAgain),
    ConformanceCheck("flags: letting go of one that is not set writes nothing", clearNothing),
    ConformanceCheck("flags: a restaurant without a name, or of an unknown value, is refused", refuse),
    ConformanceCheck("flags: what waits of a paused restaurant stays, its deadline stands still, and goes on", pause),
    ConformanceCheck("restaurants: all ids, in order", identifiers),
  ]

  private static func set(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.store.flagOverrides(), [], "overrides of an empty database")
    let first = try await bench.store.flagsEpoch()
    let v3 = override(bench, .flag(.pipelineV3), "true")
    let out = override(bench, .restaurant("house"), "out")
    for set in [v3, out] { try await bench.store.setFlags([set], events: [event(bench, "\(set.key)")]) }
    let reopened = try await bench.reopen()
    try bench.expect(try await reopened.flagOverrides(), [v3, out], "overrides after a restart")
    let second = try await reopened.flagsEpoch()
    try bench.expect(second, first + 2, "epoch")
    let released = try await reopened.clearFlag(v3.key, event: event(bench, "let go"))
    try bench.expect(released, true, "released")
    try bench.expect(try await reopened.flagsEpoch(), first + 3, "epoch after one was let go")
    try bench.expect(try await reopened.flagOverrides(), [out], "overrides after one was let go")
    try bench.expect(try await told(reopened), ["\(v3.key)", "restaurant:house", "let go"], "events")
    var unit = try bench.confirming("b-1", ["T1"])
    unit.flagsEpoch = second
    do {
      try await reopened.commit(unit)
      throw ConformanceViolation("a try from before the change was not refused")
    } catch let error as StoreError {
      try bench.expect(error.code, StoreError.flagsChanged.code, "code of the refusal")
    }
  }

  private static func setAgain(_ bench: ConformanceBench) async throws {
    let key = FlagKey.flag(.maxParallel)
    try await bench.store.setFlags([override(bench, key, "3")], events: [event(bench, "1")])
    bench.clock.advance(by: .seconds(1))
    var last = override(bench, key, "2")
    last.reason = "it is slow"
    last.actor = "another"
    let shadow = override(bench, .flag(.shadow), "true")
    try await bench.store.setFlags([last, shadow], events: [event(bench, "2"), event(bench, "3")])
    try bench.expect(try await bench.store.flagOverrides(), [shadow, last].sorted(by: name), "overrides")
    try bench.expect(try await told(bench.store), ["1", "2", "3"], "events")
  }

  private static func name(_ one: FlagOverride, _ other: FlagOverride) -> Bool { "\(one.key)" < "\(other.key)" }

  private static func clearNothing(_ bench: ConformanceBench) async throws {
    try await bench.store.setFlags([override(bench, .restaurant("house"), "in")], events: [event(bench, "1")])
    let epoch = try await bench.store.flagsEpoch()
    for key in [FlagKey.restaurant("other"), .flag(.killSwitch)] {
      try bench.expect(try await bench.store.clearFlag(key, event: event(bench, "2")), false, "\(key) released")
    }
    try bench.expect(try await bench.store.flagsEpoch(), epoch, "epoch")
    try bench.expect(try await told(bench.store), ["1"], "events")
  }

  private static func refuse(_ bench: ConformanceBench) async throws {
    for (key, value) in [(FlagKey.restaurant(""), "in"), (.restaurant("house"), "half"), (.flag(.shadow), "")] {
      let epoch = try await bench.store.flagsEpoch()
      do {
        try await bench.store.setFlags([override(bench, key, value)], events: [event(bench, "x")])
        throw ConformanceViolation("\(key) = \(value) was not refused")
      } catch is StoreError {}
      try bench.expect(try await bench.store.flagsEpoch(), epoch, "epoch after a refusal")
    }
    try bench.expect(try await told(bench.store), [], "events")
  }

  private static func pause(_ bench: ConformanceBench) async throws {
    for id in ["b-1", "b-2"] as [BookingID] {
      try await bench.create(id)
      try await bench.commit {
        $0.jobs = [.enqueue(id, bench.house, after: .zero, deadline: .seconds(600), resetRetries: true)]
      }
    }
    let deadline = try await bench.store.job(of: "b-1")?.stateDeadline
    try await bench.store.setFlags([override(bench, .restaurant(bench.house), "paused")], events: [])
    bench.clock.advance(by: .seconds(3_600))
    try bench.expect(try await bench.store.reviveJobs(), 0, "revived while paused")
    try bench.expect(try await bench.store.claimJobs(claim).count, 0, "jobs handed out while paused")
    try bench.expect(try await bench.store.overdueJobs(limit: 9).count, 0, "overdue while paused")
    _ = try await bench.store.clearFlag(.restaurant(bench.house), event: event(bench, "resumed"))
    try bench.expect(try await bench.store.overdueJobs(limit: 9).count, 0, "overdue when resumed")
    let jobs = try await bench.store.claimJobs(claim)
    try bench.expect(jobs.map(\.bookingID), ["b-1", "b-2"], "jobs handed out when resumed")
    try bench.expect(jobs.first?.stateDeadline, deadline?.adding(.seconds(3_600)), "deadline")
  }

  private static func identifiers(_ bench: ConformanceBench) async throws {
    for id in ["zebra", "house", "anchor"] as [RestaurantID] {
      try await bench.commit {
        $0.restaurant = RestaurantWrite(restaurant: .sample(id: id), document: [], expectedRevision: nil)
      }
    }
    try bench.expect(try await bench.store.restaurantIDs(), ["anchor", "house", "zebra"], "ids")
  }

  private static let claim = JobClaimRequest(owner: "w", limit: 5, after: nil, maxParallel: 5, ttl: .seconds(30))

  private static func override(_ bench: ConformanceBench, _ key: FlagKey, _ value: String) -> FlagOverride {
    FlagOverride(key: key, value: value, reason: "drill", actor: "on call", at: bench.clock.now())
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
