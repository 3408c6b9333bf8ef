import AssignmentStore
import BookingDomain
import GRDB
import StoreFoundation

extension UnitWriter {
  /// History first: the triggers let a booking change only when the rows of its new versions are there.
  func writeBookings() throws {
    for mutation in unit.bookings {
      try checkVersion(mutation)
      for row in mutation.history { try insert(row) }
      if mutation.expectedVersion == nil {
        try session.run(BookingSQL.insert, BookingSQL.insertValues(mutation.booking))
      } else {
        try session.run(BookingSQL.update, BookingSQL.updateValues(mutation.booking))
      }
    }
  }

  /// A confirmed party that is expected or seated must have exactly its tables claimed. A trigger cannot say this,
  /// because a unit may write the booking before its claims.
  func checkConfirmed() throws {
    for mutation in unit.bookings where mutation.booking.mustHoldTables {
      let booking = mutation.booking
      let claimed = try session.count(
        "SELECT COUNT(*) FROM table_claims WHERE booking_id = ?", [.text(booking.id)])
      guard claimed > 0, claimed == booking.tables.count else {
        throw StoreError.invalid("booking \(booking.id) is confirmed without its tables")
      }
    }
  }

  private func checkVersion(_ mutation: BookingMutation) throws {
    let id = mutation.booking.id
    let stored = try session.first(
      "SELECT assignment_state_version FROM bookings WHERE id = ?", [.text(id)]
    ) { $0.int(0) }
    switch (mutation.expectedVersion, stored) {
    case (nil, nil): break
    case (nil, _?): throw StoreError.constraint("booking \(id) exists")
    case (let expected, let stored):
      guard expected == stored else { throw StoreError.staleVersion(id) }
    }
  }

  private func insert(_ row: HistoryRow) throws {
    try session.run(
      """
      INSERT INTO booking_assignment_state_history
        (booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(row.bookingID), .int(row.version), .raw(row.from), .raw(row.to), .raw(row.mode), .text(row.actor),
        .text(row.cause), .text(row.reason), .text(JSONText.object(row.metadata)), .time(row.createdAt),
      ])
  }
}

extension Booking {
  fileprivate var mustHoldTables: Bool {
    state == .confirmed && (status == .confirmed || status == .seated)
  }
}
