import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PostgresClient
import Testing

@testable import PostgresStore

/// Hot statements find their rows through an index, however large the tables grow.
@Suite struct QueryPlanTests {
  static let statements: [String] = [
    "SELECT \(BookingSQL.columns) FROM bookings WHERE id = $1", BookingSQL.update, ClaimSQL.ofBooking,
    ClaimSQL.deleteDead, ClaimSQL.deleteDeadUnderBooking, ClaimSQL.resize, FloorSQL.state, JobSQL.retry, JobSQL.park,
    JobSQL.enterState, JobSQL.rescue, JobSQL.abort, JobSQL.giveBack, PermitSQL.deleteDead, PermitSQL.take,
    PermitSQL.release, LeaseSQL.release, HoldSQL.convert, HoldSQL.deleteUnder, NoticeSQL.withdraw,
    NoticeQueueSQL.claim, JobQueueSQL.nextDue, BookingReadSQL.pacing, BookingReadSQL.pastSuccess,
    BookingReadSQL.history, BookingReadSQL.attempts,
    "SELECT 1 FROM leases WHERE name = $1 AND token = $2 FOR SHARE",
    "SELECT id FROM outbox WHERE id > $1 ORDER BY id LIMIT $2",
    DayPlanSQL.outdate, DayPlanSQL.go, DayPlanSQL.ofDay, DayPlanSQL.automaticMoves, ReplanSQL.settle, ReplanSQL.waiting,
    "SELECT restaurant_id, run_at FROM assignment_jobs WHERE state = 'ready' AND restaurant_id > $1"
      + " ORDER BY restaurant_id, run_at LIMIT 1",
  ]

  /// With sequential scans switched off, the planner takes one only where no index serves.
  @Test(arguments: statements)
  func hotStatements_useAnIndex(_ sql: String) async throws {
    let plan = try await PostgresStoreBench().plan(sql)
    #expect(!plan.contains("Seq Scan"), "\(plan)")
  }

  @Test func listsOfBookings_useAnIndex() async throws {
    let bench = try await PostgresStoreBench()
    let window = TimeWindow(start: ManualClock.start, end: ManualClock.start.adding(minutes: 60))
    var byStart = BookingQuery()
    byStart.restaurantID = "house"
    byStart.startsWithin = window
    var overlapping = BookingQuery()
    overlapping.restaurantID = "house"
    overlapping.overlapping = window
    var review = BookingQuery()
    review.states = [.manualReview]
    review.reviewDeadlineBefore = ManualClock.start
    review.order = .byUrgency
    for query in [byStart, overlapping, review] {
      let plan = try await bench.plan(BookingQuerySQL(query).sql)
      #expect(!plan.contains("Seq Scan"), "\(plan)")
    }
    let plan = try await bench.plan(BookingQuerySQL(byStart).sql)
    #expect(!plan.contains("Sort"), "\(plan)")
    let urgent = try await bench.plan(BookingQuerySQL(review).sql)
    #expect(urgent.contains("bookings_in_review"), "\(urgent)")
    var seated = BookingQuery()
    seated.statuses = [.seated]
    seated.endsWithin = window
    let stays = try await bench.plan(BookingQuerySQL(seated).sql)
    #expect(stays.contains("bookings_seated"), "\(stays)")
  }

  /// Queue and instances are small, and read whole.
  @Test func figures_readSmallIndexes() async throws {
    let bench = try await PostgresStoreBench()
    let plan = try await bench.plan(FigureSQL.figures)
    for table in ["bookings", "notices", "leases"] { #expect(!plan.contains("Seq Scan on \(table)"), "\(plan)") }
    for index in ["bookings_in_review", "notices_pending"] { #expect(plan.contains(index), "\(plan)") }
    let outbox = try await bench.plan(FigureSQL.outbox)
    #expect(outbox.contains("outbox_pkey"), "\(outbox)")
  }

  /// A keeper asks the first four every two seconds, however long a rollout has run; the others are about a run.
  @Test(arguments: [
    RollbackSQL.window, RollbackSQL.last, RollbackSQL.restaurants, RollbackSQL.breakers, RollbackSQL.underWay,
    PhaseSQL.days, PhaseSQL.legacy, PhaseSQL.shadowDays, PhaseSQL.paired, PhaseSQL.events, PhaseSQL.shadowEvents,
    PhaseSQL.duplicateNotices, PhaseSQL.latency, PhaseSQL.lockWait, PhaseSQL.rescued,
  ])
  func figuresOfARollout_useAnIndex(_ sql: String) async throws {
    let plan = try await PostgresStoreBench().plan(sql)
    #expect(!plan.contains("Seq Scan"), "\(plan)")
  }

  @Test func ownChangesOfABooking_stayOnTheirPage() async throws {
    let bench = try await PostgresStoreBench()
    let record = BookingRecord.sample(
      id: "b-1", start: bench.clock.now().adding(minutes: 360), minutes: 90, createdAt: bench.clock.now())
    var unit = WriteUnit(label: "test")
    let created = BookingMutation(creating: record, context: .sample(at: bench.clock.now()))
    unit.bookings = [created]
    try await bench.store.commit(unit)
    var mutation = BookingMutation(created.booking)
    try mutation.transition(to: .capacityVerified, cause: .verify, context: .sample(at: bench.clock.now()))
    unit.bookings = [mutation]
    let before = try await place(bench)
    try await bench.store.commit(unit)
    let after = try await place(bench)
    #expect(before.page == after.page)
    // Heap-only: the index still points to the first version, from which the chain leads on.
    #expect(before.item != after.item)
    let found = try await bench.store.booking("b-1")
    #expect(found?.state == .capacityVerified)
  }

  private func place(_ bench: PostgresStoreBench) async throws -> (page: String, item: String) {
    let text = try await bench.store.read("SELECT ctid::text FROM bookings WHERE id = 'b-1'")[0].text(0)
    let parts = text.dropFirst().dropLast().split(separator: ",").map(String.init)
    return (parts[0], parts[1])
  }
}
