import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

extension UnitPlan {
  /// The version first: its row is locked by then. History before the booking: the triggers let a booking change only
  /// when the rows of its new versions are there.
  mutating func writeBookings() throws(StoreError) {
    for mutation in unit.bookings {
      let booking = mutation.booking
      if let expected = mutation.expectedVersion {
        refuse(
          .staleVersion, booking.id.rawValue, unless: BookingSQL.hasVersion, [.text(booking.id), .int(expected)])
      } else {
        refuse(
          .exists, "booking \(booking.id) exists", unless: "NOT EXISTS (SELECT 1 FROM bookings WHERE id = $2)",
          [.text(booking.id)])
      }
      add(HistorySQL.insert, HistorySQL.values(mutation.history, restaurant: booking.restaurantID))
      if mutation.expectedVersion == nil {
        add(BookingSQL.insert, try BookingSQL.insertValues(booking))
      } else {
        add(BookingSQL.update, try BookingSQL.updateValues(booking))
      }
    }
  }

  /// A confirmed party that is expected or seated must have exactly its tables claimed. A trigger cannot say this,
  /// because a unit may write the booking before its claims.
  mutating func checkConfirmed() {
    for mutation in unit.bookings where mutation.booking.mustHoldTables {
      let booking = mutation.booking
      refuse(
        .defect, "booking \(booking.id) is confirmed without its tables",
        unless: "$3 > 0 AND (SELECT count(*) FROM table_claims WHERE booking_id = $2) = $3",
        [.text(booking.id), .int(booking.tables.count)])
    }
  }
}

extension Booking {
  fileprivate var mustHoldTables: Bool {
    state == .confirmed && (status == .confirmed || status == .seated)
  }
}

/// How history is written.
enum HistorySQL {
  /// Rows from arrays, in order.
  static let insert = """
    INSERT INTO booking_assignment_state_history
      (restaurant_id, booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata, created_at)
    SELECT $1, booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata::jsonb, created_at
    FROM unnest(
      $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
      $11::timestamptz[]
    ) AS item (booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata, created_at)
    """

  static func values(_ rows: [HistoryRow], restaurant: RestaurantID) -> [PostgresValue] {
    [
      .text(restaurant), .texts(rows) { $0.bookingID.rawValue }, .ints(rows) { $0.version },
      .texts(rows) { $0.from?.rawValue }, .texts(rows) { $0.to.rawValue }, .texts(rows) { $0.mode.rawValue },
      .texts(rows) { $0.actor }, .texts(rows) { $0.cause }, .texts(rows) { $0.reason },
      .texts(rows) { JSONText.object($0.metadata) }, .times(rows) { $0.createdAt },
    ]
  }
}
