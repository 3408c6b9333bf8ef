public import AssignmentStore
import BookingDomain
import PostgresClient

extension PostgresStore: LeaseStore {
  public func acquireLease(
    _ name: String, owner: String, ttl: Duration
  ) async throws(StoreError) -> LeaseAttempt {
    let taken = try await writeExpress(name, AcquireSQL.acquire, [.text(name), .text(owner), .duration(ttl)])
    if let row = taken.first {
      return .acquired(Lease(name: name, owner: owner, token: row.int64(0), expiresAt: row.time(1)))
    }
    let until = try await first("SELECT expires_at FROM leases WHERE name = $1", [.text(name)]) { $0.time(0) }
    if let until { return .taken(until: until) }
    return .taken(until: try await storeNow())
  }

  public func extendLeases(_ fences: [Fence], ttl: Duration) async throws(StoreError) -> [Fence] {
    guard !fences.isEmpty else { return [] }
    let rows = try await write(
      "heartbeat", AcquireSQL.extend,
      [.texts(fences) { $0.name }, .ints(fences.map { $0.token }), .duration(ttl), .text(Lease.name(of: ""))])
    let held = Set(rows.map { $0.text(0) })
    return fences.filter { !held.contains($0.name) }
  }

  public func releaseLease(_ fence: Fence) async throws(StoreError) {
    _ = try await writeExpress(fence.name, LeaseSQL.release, [.text(fence.name), .int(fence.token)])
  }
}

private enum AcquireSQL {
  /// No row where someone else has it.
  static let acquire = """
    INSERT INTO leases AS old (name, kind, owner, token, expires_at)
    VALUES ($1, 'lease', $2, nextval('fencing_tokens'), now() + $3 * interval '1 microsecond')
    ON CONFLICT (name) DO UPDATE SET
      owner = excluded.owner, token = nextval('fencing_tokens'), expires_at = excluded.expires_at
    WHERE old.expires_at <= now()
    RETURNING token, expires_at
    """

  /// Names, tokens, microseconds, what a booking's lease is called before its id. A heartbeat's work for all leases of a
  /// process, with the permits and running jobs of the same bookings; answers with the names that still carry the token.
  /// A row that a unit has locked is let be: the unit gives it back, or the next heartbeat extends it.
  static let extend = """
    WITH held AS (
      SELECT leases.name, substr(leases.name, length($4) + 1) AS booking_id FROM leases
      JOIN unnest($1::text[], $2::bigint[]) AS fence (name, token) ON leases.name = fence.name
        AND leases.token = fence.token),
    free AS (
      SELECT name FROM leases
      WHERE name IN (SELECT name FROM held) OR (kind = 'permit' AND booking_id IN (SELECT booking_id FROM held))
      FOR UPDATE SKIP LOCKED),
    extended AS (
      UPDATE leases SET expires_at = now() + $3 * interval '1 microsecond' WHERE name IN (SELECT name FROM free)),
    running AS (
      SELECT booking_id FROM assignment_jobs
      WHERE state = 'running' AND booking_id IN (SELECT booking_id FROM held) FOR UPDATE SKIP LOCKED),
    claimed AS (
      UPDATE assignment_jobs SET claimed_until = now() + $3 * interval '1 microsecond'
      WHERE booking_id IN (SELECT booking_id FROM running))
    SELECT name FROM held
    """
}
