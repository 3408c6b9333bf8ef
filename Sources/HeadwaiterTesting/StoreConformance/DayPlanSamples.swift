import AssignmentStore
import BookingDomain

extension StoredDayPlan {
  /// Made now, of a date so many days after the clock's first: two bookings move, one without a table gets one.
  static func sample(
    _ bench: ConformanceBench, _ id: String, state: DayPlanState = .ready, day: Int = 0
  ) -> StoredDayPlan {
    let moves = [
      DayMove(bookingID: "b-1", version: 6, party: 2, start: bench.evening, from: ["T1"], to: ["T2", "T3"]),
      DayMove(
        bookingID: "b-2", version: 7, party: 4, start: bench.evening.adding(minutes: 15), from: ["T2", "T3"], to: ["T1"]
      ),
      DayMove(bookingID: "b-3", version: 3, party: 6, start: bench.evening.adding(minutes: 30), from: [], to: ["T7"]),
    ]
    return StoredDayPlan(
      id: id, restaurantID: "house", date: bench.date(day), cause: .cancellation, state: state, moves: moves,
      before: DayFigures(bookings: 2, covers: 6, spareSeats: 3, extraTables: 1),
      after: DayFigures(bookings: 3, covers: 12, spareSeats: 1, extraTables: 2), createdAt: bench.clock.now(),
      createdBy: "maker of \(id)")
  }
}

extension DayPlanState {
  /// All steps that a plan may take.
  static let steps: [(from: DayPlanState, to: DayPlanState)] = [
    (.ready, .applied), (.ready, .outdated), (.applied, .undone),
  ]

  static let pairs: [(from: DayPlanState, to: DayPlanState)] = allCases.flatMap { from in allCases.map { (from, $0) } }

  static func isStep(_ from: DayPlanState, _ to: DayPlanState) -> Bool { steps.contains { $0 == (from, to) } }
}

extension ConformanceBench {
  /// The date on which the clock starts, or one so many days later.
  func date(_ day: Int) -> LocalDate {
    LocalDate(daysSinceEpoch: Int(ManualClock.start.seconds / 86_400)).adding(days: day)
  }

  func add(_ plan: StoredDayPlan) async throws { try await commit { $0.dayPlan = .add(plan) } }

  func go(_ id: String, _ from: DayPlanState, _ to: DayPlanState) async throws {
    try await commit { $0.dayPlan = .go(id: id, from: from, to: to, by: "ann", at: clock.now()) }
  }

  /// A unit that takes a step, changes a booking, and asks for the next day.
  func going(
    _ id: String, _ from: DayPlanState, _ to: DayPlanState, with booking: Booking
  ) throws -> WriteUnit {
    var mutation = BookingMutation(booking)
    try mutation.transition(to: .capacityVerified, cause: .verify, context: .sample(at: clock.now()))
    let changed = mutation
    return unit {
      $0.bookings = [changed]
      $0.dayPlan = .go(id: id, from: from, to: to, by: "ann", at: clock.now())
      $0.replans = [replan(day: 1, seconds: 0)]
    }
  }

  func plans(day: Int = 0, limit: Int = 100) async throws -> [StoredDayPlan] {
    try await store.dayPlans("house", date: date(day), limit: limit)
  }

  func state(_ id: String) async throws -> DayPlanState? { try await store.dayPlan(id, of: "house")?.state }

  func automaticMoves(day: Int = 0) async throws -> Int { try await store.automaticMoves("house", date: date(day)) }

  /// - Parameter seconds: after the clock's first.
  func replan(
    _ restaurant: RestaurantID = "house", day: Int, seconds: Int, cause: DayPlanCause = .cancellation
  ) -> Replan {
    Replan(
      restaurantID: restaurant, date: date(day), cause: cause, askedAt: ManualClock.start.adding(.seconds(seconds)))
  }
}
