import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let maintenanceChecks: [ConformanceCheck] = [
    ConformanceCheck("maintenance: dead holds are reaped, in portions", reap),
    ConformanceCheck("maintenance: pruning keeps live leases and deletes ended ones", pruneLeases),
    ConformanceCheck("invariants: a sound database has none broken", sound),
    ConformanceCheck("invariants: missing notices and lost bookings are counted", broken),
    ConformanceCheck("invariants: too few seats are counted by the floor's rules", seats),
  ]

  private static func reap(_ bench: ConformanceBench) async throws {
    for number in 1...3 { try await bench.store.commit(bench.holding("h-\(number)", [TableNumber("T\(number)")])) }
    try bench.expect(try await bench.store.reapDeadHolds(limit: 10), 0, "reaped too early")
    bench.clock.advance(by: .seconds(180))
    try await bench.store.commit(bench.holding("live", ["T4"]))
    try bench.expect(try await bench.store.reapDeadHolds(limit: 2), 2, "first portion")
    try bench.expect(try await bench.store.reapDeadHolds(limit: 2), 1, "second portion")
    try bench.require(try await bench.store.hold("live") != nil, "a live hold was reaped")
  }

  private static func pruneLeases(_ bench: ConformanceBench) async throws {
    let old = try await bench.acquire("old", ttl: .seconds(10))
    _ = try await bench.acquire("live", ttl: .seconds(100))
    bench.clock.advance(by: .seconds(50))
    let pruned = try await bench.prune(olderThan: .zero, limit: 10)
    try bench.expect(pruned, 1, "pruned")
    let attempt = try await bench.store.acquireLease("live", owner: "b", ttl: .seconds(1))
    if case .acquired = attempt { throw ConformanceViolation("a live lease was pruned") }
    try bench.require(try await bench.acquire("old").token > old.token, "the token did not rise")
  }

  private static func sound(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.store.checkInvariants(restaurant: nil), InvariantReport(), "empty database")
    var unit = try bench.confirming("b-1", ["T1"])
    unit.notices = [
      NewNotice(id: "n", bookingID: "b-1", restaurantID: "house", version: 6, kind: .confirmed, delay: .zero)
    ]
    try await bench.store.commit(unit)
    try await bench.create("b-2")
    try await enqueue(bench, "b-2")
    try await bench.store.commit(bench.holding("h", ["T2"]))
    try await bench.commit { $0.claims = [bench.block("x", "T3", bench.window(0, 90))] }
    try bench.expect(try await bench.store.checkInvariants(restaurant: nil), InvariantReport(), "sound database")
  }

  private static func broken(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"])
    try await bench.create("b-2")
    try await bench.create("b-3")
    var wanted = InvariantReport()
    wanted.missingNotices = 1
    wanted.lostBookings = 2
    try bench.expect(try await bench.store.checkInvariants(restaurant: nil), wanted, "all restaurants")
    try bench.expect(try await bench.store.checkInvariants(restaurant: "house"), wanted, "the house")
    try bench.expect(try await bench.store.checkInvariants(restaurant: "other"), InvariantReport(), "another")
  }

  private static func seats(_ bench: ConformanceBench) async throws {
    var restaurant = Restaurant.sample()
    restaurant.floor.tables[0].maxParty = 3
    let house = restaurant
    try await bench.commit {
      $0.restaurant = RestaurantWrite(
        restaurant: house, document: RestaurantFile.encode(house), expectedRevision: nil)
    }
    // T1 has 2 seats, 3 for a host; T1 and T2 together 4, also for a host; T9 is not on the floor.
    let cases: [(BookingID, BookingOrigin, Int, [TableNumber])] = [
      ("fits", .guest, 2, ["T1"]), ("guest", .guest, 3, ["T1"]), ("host", .host, 3, ["T1"]),
      ("joined", .host, 4, ["T1", "T2"]), ("chairs", .host, 5, ["T1", "T2"]), ("gone", .guest, 1, ["T9"]),
    ]
    for (index, (id, origin, party, tables)) in cases.enumerated() {
      let record = BookingRecord.sample(
        id: id, origin: origin, party: party, start: bench.evening.adding(minutes: index * 90))
      let mutation = try BookingMutation.sampleConfirmed(record, tables: tables)
      try await bench.commit {
        $0.bookings = [mutation]
        $0.claims = Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
      }
    }
    let report = try await bench.store.checkInvariants(restaurant: nil)
    try bench.expect(report.confirmedWithTooFewSeats, 3, "parties with too few seats")
  }
}
