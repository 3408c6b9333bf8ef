import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

extension UnitPlan {
  /// What the caller decided on must still be so: its leases, the flags, the restaurant.
  mutating func checkPreconditions() {
    for fence in unit.fences.sorted(by: { $0.name < $1.name }) {
      refuse(.leaseLost, fence.name, unless: LeaseSQL.isHeld, [.text(fence.name), .int(fence.token)])
    }
    if let epoch = unit.flagsEpoch {
      add(TransactionLock.shared, [.text(TransactionLock.flags)])
      refuse(
        .flagsChanged, "", unless: "(SELECT value FROM counters WHERE name = 'flags_epoch') = $2", [.int(epoch)])
    }
    if let wanted = unit.restaurantRevision {
      add(TransactionLock.shared, [.text(TransactionLock.document(wanted.id))])
      refuse(
        .staleRestaurant, wanted.id.rawValue,
        unless: "EXISTS (SELECT 1 FROM restaurants WHERE id = $2 AND revision = $3)",
        [.text(wanted.id), .int(wanted.revision)])
    }
    if let pacing = unit.pacing { checkPacing(pacing) }
  }

  mutating func writeIdempotency() {
    guard let record = unit.idempotency else { return }
    add(
      """
      WITH stored AS (\(IdempotencySQL.insert) ON CONFLICT (scope, key) DO NOTHING RETURNING 1)
      SELECT headwaiter_refuse('\(Refusal.idempotencyConflict.rawValue)', '')
      WHERE NOT EXISTS (SELECT 1 FROM stored)
      """, IdempotencySQL.values(record))
  }

  /// Under the floor's lock, so that two bookings at once cannot both have the last of the room.
  private mutating func checkPacing(_ pacing: PacingGuard) {
    add(
      """
      SELECT headwaiter_refuse('\(Refusal.pacingExceeded.rawValue)', '') FROM (\(BookingReadSQL.pacing)) AS load
      WHERE covers > $5 OR covers_online > $6 OR parties > $7
      """,
      BookingReadSQL.pacingValues(pacing.restaurantID, pacing.interval, excluding: pacing.excluding) + [
        .int(pacing.covers ?? .max), .int(pacing.coversOnline ?? .max), .int(pacing.parties ?? .max),
      ])
  }
}
