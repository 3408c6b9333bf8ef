import AssignmentStore
import BookingDomain
import GRDB
import StoreFoundation

extension UnitWriter {
  func writeAttempts() throws {
    for row in unit.attempts {
      try session.run(
        """
        INSERT INTO booking_assignment_attempts
          (booking_id, attempt_no, strategy, result, reason, metadata, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .text(row.bookingID), .int(row.attemptNumber), .raw(row.strategy), .raw(row.result), .raw(row.reason),
          .text(JSONText.object(row.metadata)), .time(row.createdAt),
        ])
    }
  }

  /// A decision's id is the hash of its content: the same one again is the same row.
  func writeDecisions() throws {
    for decision in unit.decisions {
      try session.run(
        """
        INSERT INTO decisions (id, restaurant_id, booking_id, document, created_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """,
        [
          .text(decision.id), .text(decision.restaurantID), .text(decision.bookingID), .text(decision.document),
          .time(decision.createdAt),
        ])
    }
  }

  /// Withdraws before it adds: the notices of this very unit are to be sent.
  func writeNotices() throws {
    for booking in unit.withdrawNotices {
      try session.run(
        "UPDATE notices SET status = 'withdrawn' WHERE booking_id = ? AND status = 'pending' AND due_at > ?",
        [.text(booking), .time(now)])
    }
    for notice in unit.notices {
      try session.run(
        """
        INSERT INTO notices (id, booking_id, restaurant_id, version, kind, status, due_at, deliveries, created_at)
        VALUES (?, ?, ?, ?, ?, 'pending', ?, 0, ?)
        """,
        [
          .text(notice.id), .text(notice.bookingID), .text(notice.restaurantID), .int(notice.version),
          .raw(notice.kind), .time(now.adding(notice.delay)), .time(now),
        ])
    }
  }

  func writeOutbox() throws { try session.append(unit.outbox) }

  func writeRestaurant() throws -> Int? {
    guard let write = unit.restaurant else { return nil }
    let id = write.restaurant.id
    let stored = try session.first("SELECT revision FROM restaurants WHERE id = ?", [.text(id)]) { $0.int(0) }
    if let expected = write.expectedRevision, expected != stored { throw StoreError.staleRestaurant(id) }
    let revision = (stored ?? 0) + 1
    try session.run(
      """
      INSERT INTO restaurants (id, name, timezone, document, revision, updated_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, timezone = excluded.timezone, document = excluded.document,
        revision = excluded.revision, updated_at = excluded.updated_at
      """,
      [
        .text(id), .text(write.restaurant.name), .text(write.restaurant.calendar.identifier), .bytes(write.document),
        .int(revision), .time(now),
      ])
    return revision
  }
}

/// Writes events, whether with a change or by themselves.
struct EventWriter {
  let session: Session

  func append(_ events: [ObservabilityEvent]) throws {
    for event in events {
      try session.run(
        """
        INSERT INTO observability_events
          (created_at, source, event_type, severity, restaurant_id, booking_id, context)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .time(event.createdAt), .raw(event.source), .text(event.type), .raw(event.severity),
          .text(event.restaurantID), .text(event.bookingID), .text(JSONText.object(event.context)),
        ])
    }
  }
}

extension Session {
  /// Messages for live subscribers.
  func append(_ messages: [OutboxMessage]) throws {
    for message in messages {
      try run(
        "INSERT INTO outbox (topic, restaurant_id, booking_id, payload, created_at) VALUES (?, ?, ?, ?, ?)",
        [
          .text(message.topic), .text(message.restaurantID), .text(message.bookingID), .text(message.payload),
          .time(message.createdAt),
        ])
    }
  }
}
