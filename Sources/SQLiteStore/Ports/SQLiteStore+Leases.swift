public import AssignmentStore
import BookingDomain
import GRDB

extension SQLiteStore: LeaseStore {
  public func acquireLease(
    _ name: String, owner: String, ttl: Duration
  ) async throws(StoreError) -> LeaseAttempt {
    try await write { write in try LeaseTaking(write).take(name, owner: owner, ttl: ttl) }
  }

  public func extendLeases(_ fences: [Fence], ttl: Duration) async throws(StoreError) -> [Fence] {
    try await write { write in
      let until = DatabaseValue.time(write.now.adding(ttl))
      return try fences.filter { fence in try !LeaseExtension.extend(fence, until: until, write.session) }
    }
  }

  public func releaseLease(_ fence: Fence) async throws(StoreError) {
    try await write { write in _ = try write.session.run(LeaseSQL.release, LeaseSQL.values(fence)) }
  }
}

/// Takes leases that are free.
struct LeaseTaking {
  private let session: Session
  private let now: Timestamp

  init(_ write: WriteSession) {
    session = write.session
    now = write.now
  }

  func take(_ name: String, owner: String, ttl: Duration) throws -> LeaseAttempt {
    let until = try session.first(
      "SELECT expires_at FROM leases WHERE name = ? AND expires_at > ?", [.text(name), .time(now)]
    ) { $0.time(0) }
    if let until { return .taken(until: until) }
    let lease = Lease(
      name: name, owner: owner, token: try Counters(session: session).nextToken(), expiresAt: now.adding(ttl))
    try session.run(
      """
      INSERT INTO leases (name, kind, owner, token, expires_at) VALUES (?, 'lease', ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET
        owner = excluded.owner, token = excluded.token, expires_at = excluded.expires_at
      """, [.text(name), .text(owner), .int(lease.token), .time(lease.expiresAt)])
    return .acquired(lease)
  }
}

/// A heartbeat's work for one lease.
private enum LeaseExtension {
  /// - Returns: false when the lease no longer carries the token.
  static func extend(_ fence: Fence, until: DatabaseValue, _ session: Session) throws -> Bool {
    let held = try session.run(
      "UPDATE leases SET expires_at = ? WHERE name = ? AND token = ?", [until, .text(fence.name), .int(fence.token)])
    guard held == 1 else { return false }
    guard let booking = Lease.booking(ofName: fence.name) else { return true }
    try session.run(
      "UPDATE leases SET expires_at = ? WHERE kind = 'permit' AND booking_id = ?", [until, .text(booking)])
    try session.run(
      "UPDATE assignment_jobs SET claimed_until = ? WHERE booking_id = ? AND state = 'running'",
      [until, .text(booking)])
    return true
  }
}

extension Lease {
  /// The booking that a lease's name is about; nil for a lease on something else.
  fileprivate static func booking(ofName name: String) -> BookingID? {
    let prefix = Lease.name(of: "")
    return name.hasPrefix(prefix) ? BookingID(String(name.dropFirst(prefix.count))) : nil
  }
}
