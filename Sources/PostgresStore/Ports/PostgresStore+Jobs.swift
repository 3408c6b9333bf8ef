public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: JobQueue {
  public func claimJobs(_ request: JobClaimRequest) async throws(StoreError) -> [Job] {
    guard request.limit > 0 else { return [] }
    return try await writeExpress(
      "queue", JobQueueSQL.claim,
      [
        .text(request.owner), .int(request.limit), .text(request.after?.rawValue ?? ""), .int(request.maxParallel),
        .duration(request.ttl), .text(Lease.name(of: "")),
      ]
    ).map { row in
      var job = JobSQL.job(row)
      job.lease = row.optionalInt64(7).map { token in
        Lease(name: Lease.name(of: job.bookingID), owner: request.owner, token: token, expiresAt: row.time(8))
      }
      return job
    }
  }

  public func nextJobDue() async throws(StoreError) -> Timestamp? {
    try await first(JobQueueSQL.nextDue) { $0.optionalTime(0) } ?? nil
  }

  public func job(of id: BookingID) async throws(StoreError) -> Job? {
    try await first("SELECT \(JobSQL.columns) FROM assignment_jobs WHERE booking_id = $1", [.text(id)], JobSQL.job)
  }

  public func returnJob(_ id: BookingID, owner: String, after: Duration) async throws(StoreError) {
    _ = try await writeExpress("queue", JobSQL.giveBack, [.text(id), .text(owner), .duration(max(after, .zero))])
  }

  public func reviveJobs() async throws(StoreError) -> Int {
    let dead = try await write("queue", JobQueueSQL.reviveDead).affectedRows
    return dead + (try await write("queue", JobQueueSQL.wakeIdle).affectedRows)
  }

  public func overdueJobs(limit: Int) async throws(StoreError) -> [OverdueJob] {
    try await all(OverdueSQL.list, [.int(limit), .text(Lease.name(of: ""))]) { row in
      OverdueJob(job: JobSQL.job(row), workerIsAlive: row.bool(7))
    }
  }

  /// Jobs that were parked all the while are left out: their deadlines stood still anyhow. What was in line is not to
  /// get the time of the outage a second time when it is taken.
  public func extendDeadlines(by outage: Duration) async throws(StoreError) {
    _ = try await write("queue", JobQueueSQL.extendDeadlines, [.duration(outage)])
  }

  public func queueDepth() async throws(StoreError) -> QueueDepth {
    try await first(JobQueueSQL.depth) { row in
      QueueDepth(
        ready: row.int(0), running: row.int(1), parked: row.int(2), waiting: row.int(3),
        oldestReady: row.optionalInt64(4).map { .microseconds($0) })
    } ?? QueueDepth(ready: 0, running: 0, parked: 0, waiting: 0, oldestReady: nil)
  }

  public func unfinishedBookings(after: BookingID?, limit: Int) async throws(StoreError) -> [Booking] {
    try await all(JobQueueSQL.unfinished, [.text(after?.rawValue ?? ""), .int(limit)], BookingSQL.booking)
  }
}

/// Statements on the queue as a whole.
enum JobQueueSQL {
  /// Owner, limit, last restaurant served, most in parallel, microseconds, what a booking's lease is called before its id.
  /// The function is one of the schema, see migration 7.
  static let claim = """
    WITH claimed AS MATERIALIZED (
      SELECT * FROM headwaiter_claim_jobs($1, $2, $3, $4, $5 * interval '1 microsecond', now())
        WITH ORDINALITY AS jobs),
    leased AS (
      INSERT INTO leases AS old (name, kind, owner, token, expires_at)
      SELECT $6 || booking_id, 'lease', $1, nextval('fencing_tokens'), now() + $5 * interval '1 microsecond'
      FROM claimed
      ON CONFLICT (name) DO UPDATE SET
        owner = excluded.owner, token = nextval('fencing_tokens'), expires_at = excluded.expires_at
      WHERE old.expires_at <= now()
      RETURNING name, token, expires_at)
    SELECT \(JobSQL.columns), token, expires_at FROM claimed LEFT JOIN leased ON name = $6 || booking_id
    ORDER BY ordinality
    """

  static let nextDue = "SELECT min(run_at) FROM assignment_jobs WHERE state = 'ready' AND run_at > now()"

  static let reviveDead = """
    \(JobSQL.makeReady), in_line_since = now()
    WHERE booking_id IN (
      SELECT booking_id FROM assignment_jobs WHERE state = 'running' AND claimed_until <= now()
      ORDER BY booking_id FOR UPDATE SKIP LOCKED)
    """

  /// The first parked job of each restaurant that has no live permit: its release would wake one, and that one's the next.
  /// Those of a paused restaurant wait on.
  static let wakeIdle = """
    \(JobSQL.wake)
    WHERE state = 'parked' AND booking_id IN (
      SELECT DISTINCT ON (restaurant_id) booking_id FROM assignment_jobs
      WHERE state = 'parked' AND NOT EXISTS (
        SELECT 1 FROM leases
        WHERE kind = 'permit' AND restaurant_id = assignment_jobs.restaurant_id AND expires_at > now())
        AND NOT \(FlagSQL.isPaused)
      ORDER BY restaurant_id, run_at, id)
    """

  static let extendDeadlines = """
    UPDATE assignment_jobs SET state_deadline = state_deadline + $1 * interval '1 microsecond',
      in_line_since = greatest(in_line_since, least(in_line_since + $1 * interval '1 microsecond', now()))
    WHERE state <> 'parked' OR parked_at > now() - $1 * interval '1 microsecond'
    """

  static let depth = """
    SELECT count(*) FILTER (WHERE state = 'ready' AND run_at <= now()), count(*) FILTER (WHERE state = 'running'),
      count(*) FILTER (WHERE state = 'parked'), count(*) FILTER (WHERE state = 'ready' AND run_at > now()),
      (extract(epoch FROM now() - min(run_at) FILTER (WHERE state = 'ready' AND run_at <= now())) * 1000000)::bigint
    FROM assignment_jobs
    """

  /// After a booking, then the limit.
  static let unfinished = """
    SELECT \(BookingSQL.columns) FROM bookings
    WHERE id IN (SELECT booking_id FROM assignment_jobs WHERE booking_id > $1 ORDER BY booking_id LIMIT $2)
    ORDER BY id
    """
}

/// Bookings past their state's deadline.
enum OverdueSQL {
  /// The limit, then what a booking's lease is called before its id.
  static let list = """
    SELECT \(JobSQL.columns),
      coalesce(claimed_until > now(), false)
        OR EXISTS (SELECT 1 FROM leases WHERE name = $2 || assignment_jobs.booking_id AND expires_at > now())
    FROM assignment_jobs WHERE \(isOverdue) ORDER BY state_deadline LIMIT $1
    """

  static let count = "SELECT count(*) FROM assignment_jobs WHERE \(isOverdue)"

  /// In line behind others of its restaurant that are worked on, a job waits for a permit, and its deadline stands still.
  private static let isOverdue = """
    state <> 'parked' AND state_deadline < now()
    AND NOT (state = 'ready' AND in_line_since <= now() AND (
      EXISTS (
        SELECT 1 FROM assignment_jobs AS other
        WHERE other.state = 'running' AND other.restaurant_id = assignment_jobs.restaurant_id
          AND other.claimed_until > now())
      OR EXISTS (
        SELECT 1 FROM leases
        WHERE kind = 'permit' AND leases.restaurant_id = assignment_jobs.restaurant_id AND expires_at > now())))
    """
}
