import AssignmentStore
import BookingDomain
import GRDB
import HeadwaiterTesting
import Testing

@testable import SQLiteStore

/// Hot statements find their rows through an index, however large the tables grow.
@Suite struct QueryPlanTests {
  static let statements: [String] = [
    "SELECT \(BookingSQL.columns) FROM bookings WHERE id = ?", BookingSQL.update, ClaimSQL.ofBooking,
    ClaimSQL.deleteDead, FloorSQL.claims, FloorSQL.waiting, JobClaimSQL.firstOfNext, JobClaimSQL.running,
    JobClaimSQL.otherPermits, JobClaimSQL.take, JobSQL.retry, JobSQL.park, JobSQL.enterState, JobQueueSQL.unfinished,
    OverdueSQL.list,
    NoticeSQL.due, LeaseSQL.release, JobClaimSQL.somethingDue, JobQueueSQL.nextDue, JobSQL.wakeFirst,
    PermitSQL.deleteDead, PermitSQL.live, PermitSQL.release, HoldSQL.live, HoldSQL.converted, ClaimSQL.holdsUnder,
    BookingReadSQL.pacing, BookingReadSQL.pastSuccess, BookingReadSQL.history,
    "SELECT 1 FROM leases WHERE name = ? AND token = ?",
    "UPDATE notices SET status = 'withdrawn' WHERE booking_id = ? AND status = 'pending' AND due_at > ?",
    "SELECT id FROM outbox WHERE id > ? ORDER BY id LIMIT ?",
    DayPlanSQL.outdate, DayPlanSQL.go, DayPlanSQL.ofDay, DayPlanSQL.automaticMoves, ReplanSQL.settle,
  ]

  @Test(arguments: statements)
  func hotStatementsUseAnIndex(_ sql: String) throws {
    let plan = try SQLiteTestDatabase().plan(sql)
    #expect(!plan.contains { $0.hasPrefix("SCAN") && !$0.contains("CONSTANT ROW") }, "\(plan)")
  }

  @Test func listsOfBookingsUseAnIndex() throws {
    let database = try SQLiteTestDatabase()
    let window = TimeWindow(start: ManualClock.start, end: ManualClock.start.adding(minutes: 60))
    var byStart = BookingQuery()
    byStart.restaurantID = "house"
    byStart.startsWithin = window
    byStart.after = "b-1"
    var overlapping = BookingQuery()
    overlapping.restaurantID = "house"
    overlapping.overlapping = window
    var review = BookingQuery()
    review.states = [.manualReview]
    review.reviewDeadlineBefore = ManualClock.start
    review.order = .byUrgency
    for query in [byStart, overlapping, review] {
      let plan = try database.plan(BookingQuerySQL(query).sql)
      #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }
    #expect(try !database.plan(BookingQuerySQL(byStart).sql).contains { $0.contains("TEMP B-TREE") })
    var seated = BookingQuery()
    seated.statuses = [.seated]
    seated.endsWithin = window
    let plan = try database.plan(BookingQuerySQL(seated).sql)
    #expect(plan.contains { $0.contains("bookings_seated (block_end>? AND block_end<?)") }, "\(plan)")
  }

  /// A keeper asks these every two seconds, however long a rollout has run.
  @Test(arguments: [
    (RollbackSQL.window, "bookings_by_end (outcome_at>? AND outcome_at<?)"),
    (RollbackSQL.last, "bookings_by_end (outcome_at>? AND outcome_at<?)"),
    (RollbackSQL.restaurants, "bookings_by_end (outcome_at>? AND outcome_at<?)"),
    (RollbackSQL.breakers, "breaker_openings_by_time (seen_at>? AND seen_at<?)"),
  ])
  func rollbackFiguresUseTheirWindow(_ sql: String, index: String) throws {
    let plan = try SQLiteTestDatabase().plan(sql)
    #expect(plan.contains { $0.contains(index) }, "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN bookings") }, "\(plan)")
  }

  /// Those of a whole run read the run's bookings, and what belongs to each by its key.
  @Test(arguments: [
    PhaseSQL.days, PhaseSQL.legacy, PhaseSQL.shadowDays, PhaseSQL.paired, PhaseSQL.events, PhaseSQL.shadowEvents,
    PhaseSQL.duplicateNotices, PhaseSQL.latency, PhaseSQL.lockWait, PhaseSQL.rescued,
  ])
  func phaseFiguresReadOnlyTheRun(_ sql: String) throws {
    let plan = try SQLiteTestDatabase().plan(sql)
    #expect(!plan.contains { $0.hasPrefix("SCAN") && !$0.contains("SCAN (subquery") }, "\(plan)")
  }

  /// They read an index that holds only what is wanted, from end to end.
  @Test(arguments: [
    (FigureSQL.permits, "leases_of_restaurant"), (FigureSQL.review, "bookings_in_review"),
    (FigureSQL.notices, "notices_pending"), (FigureSQL.outbox, "INTEGER PRIMARY KEY"),
  ])
  func figuresUseASmallIndex(_ sql: String, index: String) throws {
    let plan = try SQLiteTestDatabase().plan(sql)
    #expect(plan.count == 1 && plan[0].contains(index), "\(plan)")
  }

  @Test func eventsOfABookingUseAnIndex() throws {
    var query = EventQuery()
    query.bookingID = "b-1"
    let plan = try SQLiteTestDatabase().plan(EventQuerySQL(query).sql)
    #expect(plan.contains { $0.contains("events_of_booking") }, "\(plan)")
  }

  @Test(arguments: [
    ("claims_refuse_party", "claims_of_parties"), ("claims_refuse_block", "claims_of_blocks"),
  ])
  func triggersUseTheirIndex(trigger: String, index: String) throws {
    let database = try SQLiteTestDatabase()
    let plan = try database.plan(
      trigger == "claims_refuse_party"
        ? """
        SELECT window_end FROM table_claims WHERE restaurant_id = ? AND table_number = ? AND kind <> 'block'
        AND window_start < ? ORDER BY window_start DESC LIMIT 1
        """
        : """
        SELECT 1 FROM table_claims WHERE restaurant_id = ? AND kind = 'block' AND window_end > ? AND window_start < ?
        AND table_number = ?
        """)
    #expect(plan.count == 1 && plan[0].contains(index), "\(plan)")
  }
}
