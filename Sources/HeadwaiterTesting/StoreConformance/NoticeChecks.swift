import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let noticeChecks: [ConformanceCheck] = [
    ConformanceCheck("notices: are due after their delay, and delivered once marked", due),
    ConformanceCheck("notices: one for each booking, version and kind", unique),
    ConformanceCheck("notices: those not yet due are withdrawn, those of the same unit stay", withdraw),
    ConformanceCheck("notices: a claim that ends without delivery is claimed again, under one id", claimAgain),
    ConformanceCheck("notices: a postponed one comes back later", postpone),
    ConformanceCheck("notices: 10 workers, each notice claimed once", manyWorkers),
  ]

  private static func due(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1")
    try await bench.commit { $0.notices = [notice("n-1", "b-1")] }
    bench.clock.advance(by: .seconds(59))
    try bench.expect(try await claimNotices(bench).count, 0, "claimed too early")
    bench.clock.advance(by: .seconds(1))
    let claimed = try await claimNotices(bench)
    let wanted = Notice(
      id: "n-1", bookingID: "b-1", restaurantID: "house", version: 1, kind: .confirmed, status: .pending,
      dueAt: bench.clock.now(), deliveries: 1)
    try bench.expect(claimed, [wanted], "claimed notice")
    try await bench.store.markDelivered("n-1")
    bench.clock.advance(by: .seconds(1_000))
    try bench.expect(try await claimNotices(bench).count, 0, "claimed after delivery")
    try bench.expect(try await bench.store.notices(of: "b-1").map(\.status), [.delivered], "status")
  }

  private static func unique(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1")
    try await bench.commit { $0.notices = [notice("n-1", "b-1")] }
    try await bench.refuse(bench.unit { $0.notices = [notice("n-2", "b-1")] }, "a second id for one key") {
      $0.code == "constraint"
    }
    try await bench.commit { $0.notices = [notice("n-3", "b-1", version: 2), notice("n-4", "b-1", kind: .moved)] }
    try bench.expect(Set(try await bench.store.notices(of: "b-1").map(\.id)), ["n-1", "n-3", "n-4"], "notices")
    try await bench.refuse(bench.unit { $0.notices = [notice("n-5", "missing")] }, "a notice without a booking") {
      $0.code == "constraint"
    }
  }

  private static func withdraw(_ bench: ConformanceBench) async throws {
    for id in ["b-1", "b-2"] { try await bench.create(BookingID(id)) }
    try await bench.commit { $0.notices = [notice("sent", "b-1", version: 1)] }
    bench.clock.advance(by: .seconds(60))
    try await bench.commit { $0.notices = [notice("early", "b-1", version: 2), notice("other", "b-2")] }
    try await bench.commit {
      $0.withdrawNotices = ["b-1"]
      $0.notices = [notice("new", "b-1", version: 3, kind: .cancelled)]
    }
    let notices = try await bench.store.notices(of: "b-1")
    try bench.expect(notices.map(\.id), ["sent", "early", "new"], "notices")
    try bench.expect(notices.map(\.status), [.pending, .withdrawn, .pending], "status of each")
    bench.clock.advance(by: .seconds(60))
    try bench.expect(Set(try await claimNotices(bench).map(\.id)), ["sent", "new", "other"], "what is sent")
  }

  private static func claimAgain(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1")
    try await bench.commit { $0.notices = [notice("n-1", "b-1")] }
    bench.clock.advance(by: .seconds(60))
    try bench.expect(try await claimNotices(bench).count, 1, "first claim")
    bench.clock.advance(by: .seconds(29))
    try bench.expect(try await claimNotices(bench).count, 0, "while the first claim lives")
    bench.clock.advance(by: .seconds(1))
    let again = try await claimNotices(bench)
    try bench.expect(again.map(\.id), ["n-1"], "claimed again")
    try bench.expect(again.first?.deliveries, 2, "deliveries")
  }

  private static func postpone(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1")
    try await bench.commit { $0.notices = [notice("n-1", "b-1")] }
    bench.clock.advance(by: .seconds(60))
    _ = try await claimNotices(bench)
    try await bench.store.postponeNotice("n-1", after: .seconds(10))
    bench.clock.advance(by: .seconds(9))
    try bench.expect(try await claimNotices(bench).count, 0, "claimed too early")
    bench.clock.advance(by: .seconds(1))
    try bench.expect(try await claimNotices(bench).count, 1, "claimed when it came back")
  }

  private static func manyWorkers(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1")
    let notices = (1...100).map { notice("n-\($0)", "b-1", version: $0) }
    try await bench.commit { $0.notices = notices }
    bench.clock.advance(by: .seconds(60))
    let claimed = try await withThrowingTaskGroup(of: [Notice].self) { group in
      for _ in 0..<10 { group.addTask { try await claimNotices(bench, limit: 20) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    try bench.expect(claimed.count, 100, "claims")
    try bench.expect(Set(claimed.map(\.id)).count, 100, "different notices")
  }

  private static func notice(
    _ id: String, _ booking: BookingID, version: Int = 1, kind: NoticeKind = .confirmed
  ) -> NewNotice {
    NewNotice(id: id, bookingID: booking, restaurantID: "house", version: version, kind: kind, delay: .seconds(60))
  }

  private static func claimNotices(_ bench: ConformanceBench, limit: Int = 100) async throws -> [Notice] {
    try await bench.store.claimNotices(owner: "a", limit: limit, ttl: .seconds(30))
  }
}
