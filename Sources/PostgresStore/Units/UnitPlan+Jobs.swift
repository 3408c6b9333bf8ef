import AssignmentStore
import BookingDomain
import PostgresClient

extension UnitPlan {
  /// A booking without a job, worked on directly, is nothing to complain about.
  mutating func writeJobs() {
    for change in unit.jobs {
      switch change {
      case .enqueue(let booking, let restaurant, let after, let deadline, let reset):
        add(
          JobSQL.enqueue,
          [.text(booking), .text(restaurant), .duration(after), .duration(deadline), .bool(reset)])
      case .retry(let booking, let after, let counts):
        add(JobSQL.retry, [.text(booking), .duration(after), .int(counts ? 1 : 0)])
      case .enterState(let booking, let state, let deadline):
        // An ended state has no deadline; its job is finished in the same unit.
        guard let stage = state.stage else { continue }
        add(JobSQL.enterState, [.text(booking), .duration(deadline), .int(stage)])
      case .park(let booking): add(JobSQL.park, [.text(booking)])
      case .rescue(let booking, let deadline): add(JobSQL.rescue, [.text(booking), .duration(deadline)])
      case .finish(let booking): add("DELETE FROM assignment_jobs WHERE booking_id = $1", [.text(booking)])
      }
    }
  }
}

/// Statements on the stored queue.
enum JobSQL {
  static let columns = "booking_id, restaurant_id, run_at, state_deadline, rescues, retries, failures"

  /// The beginning of an update; leaves the place in line as it is.
  static let makeReady =
    "UPDATE assignment_jobs SET state = 'ready', claimed_by = NULL, claimed_until = NULL, parked_at = NULL"

  static let retry =
    makeReady + """
      , state_deadline = state_deadline + coalesce(now() - parked_at, interval '0'),
        run_at = now() + $2 * interval '1 microsecond', in_line_since = now() + $2 * interval '1 microsecond',
        retries = retries + 1, failures = failures + $3
      WHERE booking_id = $1
      """

  static let enqueue = """
    INSERT INTO assignment_jobs
      (booking_id, restaurant_id, state, run_at, in_line_since, state_deadline, rescues, retries, failures)
    VALUES ($1, $2, 'ready', now() + $3 * interval '1 microsecond', now() + $3 * interval '1 microsecond',
      now() + $4 * interval '1 microsecond', 0, 0, 0)
    ON CONFLICT (booking_id) DO UPDATE SET
      restaurant_id = excluded.restaurant_id, state = 'ready', run_at = excluded.run_at,
      in_line_since = excluded.in_line_since, state_deadline = excluded.state_deadline, claimed_by = NULL,
      claimed_until = NULL, parked_at = NULL, reached = 0,
      retries = CASE WHEN $5 THEN 0 ELSE assignment_jobs.retries END,
      failures = CASE WHEN $5 THEN 0 ELSE assignment_jobs.failures END,
      rescues = CASE WHEN $5 THEN 0 ELSE assignment_jobs.rescues END
    """

  static let enterState = """
    UPDATE assignment_jobs SET state_deadline = now() + $2 * interval '1 microsecond', reached = $3,
      parked_at = CASE WHEN state = 'parked' THEN now() END
    WHERE booking_id = $1 AND reached < $3
    """

  static let rescue =
    makeReady + """
      , run_at = least(run_at, now()), in_line_since = now(),
        state_deadline = now() + $2 * interval '1 microsecond', rescues = rescues + 1
      WHERE booking_id = $1
      """

  static let abort = makeReady + ", in_line_since = now() WHERE booking_id = $1 AND state = 'running'"

  /// Booking, owner, microseconds. Without a delay it keeps its place in line.
  static let giveBack =
    makeReady + """
      , run_at = CASE WHEN $3 > 0 THEN now() + $3 * interval '1 microsecond' ELSE run_at END,
        in_line_since = now() + $3 * interval '1 microsecond'
      WHERE booking_id = $1 AND state = 'running' AND claimed_by = $2
      """

  static let park = """
    UPDATE assignment_jobs SET state = 'parked', parked_at = now(), claimed_by = NULL, claimed_until = NULL
    WHERE booking_id = $1 AND state <> 'parked'
    """

  /// The beginning of an update: the deadline stood still while it was parked.
  static let wake = makeReady + ", state_deadline = state_deadline + (now() - parked_at), in_line_since = now()"

  static func job(_ row: PostgresRow) -> Job {
    Job(
      bookingID: row.id(0), restaurantID: row.id(1), runAt: row.time(2), stateDeadline: row.time(3),
      rescues: row.int(4), retries: row.int(5), failures: row.int(6))
  }
}
