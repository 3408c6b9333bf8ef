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
            .bool(reset), .bool(reset),
          ])
      case .retry(let booking, let after, let counts):
        try session.run(JobSQL.retry, [.time(now), .time(now.adding(after)), .bool(counts), .text(booking)])
      case .restartDeadline(let booking, let deadline): try restartDeadline(booking, deadline)
      case .park(let booking):
        try session.run(JobSQL.park, [.time(now), .text(booking)])
      case .rescue(let booking, let deadline):
        try session.run(
          JobSQL.makeReady
            + ", run_at = min(run_at, ?), state_deadline = ?, rescues = rescues + 1 WHERE booking_id = ?",
          [.time(now), .time(now.adding(deadline)), .text(booking)])
      case .finish(let booking):
        try session.run("DELETE FROM assignment_jobs WHERE booking_id = ?", [.text(booking)])
      }
    }
  }

  private func restartDeadline(_ booking: BookingID, _ deadline: Duration) throws {
    try session.run(
      """
      UPDATE assignment_jobs SET state_deadline = ?, parked_at = CASE WHEN state = 'parked' THEN ? END
      WHERE booking_id = ?
      """, [.time(now.adding(deadline)), .time(now), .text(booking)])
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
      , state_deadline = state_deadline + coalesce(? - parked_at, 0), run_at = ?, retries = retries + 1,
        failures = failures + ?
      WHERE booking_id = ?
      """

  static let enqueue = """
    INSERT INTO assignment_jobs (booking_id, restaurant_id, state, run_at, state_deadline, rescues, retries, failures)
    VALUES (?, ?, 'ready', ?, ?, 0, 0, 0)
    ON CONFLICT (booking_id) DO UPDATE SET
      restaurant_id = excluded.restaurant_id, state = 'ready', run_at = excluded.run_at,
      state_deadline = excluded.state_deadline, claimed_by = NULL, claimed_until = NULL, parked_at = NULL,
      retries = iif(?, 0, retries), failures = iif(?, 0, failures), rescues = iif(?, 0, rescues)
    """

  static let park = """
    UPDATE assignment_jobs SET state = 'parked', parked_at = ?, claimed_by = NULL, claimed_until = NULL
    WHERE booking_id = ? AND state <> 'parked'
    """

  /// The deadline stood still while it was parked.
  static let wakeFirst =
    makeReady + """
      , state_deadline = state_deadline + (? - parked_at)
      WHERE id = (
        SELECT id FROM assignment_jobs INDEXED BY jobs_in_turn
        WHERE state = 'parked' AND restaurant_id = ? ORDER BY run_at, id LIMIT 1)
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
