import AssignmentStore
import BookingDomain
import GRDB

extension UnitWriter {
  /// A person's change aborts the worker: without its lease row the old token opens nothing, and whoever takes the
  /// lease next gets a higher one, because tokens come from one counter.
  func takeOver() throws {
    for booking in unit.takeOver {
      try session.run("DELETE FROM leases WHERE name = ?", [.text(Lease.name(of: booking))])
      try releasePermit(of: booking)
      try session.run(JobSQL.abort, [.time(now), .text(booking)])
    }
  }

  /// A booking that has a live permit keeps it; dead permits free their slots.
  func takePermit() throws {
    guard let request = unit.permit else { return }
    let restaurant = DatabaseValue.text(request.restaurantID)
    try session.run(PermitSQL.deleteDead, [restaurant, .time(now)])
    let live = try session.all(PermitSQL.live, [restaurant]) { row in
      (name: row.text(0), booking: row.id(1) as BookingID)
    }
    if let own = live.first(where: { $0.booking == request.bookingID }) {
      try session.run(
        "UPDATE leases SET owner = ?, expires_at = ? WHERE name = ?",
        [.text(request.owner), .time(now.adding(request.ttl)), .text(own.name)])
    } else {
      guard live.count < request.limit else { throw StoreError.noPermit(request.restaurantID) }
      try insertPermit(request, taken: Set(live.map(\.name)))
    }
  }

  func checkTurn() throws {
    guard let turn = unit.turn else { return }
    let values: [DatabaseValue] = [.text(turn.restaurantID), .time(now), .int(turn.limit)]
    guard try session.exists(PermitSQL.isTurn, values) else { throw StoreError.noPermit(turn.restaurantID) }
  }

  func releasePermits() throws {
    for booking in unit.releasePermits { try releasePermit(of: booking) }
  }

  func releaseLeases() throws {
    for fence in unit.releaseLeases { try session.run(LeaseSQL.release, LeaseSQL.values(fence)) }
  }

  private func insertPermit(_ request: PermitRequest, taken: Set<String>) throws {
    let name = (1...request.limit).lazy.map { "permit:\(request.restaurantID):\($0)" }.first { !taken.contains($0) }
    guard let name else { throw StoreError.noPermit(request.restaurantID) }
    try session.run(
      """
      INSERT INTO leases (name, kind, restaurant_id, booking_id, owner, token, expires_at)
      VALUES (?, 'permit', ?, ?, ?, ?, ?)
      """,
      [
        .text(name), .text(request.restaurantID), .text(request.bookingID), .text(request.owner),
        .int(try Counters(session: session).nextToken()), .time(now.adding(request.ttl)),
      ])
  }

  /// The freed permit wakes who has waited longest.
  private func releasePermit(of booking: BookingID) throws {
    let restaurant = try session.first(PermitSQL.release, [.text(booking)]) { row in row.id(0) as RestaurantID }
    guard let restaurant else { return }
    try JobSQL.wakeParked(of: restaurant, session, now: now)
  }
}

/// Statements on permits.
enum PermitSQL {
  static let deleteDead = "DELETE FROM leases WHERE kind = 'permit' AND restaurant_id = ? AND expires_at <= ?"
  static let live = "SELECT name, booking_id FROM leases WHERE kind = 'permit' AND restaurant_id = ?"
  /// Restaurant, now, limit.
  static let isTurn = """
    SELECT 1 WHERE
      (SELECT count(*) FROM leases WHERE kind = 'permit' AND restaurant_id = ?1 AND expires_at > ?2) < ?3
      AND NOT EXISTS (SELECT 1 FROM assignment_jobs WHERE state = 'parked' AND restaurant_id = ?1)
      AND NOT EXISTS (SELECT 1 FROM assignment_jobs WHERE state = 'ready' AND restaurant_id = ?1 AND run_at <= ?2)
    """
  static let release = "DELETE FROM leases WHERE kind = 'permit' AND booking_id = ? RETURNING restaurant_id"
}

/// Statements on leases that are given back and on fences.
enum LeaseSQL {
  static let release = "DELETE FROM leases WHERE name = ? AND token = ?"

  static func values(_ fence: Fence) -> [DatabaseValue] { [.text(fence.name), .int(fence.token)] }
}
