import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

extension UnitPlan {
  mutating func writeJournal() {
    if !unit.attempts.isEmpty { add(AttemptSQL.insert, AttemptSQL.values(unit.attempts)) }
    if !unit.events.isEmpty { add(EventSQL.insert, EventSQL.values(unit.events)) }
    if !unit.decisions.isEmpty { add(DecisionSQL.insert, DecisionSQL.values(unit.decisions)) }
    writeNotices()
    if !unit.outbox.isEmpty { add(OutboxSQL.insert, OutboxSQL.values(unit.outbox)) }
  }

  mutating func writeRestaurant() {
    guard let write = unit.restaurant else { return }
    let restaurant = write.restaurant
    add(TransactionLock.exclusive, [.text(TransactionLock.document(restaurant.id))])
    addRestaurant(
      RestaurantSQL.store,
      [
        .text(restaurant.id), .text(restaurant.name), .text(restaurant.calendar.identifier), .bytes(write.document),
        .int(write.expectedRevision),
      ])
  }

  /// Withdraws before it adds: the notices of this very unit are to be sent.
  private mutating func writeNotices() {
    for booking in unit.withdrawNotices { add(NoticeSQL.withdraw, [.text(booking)]) }
    for notice in unit.notices {
      add(
        NoticeSQL.insert,
        [
          .text(notice.id), .text(notice.bookingID), .text(notice.restaurantID), .int(notice.version),
          .raw(notice.kind), .duration(notice.delay),
        ])
    }
  }
}

/// Ids of the journal: the number of the writing transaction, then a running number's low 16 bits.
///
/// Whoever reads no further than to the oldest transaction under way (``end``) misses nothing, which the order of a mere sequence does not give: its numbers are handed out before the transactions end. A cluster that was
/// restored from a dump counts its transactions anew; `journal_base` lifts its ids above those that are there.
enum JournalSQL {
  static let base = "(SELECT value FROM counters WHERE name = 'journal_base')"
  static let nextID = """
    \(base) + ((pg_current_xact_id()::text::bigint << 16) | (nextval('journal_numbers') & 65535))
    """
  static let end = "SELECT headwaiter_journal_end()"

  /// Lifts the base where ids are there that are above the present transaction's.
  static let liftBase = """
    UPDATE counters SET value = highest + 65536 - (pg_current_xact_id()::text::bigint << 16)
    FROM (SELECT greatest(
      (SELECT max(id) FROM outbox), (SELECT max(id) FROM observability_events)) AS highest) AS journal
    WHERE name = 'journal_base' AND highest >= value + (pg_current_xact_id()::text::bigint << 16)
    """
}

enum AttemptSQL {
  static let insert = """
    INSERT INTO booking_assignment_attempts
      (restaurant_id, booking_id, attempt_no, strategy, result, reason, metadata, created_at)
    SELECT coalesce((SELECT restaurant_id FROM bookings WHERE id = item.booking_id), ''), booking_id, attempt_no,
      strategy, result, reason, metadata::jsonb, created_at
    FROM unnest(
      $1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]
    ) AS item (booking_id, attempt_no, strategy, result, reason, metadata, created_at)
    """

  static func values(_ rows: [AttemptRow]) -> [PostgresValue] {
    [
      .texts(rows) { $0.bookingID.rawValue }, .ints(rows) { $0.attemptNumber }, .texts(rows) { $0.strategy?.rawValue },
      .texts(rows) { $0.result.rawValue }, .texts(rows) { $0.reason?.rawValue },
      .texts(rows) { JSONText.object($0.metadata) }, .times(rows) { $0.createdAt },
    ]
  }
}

enum EventSQL {
  static let insert = """
    INSERT INTO observability_events
      (id, created_at, source, event_type, severity, restaurant_id, booking_id, context)
    SELECT \(JournalSQL.nextID), created_at, source, event_type, severity, restaurant_id, booking_id, context::jsonb
    FROM unnest(
      $1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]
    ) AS item (created_at, source, event_type, severity, restaurant_id, booking_id, context)
    """

  static func values(_ events: [ObservabilityEvent]) -> [PostgresValue] {
    [
      .times(events) { $0.createdAt }, .texts(events) { $0.source.rawValue }, .texts(events) { $0.type },
      .texts(events) { $0.severity.rawValue }, .texts(events) { $0.restaurantID?.rawValue },
      .texts(events) { $0.bookingID?.rawValue }, .texts(events) { JSONText.object($0.context) },
    ]
  }
}

/// A decision's id is the hash of its content: the same one again is the same row.
enum DecisionSQL {
  static let insert = """
    INSERT INTO decisions (id, restaurant_id, booking_id, document, created_at)
    SELECT id, restaurant_id, booking_id, document::json, created_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
      AS item (id, restaurant_id, booking_id, document, created_at)
    ON CONFLICT (id) DO NOTHING
    """

  static func values(_ decisions: [StoredDecision]) -> [PostgresValue] {
    [
      .texts(decisions) { $0.id }, .texts(decisions) { $0.restaurantID.rawValue },
      .texts(decisions) { $0.bookingID.rawValue }, .texts(decisions) { $0.document },
      .times(decisions) { $0.createdAt },
    ]
  }
}

enum OutboxSQL {
  static let insert = """
    INSERT INTO outbox (id, topic, restaurant_id, booking_id, payload, created_at)
    SELECT \(JournalSQL.nextID), topic, restaurant_id, booking_id, payload::json, created_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
      AS item (topic, restaurant_id, booking_id, payload, created_at)
    """

  static func values(_ messages: [OutboxMessage]) -> [PostgresValue] {
    [
      .texts(messages) { $0.topic }, .texts(messages) { $0.restaurantID.rawValue },
      .texts(messages) { $0.bookingID?.rawValue }, .texts(messages) { $0.payload }, .times(messages) { $0.createdAt },
    ]
  }
}

enum NoticeSQL {
  static let columns = """
    id, booking_id, restaurant_id, version, kind, status, due_at, deliveries,
    (SELECT trace_id FROM bookings WHERE restaurant_id = notices.restaurant_id AND id = notices.booking_id)
    """

  static let insert = """
    INSERT INTO notices (id, booking_id, restaurant_id, version, kind, status, due_at, deliveries, created_at)
    VALUES ($1, $2, $3, $4, $5, 'pending', now() + $6 * interval '1 microsecond', 0, now())
    """

  static let withdraw = """
    UPDATE notices SET status = 'withdrawn'
    WHERE restaurant_id = (SELECT restaurant_id FROM bookings WHERE id = $1) AND booking_id = $1
      AND status = 'pending' AND due_at > now()
    """

  static func notice(_ row: PostgresRow) throws(StoreError) -> Notice {
    Notice(
      id: row.text(0), bookingID: row.id(1), restaurantID: row.id(2), version: row.int(3), kind: try row.raw(4),
      status: try row.raw(5), dueAt: row.time(6), deliveries: row.int(7),
      trace: row.optionalText(8).flatMap { TraceID($0) })
  }
}

enum RestaurantSQL {
  /// Id, name, time zone, document, expected revision or null.
  static let store = """
    WITH stored AS (
      INSERT INTO restaurants AS old (id, name, timezone, document, revision, updated_at)
      SELECT $1, $2, $3, $4, 1, now()
      WHERE $5::bigint IS NULL OR EXISTS (SELECT 1 FROM restaurants WHERE id = $1 AND revision = $5)
      ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, timezone = excluded.timezone, document = excluded.document,
        revision = old.revision + 1, updated_at = excluded.updated_at
      WHERE $5::bigint IS NULL OR old.revision = $5
      RETURNING revision, updated_at),
    refused AS (
      SELECT headwaiter_refuse('\(Refusal.staleRestaurant.rawValue)', $1) WHERE NOT EXISTS (SELECT 1 FROM stored))
    SELECT revision, updated_at FROM stored UNION ALL SELECT 0, now() FROM refused
    """
}
