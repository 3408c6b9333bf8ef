import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let permitChecks: [ConformanceCheck] = [
    ConformanceCheck("permits: so many at once in a restaurant, each restaurant by itself", limit),
    ConformanceCheck("permits: a lowered limit lets the running ones finish", loweredLimit),
    ConformanceCheck("permits: a dead permit is replaced", deadPermit),
    ConformanceCheck("permits: a booking never has two", onePerBooking),
    ConformanceCheck("permits: a freed one wakes the parked job that is first in line", wake),
    ConformanceCheck("permits: a refused one leaves nothing of the unit", refused),
    ConformanceCheck("permits: 100 tasks want 3, 3 get one", race),
  ]

  private static func limit(_ bench: ConformanceBench) async throws {
    for number in 1...3 { try await bench.store.commit(permit(bench, BookingID("b-\(number)"), limit: 3)) }
    try await bench.refuse(permit(bench, "b-4", limit: 3), "a fourth of three") { $0 == .noPermit("house") }
    try await bench.store.commit(permit(bench, "o-1", limit: 3, restaurant: "other"))
    try await bench.store.commit(permit(bench, "o-2", limit: 1, restaurant: "house:1"))
    try await bench.store.commit(bench.unit { $0.releasePermits = ["b-2"] })
    try await bench.store.commit(permit(bench, "b-4", limit: 3))
    try await bench.refuse(permit(bench, "b-5", limit: 3), "a fourth of three") { $0 == .noPermit("house") }
  }

  private static func loweredLimit(_ bench: ConformanceBench) async throws {
    for number in 1...3 { try await bench.store.commit(permit(bench, BookingID("b-\(number)"), limit: 3)) }
    for number in 1...2 {
      try await bench.refuse(permit(bench, "b-4", limit: 1), "above a lowered limit") { $0 == .noPermit("house") }
      try await bench.commit { $0.releasePermits = [BookingID("b-\(number)")] }
    }
    try await bench.refuse(permit(bench, "b-4", limit: 1), "while the last one runs") { $0 == .noPermit("house") }
    try await bench.commit { $0.releasePermits = ["b-3"] }
    try await bench.store.commit(permit(bench, "b-4", limit: 1))
  }

  private static func deadPermit(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(permit(bench, "b-1", limit: 1))
    bench.clock.advance(by: .seconds(30))
    try await bench.store.commit(permit(bench, "b-2", limit: 1))
    try await bench.commit { $0.releasePermits = ["b-1"] }
    try await bench.refuse(permit(bench, "b-3", limit: 1), "after a dead one was given back") {
      $0 == .noPermit("house")
    }
  }

  private static func onePerBooking(_ bench: ConformanceBench) async throws {
    for _ in 1...3 { try await bench.store.commit(permit(bench, "b-1", limit: 2)) }
    try await bench.store.commit(permit(bench, "b-2", limit: 2))
    try await bench.commit { $0.releasePermits = ["b-1"] }
    try await bench.store.commit(permit(bench, "b-3", limit: 2))
  }

  private static func wake(_ bench: ConformanceBench) async throws {
    for id in ["b-1", "b-2", "b-3"] { try await enqueue(bench, BookingID(id)) }
    _ = try await claim(bench, parallel: 3)
    try await bench.store.commit(permit(bench, "b-1", limit: 1))
    // The later one parks first; its place in line is still behind.
    try await bench.commit { $0.jobs = [.park("b-3")] }
    try await bench.commit { $0.jobs = [.park("b-2")] }
    try bench.expect(try await claim(bench, parallel: 3).count, 0, "parked jobs that were claimed")
    try await bench.commit { $0.releasePermits = ["b-1"] }
    try bench.expect(try await claim(bench, parallel: 3).map(\.bookingID), ["b-2"], "who was woken")
    try bench.expect(try await bench.store.queueDepth().parked, 1, "still parked")
  }

  private static func refused(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(permit(bench, "b-1", limit: 1))
    var unit = permit(bench, "b-2", limit: 1)
    unit.events = [ObservabilityEvent(.coordinator, "coordinator.start", at: bench.clock.now())]
    try await bench.refuse(unit, "no permit") { $0 == .noPermit("house") }
    try bench.expect(try await bench.store.events(EventQuery()).count, 0, "events")
  }

  private static func race(_ bench: ConformanceBench) async throws {
    let wins = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask {
          (try? await bench.store.commit(permit(bench, BookingID("b-\(number)"), limit: 3))) != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    try bench.expect(wins, 3, "permits")
  }

  static func permit(
    _ bench: ConformanceBench, _ booking: BookingID, limit: Int, restaurant: RestaurantID = "house"
  ) -> WriteUnit {
    bench.unit {
      $0.permit = PermitRequest(
        restaurantID: restaurant, bookingID: booking, owner: "a", limit: limit, ttl: .seconds(30))
    }
  }
}
