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
      _ = try write.session.run(
        JobSQL.makeReady
          + ", run_at = coalesce(?, run_at) WHERE booking_id = ? AND state = 'running' AND claimed_by = ?",
        [.time(runAt), .text(id), .text(owner)])
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

  /// Jobs that were parked all the while are left out: their deadlines stood still anyhow.
  public func extendDeadlines(by outage: Duration) async throws(StoreError) {
    try await write { write in
      _ = try write.session.run(
        """
        UPDATE assignment_jobs SET state_deadline = state_deadline + ?
        WHERE state <> 'parked' OR parked_at > ?
        """, [.int(outage.wholeMicroseconds), .time(write.now.adding(.zero - outage))])
    }
  }

  public func queueDepth() async throws(StoreError) -> QueueDepth {
    let now = clock.now()
    return try await read { session in
      let oldest = try session.first(
        """
        SELECT total(state = 'ready' AND run_at <= ?1), total(state = 'running'), total(state = 'parked'),
          total(state = 'ready' AND run_at > ?1), min(iif(state = 'ready' AND run_at <= ?1, run_at, NULL))
        FROM assignment_jobs
        """, [.time(now)]
      ) { row in
        QueueDepth(
          ready: row.int(0), running: row.int(1), parked: row.int(2), waiting: row.int(3),
          oldestReady: row.optionalTime(4).map { now.since($0) })
      }
      return oldest ?? QueueDepth(ready: 0, running: 0, parked: 0, waiting: 0, oldestReady: nil)
    }
  }
}

/// Times of the queue.
enum JobQueueSQL {
  static let nextDue = "SELECT min(run_at) FROM assignment_jobs WHERE state = 'ready' AND run_at > ?"
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
    FROM assignment_jobs WHERE state <> 'parked' AND state_deadline < ?1 ORDER BY state_deadline LIMIT ?2
    """
  static let count = "SELECT count(*) FROM assignment_jobs WHERE state <> 'parked' AND state_deadline < ?"
}
