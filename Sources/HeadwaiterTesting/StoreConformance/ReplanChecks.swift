import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let replanChecks: [ConformanceCheck] = [
    ConformanceCheck("replans: those that have waited longest come first, at most so many", longestFirst),
    ConformanceCheck("replans: one that is asked for again takes the new cause and time", askedAgain),
    ConformanceCheck("replans: a settled one goes, unless it was asked for again meanwhile", settled),
    ConformanceCheck("replans: units that ask for the same days at once are all stored", askedAtOnce),
  ]

  private static func longestFirst(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.store.replans(limit: 9), [], "replans of an empty database")
    var replans: [Replan] = []
    for (seconds, restaurant, day) in [
      (30, "house", 0), (20, "other", 5), (20, "other", 0), (20, "house", 9), (10, "house", 1),
    ] as [(Int, RestaurantID, Int)] {
      replans.append(bench.replan(restaurant, day: day, seconds: seconds))
    }
    let asked = replans
    try await bench.commit { $0.replans = asked }
    let wanted = [4, 3, 2, 1, 0].map { asked[$0] }
    try bench.expect(try await bench.store.replans(limit: 9), wanted, "replans")
    try bench.expect(try await bench.store.replans(limit: 2), Array(wanted.prefix(2)), "the first two")
    let reopened = try await bench.reopen()
    try bench.expect(try await reopened.replans(limit: 9), wanted, "replans after a restart")
  }

  private static func askedAgain(_ bench: ConformanceBench) async throws {
    let first = bench.replan(day: 0, seconds: 0, cause: .cancellation)
    try await bench.commit { $0.replans = [first] }
    let again = bench.replan(day: 0, seconds: 20, cause: .overstay)
    let other = bench.replan(day: 1, seconds: 10, cause: .block)
    // Of equals the last one counts, whatever its time.
    try await bench.commit {
      $0.replans = [bench.replan(day: 0, seconds: 40, cause: .noTable), other, again]
    }
    try bench.expect(try await bench.store.replans(limit: 9), [other, again], "replans")
    let earlier = bench.replan(day: 0, seconds: 5, cause: .request)
    try await bench.commit { $0.replans = [earlier] }
    try bench.expect(try await bench.store.replans(limit: 9), [earlier, other], "replans after an earlier time")
  }

  private static func settled(_ bench: ConformanceBench) async throws {
    let first = bench.replan(day: 0, seconds: 0)
    let other = bench.replan("other", day: 0, seconds: 0)
    let tomorrow = bench.replan(day: 1, seconds: 0)
    try await bench.commit { $0.replans = [first, other, tomorrow] }
    let again = bench.replan(day: 0, seconds: 1, cause: .block)
    try await bench.commit { $0.replans = [again] }
    try await bench.commit { $0.settledReplan = first }
    try bench.expect(try await bench.store.replans(limit: 9), [tomorrow, other, again], "after the first was settled")
    try await bench.commit { $0.settledReplan = again }
    try bench.expect(try await bench.store.replans(limit: 9), [tomorrow, other], "after the second was settled")
    try await bench.commit { $0.settledReplan = again }
    try bench.expect(try await bench.store.replans(limit: 9), [tomorrow, other], "after it was settled twice")
  }

  private static func askedAtOnce(_ bench: ConformanceBench) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        var unit = try bench.confirming(BookingID("b-\(number)"), [TableNumber("U\(number)")])
        let days = number % 2 == 0 ? [0, 1, 2] : [2, 1, 0]
        unit.replans = days.map { bench.replan(day: $0, seconds: number) }
        let asking = unit
        group.addTask { try await bench.store.commit(asking) }
      }
      try await group.waitForAll()
    }
    try bench.expect(try await bench.store.replans(limit: 9).count, 3, "replans")
  }
}
