import AssignmentStore
import BookingDomain
import GRDB

/// Makes ready what nobody else would: jobs of dead workers, and parked jobs that no permit will wake.
struct JobReviver {
  private let session: Session
  private let now: Timestamp

  init(_ write: WriteSession) {
    session = write.session
    now = write.now
  }

  func revive() throws -> Int {
    let dead = try session.run(
      JobSQL.makeReady + ", in_line_since = ?1 WHERE state = 'running' AND claimed_until <= ?1", [.time(now)])
    var woken = 0
    for restaurant in try restaurantsToWake() {
      try JobSQL.wakeParked(of: restaurant, session, now: now)
      woken += 1
    }
    return dead + woken
  }

  /// Restaurants with parked jobs and no live permit: its release would wake one, and that one's the next. Those that are
  /// paused wait on.
  private func restaurantsToWake() throws -> [RestaurantID] {
    try session.all(
      """
      SELECT DISTINCT restaurant_id FROM assignment_jobs WHERE state = 'parked' AND NOT EXISTS (
        SELECT 1 FROM leases
        WHERE kind = 'permit' AND restaurant_id = assignment_jobs.restaurant_id AND expires_at > ?)
      AND NOT \(JobSQL.isPaused)
      """, [.time(now)]
    ) { $0.id(0) }
  }
}
