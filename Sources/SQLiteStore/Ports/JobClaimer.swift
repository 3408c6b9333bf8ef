import AssignmentStore
import BookingDomain
import GRDB

/// Hands out due jobs in fair turns: one job of each restaurant a round, beginning after the last one served.
///
/// Finds the restaurants one by one through the index, so that the cost depends on how many have work, not on how much
/// work they have.
struct JobClaimer {
  private let request: JobClaimRequest
  private let session: Session
  private let now: Timestamp
  private let leases: LeaseTaking
  private var jobs: [Job] = []

  init(_ request: JobClaimRequest, in write: WriteSession) {
    self.request = request
    session = write.session
    now = write.now
    leases = LeaseTaking(write)
  }

  consuming func claim() throws -> [Job] {
    guard request.limit > 0, try isSomethingDue() else { return [] }
    var turns = try restaurantsInTurn()
    while jobs.count < request.limit, !turns.isEmpty {
      var next: [Turn] = []
      for turn in turns where jobs.count < request.limit {
        guard let job = try take(from: turn.restaurant) else { continue }
        jobs.append(job)
        if turn.room > 1 { next.append(Turn(restaurant: turn.restaurant, room: turn.room - 1)) }
      }
      turns = next
    }
    return jobs
  }

  private struct Turn {
    var restaurant: RestaurantID
    /// Jobs that may still start.
    var room: Int
  }

  private func isSomethingDue() throws -> Bool {
    try session.exists(JobClaimSQL.somethingDue, [.time(now)])
  }

  /// Restaurants with due jobs and room for more, at most as many as jobs are asked for.
  private func restaurantsInTurn() throws -> [Turn] {
    let start = request.after?.rawValue ?? ""
    var turns = try turns(after: start, upTo: nil, limit: request.limit)
    if !start.isEmpty, turns.count < request.limit {
      turns += try self.turns(after: "", upTo: start, limit: request.limit - turns.count)
    }
    return turns
  }

  private func turns(after start: String, upTo end: String?, limit: Int) throws -> [Turn] {
    var result: [Turn] = []
    var last = start
    while result.count < limit, let (id, runAt) = try firstJob(after: last) {
      if let end, id > end { break }
      last = id
      guard runAt <= now else { continue }
      let restaurant = RestaurantID(id)
      let room = try room(restaurant)
      if room > 0 { result.append(Turn(restaurant: restaurant, room: room)) }
    }
    return result
  }

  private func firstJob(after restaurant: String) throws -> (id: String, runAt: Timestamp)? {
    try session.first(JobClaimSQL.firstOfNext, [.text(restaurant)]) { row in (row.text(0), row.time(1)) }
  }

  /// Live running jobs and permits of bookings that have none both count.
  private func room(_ restaurant: RestaurantID) throws -> Int {
    let running = try session.count(JobClaimSQL.running, [.text(restaurant), .time(now)])
    let permits = try session.count(JobClaimSQL.otherPermits, [.text(restaurant), .time(now)])
    return request.maxParallel - running - permits
  }

  private func take(from restaurant: RestaurantID) throws -> Job? {
    let taken = try session.first(
      JobClaimSQL.take,
      [.text(request.owner), .time(now.adding(request.ttl)), .text(restaurant), .time(now)], JobSQL.job)
    guard var job = taken else { return nil }
    let attempt = try leases.take(Lease.name(of: job.bookingID), owner: request.owner, ttl: request.ttl)
    if case .acquired(let lease) = attempt { job.lease = lease }
    return job
  }
}

/// Statements of a claim; each answered from an index.
enum JobClaimSQL {
  static let somethingDue = "SELECT 1 FROM assignment_jobs WHERE state = 'ready' AND run_at <= ? LIMIT 1"

  static let firstOfNext = """
    SELECT restaurant_id, run_at FROM assignment_jobs INDEXED BY jobs_in_turn
    WHERE state = 'ready' AND restaurant_id > ? ORDER BY restaurant_id, run_at LIMIT 1
    """

  static let running = """
    SELECT count(*) FROM assignment_jobs INDEXED BY jobs_in_turn
    WHERE state = 'running' AND restaurant_id = ? AND claimed_until > ?
    """

  static let otherPermits = """
    SELECT count(*) FROM leases INDEXED BY leases_of_restaurant
    WHERE kind = 'permit' AND restaurant_id = ?1 AND expires_at > ?2 AND NOT EXISTS (
      SELECT 1 FROM assignment_jobs
      WHERE booking_id = leases.booking_id AND state = 'running' AND claimed_until > ?2)
    """

  /// The deadline stood still while it was in line.
  static let take = """
    UPDATE assignment_jobs SET state = 'running', claimed_by = ?1, claimed_until = ?2,
      state_deadline = state_deadline + max(0, ?4 - in_line_since)
    WHERE id = (
      SELECT id FROM assignment_jobs INDEXED BY jobs_in_turn
      WHERE state = 'ready' AND restaurant_id = ?3 AND run_at <= ?4 ORDER BY run_at, id LIMIT 1)
    RETURNING \(JobSQL.columns)
    """
}
