public import AssignmentStore
import BookingDomain
import GRDB
import StoreFoundation

/// Applies one ``WriteUnit`` within its savepoint, in the order of the unit's properties.
struct UnitWriter {
  let unit: WriteUnit
  let session: Session
  let now: Timestamp

  init(_ unit: WriteUnit, in write: WriteSession) {
    self.unit = unit
    session = write.session
    now = write.now
  }

  /// - Returns: the revision of the restaurant that was stored, if any.
  func apply() throws -> Int? {
    try checkPreconditions()
    try writeIdempotency()
    try takeOver()
    try takePermit()
    try checkTurn()
    try writeClaimsAndBookings()
    try writeJournal()
    try writeJobs()
    let revision = try writeRestaurant()
    try writeDayPlan()
    try writeReplans()
    try releasePermits()
    try releaseLeases()
    try checkConfirmed()
    return revision
  }

  private func writeClaimsAndBookings() throws {
    try releaseClaims()
    try resizeClaims()
    try writeBookings()
    try convertHold()
    try insertClaims()
    try writeHold()
  }

  private func writeJournal() throws {
    try writeAttempts()
    try EventWriter(session: session).append(unit.events)
    try writeDecisions()
    try writeNotices()
    try writeOutbox()
  }
}

extension SQLiteStore: UnitOfWork {
  public func commit(_ unit: WriteUnit) async throws(StoreError) {
    let revision = try await write { session in (try UnitWriter(unit, in: session).apply(), session.now) }
    if let restaurant = unit.restaurant?.restaurant, let stored = revision.0 {
      restaurants.insert(StoredRestaurant(restaurant: restaurant, revision: stored, updatedAt: revision.1))
    }
  }
}
