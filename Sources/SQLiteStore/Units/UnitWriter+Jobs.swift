import AssignmentStore
import BookingDomain
import GRDB

extension UnitWriter {
  /// A booking without a job, worked on directly, is nothing to complain about.
  func writeJobs() throws {
    for change in unit.jobs {
      switch change {
      case .enqueue(let booking, let restaurant, let after, let deadline, let reset):
        try session.run(
          JobSQL.enqueue,
          [
            .text(booking), .text(restaurant), .time(now.adding(after)), .time(now.adding(deadline)), .bool(reset),
          ])
      case .retry(let booking, let after, let counts):
        try session.run(JobSQL.retry, [.time(now), .time(now.adding(after)), .bool(counts), .text(booking)])
      case .enterState(let booking, let state, let deadline): try enterState(booking, state, deadline)
      case .park(let booking):
        try session.run(JobSQL.park, [.time(now), .text(booking)])
      case .rescue(let booking, let deadline):
        try session.run(
          JobSQL.rescue, [.time(now), .time(now.adding(deadline)), .text(booking)])
      case .finish(let booking):
        try session.run("DELETE FROM assignment_jobs WHERE booking_id = ?", [.text(booking)])
      }
    }
  }

  /// An ended state has no deadline; its job is finished in the same unit.
  private func enterState(_ booking: BookingID, _ state: AssignmentState, _ deadline: Duration) throws {
    guard let stage = state.stage else { return }
    try session.run(
      JobSQL.enterState, [.time(now), .time(now.adding(deadline)), .int(stage), .text(booking)])
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
      , state_deadline = state_deadline + coalesce(?1 - parked_at, 0), run_at = ?2, in_line_since = ?2,
        retries = retries + 1, failures = failures + ?3
      WHERE booking_id = ?4
      """

  static let enqueue = """
    INSERT INTO assignment_jobs
      (booking_id, restaurant_id, state, run_at, in_line_since, state_deadline, rescues, retries, failures)
    VALUES (?1, ?2, 'ready', ?3, ?3, ?4, 0, 0, 0)
    ON CONFLICT (booking_id) DO UPDATE SET
      restaurant_id = excluded.restaurant_id, state = 'ready', run_at = excluded.run_at,
      in_line_since = excluded.in_line_since, state_deadline = excluded.state_deadline, claimed_by = NULL,
      claimed_until = NULL, parked_at = NULL, reached = 0, retries = iif(?5, 0, retries),
      failures = iif(?5, 0, failures), rescues = iif(?5, 0, rescues)
    """

  static let enterState = """
    UPDATE assignment_jobs SET state_deadline = ?2, reached = ?3, parked_at = CASE WHEN state = 'parked' THEN ?1 END
    WHERE booking_id = ?4 AND reached < ?3
    """

  static let rescue =
    makeReady + """
      , run_at = min(run_at, ?1), in_line_since = ?1, state_deadline = ?2, rescues = rescues + 1
      WHERE booking_id = ?3
      """

  static let abort = makeReady + ", in_line_since = ? WHERE booking_id = ? AND state = 'running'"

  /// Time to run or null, now, booking, owner. Without a time it keeps its place in line.
  static let giveBack =
    makeReady + """
      , run_at = coalesce(?1, run_at), in_line_since = coalesce(?1, ?2)
      WHERE booking_id = ?3 AND state = 'running' AND claimed_by = ?4
      """

  static let park = """
    UPDATE assignment_jobs SET state = 'parked', parked_at = ?, claimed_by = NULL, claimed_until = NULL
    WHERE booking_id = ? AND state <> 'parked'
    """

  /// The deadline stood still while it was parked.
  static let wakeFirst =
    makeReady + """
      , state_deadline = state_deadline + (?1 - parked_at), in_line_since = ?1
      WHERE id = (
        SELECT id FROM assignment_jobs INDEXED BY jobs_in_turn
        WHERE state = 'parked' AND restaurant_id = ?2 ORDER BY run_at, id LIMIT 1)
      """

  /// Makes the first in line ready.
  static func wakeParked(of restaurant: RestaurantID, _ session: Session, now: Timestamp) throws {
    try session.run(wakeFirst, [.time(now), .text(restaurant)])
  }

  static func job(_ row: Row) -> Job {
    Job(
      bookingID: row.id(0), restaurantID: row.id(1), runAt: row.time(2), stateDeadline: row.time(3),
      rescues: row.int(4), retries: row.int(5), failures: row.int(6))
  }
}
