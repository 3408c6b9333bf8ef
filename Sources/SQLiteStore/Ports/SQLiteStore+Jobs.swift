public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: JobQueue {
  public func claimJobs(_ request: JobClaimRequest) async throws(StoreError) -> [Job] {
    try await write { write in try JobClaimer(request, in: write).claim() }
  }

  public func nextJobDue() async throws(StoreError) -> Timestamp? {
    let now = clock.now()
    return try await read { session in
      try session.first(JobQueueSQL.nextDue, [.time(now)]) { $0.optionalTime(0) } ?? nil
    }
  }

  public func job(of id: BookingID) async throws(StoreError) -> Job? {
    try await read { session in
      try session.first(
        "SELECT \(JobSQL.columns) FROM assignment_jobs WHERE booking_id = ?", [.text(id)], JobSQL.job)
    }
  }

  public func returnJob(_ id: BookingID, owner: String, after: Duration) async throws(StoreError) {
    try await write { write in
      // Given back at once, it keeps its place in line.
      let runAt = after > .zero ? write.now.adding(after) : nil
      _ = try write.session.run(JobSQL.giveBack, [.time(runAt), .time(write.now), .text(id), .text(owner)])
    }
  }

  public func reviveJobs() async throws(StoreError) -> Int {
    try await write { write in try JobReviver(write).revive() }
  }

  public func overdueJobs(limit: Int) async throws(StoreError) -> [OverdueJob] {
    let now = clock.now()
    return try await read { session in
      try session.all(OverdueSQL.list, [.time(now), .int(limit)]) { row in
        OverdueJob(job: JobSQL.job(row), workerIsAlive: row.bool(7))
      }
    }
  }

  /// Jobs that were parked all the while are left out: their deadlines stood still anyhow. What was in line is not to
  /// get the time of the outage a second time when it is taken.
  public func extendDeadlines(by outage: Duration) async throws(StoreError) {
    try await write { write in
      _ = try write.session.run(
        """
        UPDATE assignment_jobs SET state_deadline = state_deadline + ?1,
          in_line_since = max(in_line_since, min(in_line_since + ?1, ?2))
        WHERE state <> 'parked' OR parked_at > ?2 - ?1
        """, [.int(outage.wholeMicroseconds), .time(write.now)])
    }
  }

  public func unfinishedBookings(after: BookingID?, limit: Int) async throws(StoreError) -> [Booking] {
    try await read { session in
      try session.all(JobQueueSQL.unfinished, [.text(after?.rawValue ?? ""), .int(limit)], BookingSQL.booking)
    }
  }

  public func queueDepth() async throws(StoreError) -> QueueDepth {
    let now = clock.now()
    return try await read { session in try session.queueDepth(at: now) }
  }
}

/// Times of the queue.
enum JobQueueSQL {
  static let nextDue = "SELECT min(run_at) FROM assignment_jobs WHERE state = 'ready' AND run_at > ?"

  static let depth = """
    SELECT total(state = 'ready' AND run_at <= ?1), total(state = 'running'), total(state = 'parked'),
      total(state = 'ready' AND run_at > ?1), min(iif(state = 'ready' AND run_at <= ?1, run_at, NULL))
    FROM assignment_jobs
    """

  /// After a booking, then the limit.
  static let unfinished = """
    SELECT \(BookingSQL.columns) FROM bookings
    WHERE id IN (SELECT booking_id FROM assignment_jobs WHERE booking_id > ? ORDER BY booking_id LIMIT ?)
    ORDER BY id
    """
}

/// Bookings past their state's deadline.
enum OverdueSQL {
  /// `now`, then the limit.
  static let list = """
    SELECT \(JobSQL.columns),
      coalesce(claimed_until > ?1, 0)
        OR EXISTS (
          SELECT 1 FROM leases
          WHERE name = '\(Lease.name(of: ""))' || assignment_jobs.booking_id AND expires_at > ?1)
    FROM assignment_jobs WHERE \(isOverdue) ORDER BY state_deadline LIMIT ?2
    """

  static let count = "SELECT count(*) FROM assignment_jobs WHERE \(isOverdue)"

  /// In line behind others of its restaurant that are worked on, a job waits for a permit, and its deadline stands still.
  private static let isOverdue = """
    state <> 'parked' AND state_deadline < ?1
    AND NOT (state = 'ready' AND in_line_since <= ?1 AND (
      EXISTS (
        SELECT 1 FROM assignment_jobs AS other INDEXED BY jobs_in_turn
        WHERE other.state = 'running' AND other.restaurant_id = assignment_jobs.restaurant_id
          AND other.claimed_until > ?1)
      OR EXISTS (
        SELECT 1 FROM leases INDEXED BY leases_of_restaurant
        WHERE kind = 'permit' AND leases.restaurant_id = assignment_jobs.restaurant_id AND expires_at > ?1)))
    """
}
