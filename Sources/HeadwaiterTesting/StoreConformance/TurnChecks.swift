import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let turnChecks: [ConformanceCheck] = [
    ConformanceCheck("turns: a restaurant with 100 jobs does not hold up one with 1", busyRestaurant),
    ConformanceCheck("turns: begin after the restaurant served last, and go round", roundRobin),
    ConformanceCheck("turns: within a restaurant the oldest comes first", oldestFirst),
    ConformanceCheck("turns: no more jobs of a restaurant in progress than allowed", maxParallel),
    ConformanceCheck("turns: permits of bookings without a running job count too", permitsCount),
    ConformanceCheck("turns: jobs that are not due take no turn", notDue),
    ConformanceCheck("turns: 20 workers share 200 jobs, each claimed once", manyWorkers),
  ]

  private static func busyRestaurant(_ bench: ConformanceBench) async throws {
    let jobs = (1...100).map {
      JobChange.enqueue(BookingID("a-\($0)"), "a", after: .zero, deadline: .seconds(600), resetRetries: true)
    }
    try await bench.commit { $0.jobs = jobs }
    try await enqueue(bench, "z-1", restaurant: "z")
    let first = try await claim(bench, limit: 2, parallel: 20)
    try bench.expect(first.map(\.bookingID), ["a-1", "z-1"], "first two jobs")
    let next = try await claim(bench, limit: 30, after: "z", parallel: 20)
    try bench.expect(next.count, 19, "jobs of the busy restaurant that may start")
  }

  private static func roundRobin(_ bench: ConformanceBench) async throws {
    for id in ["a", "b", "c"] {
      for number in 1...2 { try await enqueue(bench, BookingID("\(id)-\(number)"), restaurant: RestaurantID(id)) }
    }
    let first = try await claim(bench, limit: 2, after: "a")
    try bench.expect(first.map(\.bookingID), ["b-1", "c-1"], "after a")
    let second = try await claim(bench, limit: 3, after: "c")
    try bench.expect(second.map(\.bookingID), ["a-1", "b-2", "c-2"], "after c, round again")
    try bench.expect(try await claim(bench, limit: 3, after: "b").map(\.bookingID), ["a-2"], "what is left")
  }

  private static func oldestFirst(_ bench: ConformanceBench) async throws {
    for number in [3, 1, 2] {
      try await enqueue(bench, BookingID("b-\(number)"))
      bench.clock.advance(by: .microseconds(1))
    }
    try bench.expect(try await claim(bench).map(\.bookingID), ["b-3", "b-1", "b-2"], "order of claims")
  }

  private static func maxParallel(_ bench: ConformanceBench) async throws {
    for number in 1...5 { try await enqueue(bench, BookingID("b-\(number)")) }
    try bench.expect(try await claim(bench, parallel: 2).count, 2, "first claim of two at once")
    try bench.expect(try await claim(bench, parallel: 2).count, 0, "claim while two run")
    try await bench.commit { $0.jobs = [.finish("b-1")] }
    try bench.expect(try await claim(bench, parallel: 2).map(\.bookingID), ["b-3"], "when one has ended")
    try bench.expect(try await claim(bench, parallel: 1).count, 0, "claim under a lowered limit")
    bench.clock.advance(by: .seconds(30))
    try bench.expect(try await claim(bench, parallel: 1).count, 1, "when the workers of the others are dead")
  }

  private static func permitsCount(_ bench: ConformanceBench) async throws {
    for number in 1...3 { try await enqueue(bench, BookingID("b-\(number)")) }
    try await bench.store.commit(permit(bench, "direct", limit: 2))
    let jobs = try await claim(bench, parallel: 2)
    try bench.expect(jobs.map(\.bookingID), ["b-1"], "beside a booking that is worked on directly")
    try await bench.store.commit(permit(bench, "b-1", limit: 2))
    try bench.expect(try await claim(bench, parallel: 2).count, 0, "a job and its own permit count once, so two run")
    try bench.expect(try await claim(bench, parallel: 3).count, 1, "a third of three")
  }

  private static func notDue(_ bench: ConformanceBench) async throws {
    try await bench.commit {
      $0.jobs = [.enqueue("a-1", "a", after: .seconds(5), deadline: .seconds(600), resetRetries: true)]
    }
    try bench.expect(try await claim(bench).count, 0, "nothing is due")
    try await enqueue(bench, "b-1", restaurant: "b")
    try bench.expect(try await claim(bench).map(\.bookingID), ["b-1"], "what is due")
    bench.clock.advance(by: .seconds(5))
    try bench.expect(try await claim(bench, after: "b").map(\.bookingID), ["a-1"], "what came due")
  }

  private static func manyWorkers(_ bench: ConformanceBench) async throws {
    let jobs = (0..<200).map {
      JobChange.enqueue(
        BookingID("b-\($0)"), RestaurantID("r-\($0 % 50)"), after: .zero, deadline: .seconds(600), resetRetries: true)
    }
    try await bench.commit { $0.jobs = jobs }
    let claimed = try await withThrowingTaskGroup(of: [Job].self) { group in
      for _ in 0..<20 { group.addTask { try await claim(bench, limit: 15, parallel: 4) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    try bench.expect(claimed.count, 200, "claims")
    try bench.expect(Set(claimed.map(\.bookingID)).count, 200, "different jobs")
  }
}
