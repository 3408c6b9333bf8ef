import AssignmentStore
import GRDB

extension UnitWriter {
  /// What the caller decided on must still be so: its leases, the flags, the restaurant.
  func checkPreconditions() throws {
    for fence in unit.fences where try !isHeld(fence) { throw StoreError.leaseLost(fence.name) }
    if let epoch = unit.flagsEpoch, try Counters(session: session).flagsEpoch() != epoch {
      throw StoreError.flagsChanged
    }
    if let wanted = unit.restaurantRevision {
      let revision = try session.first("SELECT revision FROM restaurants WHERE id = ?", [.text(wanted.id)]) {
        $0.int(0)
      }
      guard revision == wanted.revision else { throw StoreError.staleRestaurant(wanted.id) }
    }
    if let pacing = unit.pacing {
      let load = try BookingReadSQL.load(
        session, pacing.restaurantID, interval: pacing.interval, excluding: pacing.excluding)
      guard pacing.admits(load) else { throw StoreError.pacingExceeded }
    }
  }

  func writeIdempotency() throws {
    guard let record = unit.idempotency else { return }
    let stored = try session.run(
      IdempotencySQL.insert + " ON CONFLICT (scope, key) DO NOTHING", IdempotencySQL.values(record))
    guard stored == 1 else { throw StoreError.idempotencyConflict }
  }

  private func isHeld(_ fence: Fence) throws -> Bool {
    try session.exists("SELECT 1 FROM leases WHERE name = ? AND token = ?", [.text(fence.name), .int(fence.token)])
  }
}
