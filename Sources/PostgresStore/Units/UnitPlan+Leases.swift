import AssignmentStore
import BookingDomain
import PostgresClient

extension UnitPlan {
  /// A person's change aborts the worker: without its lease row the old token opens nothing, and whoever takes the
  /// lease next gets a higher one, because tokens come from one sequence.
  mutating func takeOver() {
    for booking in unit.takeOver.sorted() {
      add("DELETE FROM leases WHERE name = $1", [.text(Lease.name(of: booking))])
      add(PermitSQL.release, [.text(booking)])
      add(JobSQL.abort, [.text(booking)])
    }
  }

  /// A booking that has a live permit keeps it; dead permits free their slots.
  mutating func takePermit() {
    guard let request = unit.permit else { return }
    add(PermitSQL.deleteDead, [.text(request.restaurantID)])
    add(
      PermitSQL.take,
      [
        .text(request.restaurantID), .text(request.bookingID), .text(request.owner), .int(request.limit),
        .duration(request.ttl),
      ])
  }

  mutating func checkTurn() {
    guard let turn = unit.turn else { return }
    refuse(
      .noPermit, turn.restaurantID.rawValue, unless: PermitSQL.isTurn, [.text(turn.restaurantID), .int(turn.limit)])
  }

  mutating func releasePermits() {
    for booking in unit.releasePermits.sorted() { add(PermitSQL.release, [.text(booking)]) }
  }

  mutating func releaseLeases() {
    for fence in unit.releaseLeases.sorted(by: { $0.name < $1.name }) {
      add(LeaseSQL.release, [.text(fence.name), .int(fence.token)])
    }
  }
}

/// Statements on permits.
enum PermitSQL {
  static let deleteDead = "DELETE FROM leases WHERE kind = 'permit' AND restaurant_id = $1 AND expires_at <= now()"

  /// Restaurant, booking, owner, limit, microseconds to live. Follows the floor's lock and ``deleteDead``.
  static let take = """
    WITH own AS (
      UPDATE leases SET owner = $3, expires_at = now() + $5 * interval '1 microsecond'
      WHERE kind = 'permit' AND booking_id = $2 RETURNING 1),
    live AS (SELECT name FROM leases WHERE kind = 'permit' AND restaurant_id = $1),
    taken AS (
      INSERT INTO leases (name, kind, restaurant_id, booking_id, owner, token, expires_at)
      SELECT 'permit:' || $1 || ':' || slot, 'permit', $1, $2, $3, nextval('fencing_tokens'),
        now() + $5 * interval '1 microsecond'
      FROM generate_series(1, $4) AS slot
      WHERE NOT EXISTS (SELECT 1 FROM own) AND (SELECT count(*) FROM live) < $4
        AND 'permit:' || $1 || ':' || slot NOT IN (SELECT name FROM live)
      ORDER BY slot LIMIT 1
      RETURNING 1)
    SELECT headwaiter_refuse('\(Refusal.noPermit.rawValue)', $1)
    WHERE NOT EXISTS (SELECT 1 FROM own) AND NOT EXISTS (SELECT 1 FROM taken)
    """

  /// Restaurant, limit. Follows the floor's lock.
  static let isTurn = """
    (SELECT count(*) FROM leases WHERE kind = 'permit' AND restaurant_id = $2 AND expires_at > now()) < $3
    AND NOT EXISTS (SELECT 1 FROM assignment_jobs WHERE state = 'parked' AND restaurant_id = $2)
    AND NOT EXISTS (SELECT 1 FROM assignment_jobs WHERE state = 'ready' AND restaurant_id = $2 AND run_at <= now())
    """

  /// The freed permit wakes who has waited longest.
  static let release = """
    WITH freed AS (DELETE FROM leases WHERE kind = 'permit' AND booking_id = $1 RETURNING restaurant_id),
    first AS (
      SELECT booking_id FROM assignment_jobs
      WHERE state = 'parked' AND restaurant_id = (SELECT restaurant_id FROM freed LIMIT 1)
      ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    \(JobSQL.wake) WHERE booking_id = (SELECT booking_id FROM first)
    """
}

/// Statements on leases that are given back and on fences.
enum LeaseSQL {
  static let release = "DELETE FROM leases WHERE name = $1 AND token = $2"
  /// The row stays as it is until the transaction ends: nobody takes the lease over meanwhile.
  static let isHeld = "EXISTS (SELECT 1 FROM leases WHERE name = $2 AND token = $3 FOR SHARE)"
}
