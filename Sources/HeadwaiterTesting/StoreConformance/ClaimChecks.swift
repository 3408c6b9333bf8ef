import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let claimChecks: [ConformanceCheck] = [
    ConformanceCheck("claims: an overlapping allocation is refused and names the table", refuseOverlap),
    ConformanceCheck("claims: windows that only touch do not conflict", acceptAdjacent),
    ConformanceCheck("claims: the same window on another table or in another restaurant is free", acceptElsewhere),
    ConformanceCheck("claims: a resize into the next claim is refused, up to it is accepted", resize),
    ConformanceCheck("claims: an allocation within a block, and a block within an allocation, are refused", blocks),
    ConformanceCheck("claims: blocks may overlap blocks, and are listed by start", overlappingBlocks),
    ConformanceCheck("claims: one long claim is found by a short span in its middle", longClaims),
    ConformanceCheck("claims: two bookings swap their tables in one unit", swap),
    ConformanceCheck("claims: cancelling frees the tables", release),
    ConformanceCheck("claims: a booking is not confirmed without its tables", confirmNeedsTables),
    ConformanceCheck("claims: the floor shows live claims and bookings that wait", floor),
  ]

  private static func refuseOverlap(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1", "T2"])
    let second = try bench.confirming("b-2", ["T2", "T3"], start: 89)
    try await bench.refuse(second, "a minute of overlap") {
      $0 == .claimConflict(ClaimConflict(restaurantID: "house", table: "T2", window: bench.window(89, 179)))
    }
    try bench.require(try await bench.store.booking("b-2") == nil, "a refused unit left its booking")
    try bench.expect(try await bench.store.claims(of: "b-2").count, 0, "claims of the refused booking")
    try bench.expect(try await bench.store.history(of: "b-2").count, 0, "history of the refused booking")
  }

  private static func acceptAdjacent(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"], start: 0)
    try await bench.confirm("b-2", ["T1"], start: 90)
    try await bench.confirm("b-3", ["T1"], start: -90)
    try await bench.refuse(try bench.confirming("b-4", ["T1"], start: -1), "a claim over two") {
      $0.code == "hold_conflict"
    }
  }

  private static func acceptElsewhere(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"])
    try await bench.confirm("b-2", ["T2"])
    try await bench.store.commit(try bench.confirming("b-3", ["T1"], restaurant: "other"))
  }

  private static func resize(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1", "T2"])
    try await bench.confirm("b-2", ["T2"], start: 120)
    try await bench.commit { $0.resizes = [ClaimResize(bookingID: "b-1", window: bench.window(0, 120))] }
    let tooFar = bench.unit { $0.resizes = [ClaimResize(bookingID: "b-1", window: bench.window(0, 121))] }
    try await bench.refuse(tooFar, "a resize into the next claim") {
      $0 == .claimConflict(ClaimConflict(restaurantID: "house", table: "T2", window: bench.window(0, 121)))
    }
    let windows = try await bench.store.claims(of: "b-1").map(\.window)
    try bench.expect(windows, [bench.window(0, 120), bench.window(0, 120)], "windows after a refused resize")
    try await bench.commit { $0.resizes = [ClaimResize(bookingID: "b-1", window: bench.window(10, 30))] }
    try await bench.confirm("b-3", ["T1"], start: 30)
  }

  private static func blocks(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"])
    for window in [bench.window(89, 100), bench.window(10, 20), bench.window(-600, 1), bench.window(-60, 600)] {
      let unit = bench.unit { $0.claims = [bench.block("x", "T1", window)] }
      try await bench.refuse(unit, "a block over an allocation") { $0.code == "hold_conflict" }
    }
    try await bench.commit { $0.claims = [bench.block("repair", "T1", bench.window(90, 5_000))] }
    try await bench.refuse(try bench.confirming("b-2", ["T1"], start: 3_000), "an allocation in a block") {
      $0.code == "hold_conflict"
    }
    try await bench.commit { $0.releases = [.block("repair")] }
    try await bench.confirm("b-2", ["T1"], start: 3_000)
  }

  private static func overlappingBlocks(_ bench: ConformanceBench) async throws {
    try await bench.commit {
      $0.claims = [
        bench.block("b", "T1", bench.window(50, 200)), bench.block("a", "T1", bench.window(0, 100)),
        bench.block("c", "T2", bench.window(-300, -200)),
      ]
    }
    let listed = try await bench.store.blocks("house", after: bench.evening)
    try bench.expect(listed.map(\.groupID), ["a", "b"], "blocks that end later")
    try bench.expect(listed.first?.note, "repair", "note of a block")
    let later = try await bench.store.blocks("house", after: bench.evening.adding(minutes: 100))
    try bench.expect(later.map(\.groupID), ["b"], "blocks that end after the first one's end")
  }

  private static func longClaims(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"], start: 0, minutes: 3_000)
    try await bench.commit { $0.claims = [bench.block("x", "T2", bench.window(-50_000, 50_000))] }
    let state = try await bench.store.floorState("house", span: bench.window(2_000, 2_001))
    try bench.expect(Set(state.claims.map(\.table)), ["T1", "T2"], "tables taken in the middle of long claims")
    try await bench.refuse(try bench.confirming("b-2", ["T1"], start: 2_900), "a claim at the end of a long one") {
      $0.code == "hold_conflict"
    }
  }

  private static func swap(_ bench: ConformanceBench) async throws {
    var moves: [BookingMutation] = []
    for (id, from, to) in [("b-1", "T1", "T2"), ("b-2", "T2", "T1")] {
      let booking = try await bench.confirm(BookingID(id), [TableNumber(from)])
      var move = BookingMutation(booking)
      move.edit { $0.tables = [TableNumber(to)] }
      move.touch(cause: "swap", context: .sample(.person))
      moves.append(move)
    }
    let bookings = moves.map(\.booking)
    try await bench.commit {
      $0.releases = bookings.map { .allocations($0.id) }
      $0.bookings = moves
      $0.claims = bookings.flatMap { Claim.allocations(of: $0, window: $0.slot.block) }
    }
    try bench.expect(try await bench.store.claims(of: "b-1").map(\.table), ["T2"], "tables of b-1")
    try bench.expect(try await bench.store.claims(of: "b-2").map(\.table), ["T1"], "tables of b-2")
    try bench.expect(try await bench.load("b-2").tables, ["T1"], "stored tables of b-2")
  }

  private static func release(_ bench: ConformanceBench) async throws {
    let booking = try await bench.confirm("b-1", ["T1"])
    var cancel = BookingMutation(booking)
    try cancel.transition(to: .failed, cause: .cancel, reason: .cancelled, context: .sample(.person))
    let change = cancel
    try await bench.commit {
      $0.releases = [.allocations("b-1")]
      $0.bookings = [change]
    }
    try bench.expect(try await bench.load("b-1").status, .cancelled, "status")
    try await bench.confirm("b-2", ["T1"])
  }

  private static func confirmNeedsTables(_ bench: ConformanceBench) async throws {
    for claims in [[], ["T1"]] as [[TableNumber]] {
      var unit = try bench.confirming("b-1", ["T1", "T2"])
      unit.claims = unit.claims.filter { claims.contains($0.table) }
      try await bench.refuse(unit, "confirmed with \(claims.count) of 2 tables") { $0.code == "storage_invalid" }
    }
    try bench.require(try await bench.store.booking("b-1") == nil, "a refused unit left its booking")
  }

  private static func floor(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"], start: 0)
    try await bench.confirm("b-2", ["T2"], start: 90)
    try await bench.create("w-1", start: 30, party: 5)
    try await bench.create("w-2", start: 90)
    try await bench.store.commit(bench.holding("h", ["T3"]))
    try await bench.commit { $0.claims = [bench.block("x", "T4", bench.window(-90, 1))] }
    let state = try await bench.store.floorState("house", span: bench.window(0, 90))
    try bench.expect(Set(state.claims.map(\.table)), ["T1", "T3", "T4"], "tables taken")
    try bench.expect(
      state.waiting, [FloorState.Waiting(bookingID: "w-1", party: 5, block: bench.window(30, 120))], "who waits")
    bench.clock.advance(by: .seconds(180))
    let later = try await bench.store.floorState("house", span: bench.window(0, 90))
    try bench.expect(Set(later.claims.map(\.table)), ["T1", "T4"], "tables taken when the hold is dead")
  }
}
