import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let holdChecks: [ConformanceCheck] = [
    ConformanceCheck("holds: a live hold keeps others out until it expires by the database's clock", liveHold),
    ConformanceCheck("holds: a resize replaces a dead hold and is refused by a live one", resizeOverHold),
    ConformanceCheck("holds: a hold is read back while it lives", readBack),
    ConformanceCheck("holds: a live hold becomes the allocation", convert),
    ConformanceCheck("holds: a hold that has expired is not converted", convertExpired),
    ConformanceCheck("holds: a hold that lost a table is not converted, nor in part", convertPartial),
    ConformanceCheck("holds: a caller may have so many and no more", limit),
    ConformanceCheck("holds: a block takes live holds away, with all of their tables", blockTakesHolds),
    ConformanceCheck("holds: giving a hold back frees its tables", giveBack),
    ConformanceCheck("holds: the pipeline's own hold lives as long as it says", pipelineHold),
  ]

  private static func liveHold(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(bench.holding("h", ["T1"]))
    bench.clock.advance(by: .seconds(179))
    try await bench.refuse(try bench.confirming("b-1", ["T1"]), "an allocation over a live hold") {
      $0.code == "hold_conflict"
    }
    bench.clock.advance(by: .seconds(1))
    try await bench.confirm("b-1", ["T1"])
  }

  private static func resizeOverHold(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"])
    try await bench.store.commit(bench.holding("h", ["T1"], start: 90))
    let longer = bench.unit { $0.resizes = [ClaimResize(bookingID: "b-1", window: bench.window(0, 105))] }
    try await bench.refuse(longer, "a resize over a live hold") { $0.code == "hold_conflict" }
    bench.clock.advance(by: .seconds(180))
    try await bench.store.commit(longer)
  }

  private static func readBack(_ bench: ConformanceBench) async throws {
    let unit = bench.holding("h", ["T10", "T2"])
    try await bench.store.commit(unit)
    var wanted = unit.newHold?.hold
    wanted?.expiresAt = bench.clock.now().adding(.seconds(180))
    try bench.require(try await bench.store.hold("h") == wanted, "the hold is not as it was stored")
    let claims = try await bench.store.floorState("house", span: bench.window(0, 90)).claims
    try bench.expect(Set(claims.map(\.expiresAt)), [wanted?.expiresAt], "expiry of its claims")
    bench.clock.advance(by: .seconds(180))
    try bench.require(try await bench.store.hold("h") == nil, "a dead hold is shown")
  }

  private static func convert(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(bench.holding("h", ["T1", "T2"]))
    bench.clock.advance(by: .seconds(179))
    try await bench.store.commit(try converting(bench, ["T1", "T2"]))
    let claims = try await bench.store.claims(of: "b-1")
    try bench.expect(claims.map(\.table), ["T1", "T2"], "tables")
    try bench.require(
      claims.allSatisfy { $0.kind == .allocation && $0.expiresAt == nil && $0.groupID == nil }, "not allocations")
    try bench.require(try await bench.store.hold("h") == nil, "the hold is still there")
    bench.clock.advance(by: .seconds(1_000))
    try bench.expect(try await bench.store.reapDeadHolds(limit: 100), 0, "reaped after the conversion")
    try bench.expect(try await bench.store.claims(of: "b-1").count, 2, "claims after reaping")
  }

  private static func convertExpired(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(bench.holding("h", ["T1", "T2"]))
    bench.clock.advance(by: .seconds(180))
    try await bench.refuse(try converting(bench, ["T1", "T2"]), "an expired hold") { $0 == .holdExpired("h") }
    try bench.require(try await bench.store.booking("b-1") == nil, "a refused unit left its booking")
  }

  private static func convertPartial(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(bench.holding("h", ["T1", "T2"]))
    try await bench.refuse(try converting(bench, ["T1", "T3"]), "a table that was not held") {
      $0 == .holdExpired("h")
    }
    try await bench.refuse(try converting(bench, ["T1", "T2"], hold: "other"), "an unknown hold") {
      $0 == .holdExpired("other")
    }
    try bench.require(try await bench.store.hold("h") != nil, "a refused conversion took the hold")
    try await bench.store.commit(try converting(bench, ["T1", "T2"]))
  }

  private static func limit(_ bench: ConformanceBench) async throws {
    for number in 1...2 {
      try await bench.store.commit(bench.holding("h-\(number)", [TableNumber("T\(number)")], limit: 2))
    }
    let third = bench.holding("h-3", ["T3"], limit: 2)
    try await bench.refuse(third, "a third hold of two") { $0 == .tooManyHolds(limit: 2) }
    try await bench.store.commit(bench.holding("h-4", ["T4"], caller: "another", limit: 2))
    bench.clock.advance(by: .seconds(180))
    try await bench.store.commit(bench.holding("h-5", ["T3"], limit: 2))
  }

  private static func blockTakesHolds(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(bench.holding("h", ["T1", "T2"]))
    try await bench.store.commit(bench.holding("later", ["T1"], start: 90))
    try await bench.commit {
      $0.releases = [.holds("house", "T1", bench.window(10, 20))]
      $0.claims = [bench.block("x", "T1", bench.window(10, 20))]
    }
    try bench.require(try await bench.store.hold("h") == nil, "the hold is still there")
    try bench.require(try await bench.store.hold("later") != nil, "a hold beside the block is gone")
    try await bench.confirm("b-1", ["T2"])
  }

  private static func giveBack(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(bench.holding("h", ["T1"], limit: 1))
    try await bench.commit { $0.releases = [.hold("h")] }
    try bench.require(try await bench.store.hold("h") == nil, "the hold is still there")
    try await bench.confirm("b-1", ["T1"])
    try await bench.store.commit(bench.holding("h-2", ["T2"], limit: 1))
  }

  private static func pipelineHold(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1")
    let expiry = bench.clock.now().adding(.seconds(60))
    try await bench.commit { $0.claims = bench.holdClaims("p", ["T1"], bench.window(0, 90), expiresAt: expiry) }
    try await bench.refuse(try bench.confirming("b-2", ["T1"]), "an allocation over it") { $0.code == "hold_conflict" }
    bench.clock.advance(by: .seconds(60))
    try bench.expect(try await bench.store.reapDeadHolds(limit: 1), 1, "reaped")
    try await bench.confirm("b-2", ["T1"])
  }

  private static func converting(
    _ bench: ConformanceBench, _ tables: [TableNumber], hold: String = "h"
  ) throws -> WriteUnit {
    var unit = try bench.confirming("b-1", tables)
    unit.claims = []
    unit.holdConversion = HoldConversion(holdID: hold, bookingID: "b-1", tables: tables)
    return unit
  }
}
