public import AssignmentStore
public import BookingDomain
import PostgresClient
import StoreFoundation

extension PostgresStore: IdempotencyStore {
  public func idempotencyRecord(scope: String, key: String) async throws(StoreError) -> IdempotencyRecord? {
    try await first(
      "SELECT \(IdempotencySQL.columns) FROM idempotency_keys WHERE scope = $1 AND key = $2",
      [.text(scope), .text(key)], IdempotencySQL.record)
  }

  /// The first answer to the first request stays: a record with another fingerprint is left as it is.
  public func saveIdempotency(_ record: IdempotencyRecord) async throws(StoreError) {
    _ = try await write(record.key, IdempotencySQL.insert + IdempotencySQL.complete, IdempotencySQL.values(record))
  }
}

extension PostgresStore: KeyStore {
  public func createKey(_ key: APIKeyRecord) async throws(StoreError) {
    _ = try await write(
      "keys", "INSERT INTO api_keys (\(APIKeySQL.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      [
        .text(key.id), .text(key.name), .raw(key.role), .texts(key.restaurants.map(\.rawValue)), .text(key.hash),
        .time(key.createdAt), .time(key.revokedAt),
      ])
  }

  public func keys() async throws(StoreError) -> [APIKeyRecord] {
    try await all("SELECT \(APIKeySQL.columns) FROM api_keys ORDER BY created_at, id", [], APIKeySQL.key)
  }

  public func key(hash: String) async throws(StoreError) -> APIKeyRecord? {
    try await first("SELECT \(APIKeySQL.columns) FROM api_keys WHERE hash = $1", [.text(hash)], APIKeySQL.key)
  }

  public func revokeKey(id: String, at: Timestamp) async throws(StoreError) -> Bool {
    try await write(
      "keys", "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", [.text(id), .time(at)]
    ).affectedRows == 1
  }
}

extension PostgresStore: BreakerStore {
  public func breakerOverrides() async throws(StoreError) -> [BreakerOverride] {
    try await all(
      "SELECT name, position, reason, actor, created_at FROM breaker_overrides ORDER BY name"
    ) { row throws(StoreError) in
      BreakerOverride(
        name: row.text(0), position: try row.raw(1), reason: row.text(2), actor: row.text(3), at: row.time(4))
    }
  }

  public func forceBreaker(
    _ override: BreakerOverride, event: ObservabilityEvent
  ) async throws(StoreError) {
    let force = PostgresStatement(
      """
      INSERT INTO breaker_overrides (name, position, reason, actor, created_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (name) DO UPDATE SET
        position = excluded.position, reason = excluded.reason, actor = excluded.actor,
        created_at = excluded.created_at
      """,
      [
        .text(override.name), .raw(override.position), .text(override.reason), .text(override.actor),
        .time(override.at),
      ])
    do throws(PostgresError) {
      _ = try await write("breakers", [force, PostgresStatement(EventSQL.insert, EventSQL.values([event]))])
    } catch {
      throw StoreError(error)
    }
  }

  /// The event is written where a row was deleted: one statement.
  public func releaseBreaker(_ name: String, event: ObservabilityEvent) async throws(StoreError) -> Bool {
    try await write(
      "breakers",
      """
      WITH released AS (DELETE FROM breaker_overrides WHERE name = $8 RETURNING 1)
      \(EventSQL.insert) WHERE EXISTS (SELECT 1 FROM released)
      """, EventSQL.values([event]) + [.text(name)]
    ).affectedRows == 1
  }

  public func noteOpenBreakers(_ openings: [BreakerOpening], at now: Timestamp) async throws(StoreError) {
    if openings.isEmpty { return }
    _ = try await write(
      "breakers",
      """
      INSERT INTO breaker_openings (instance, name, opened_at, seen_at)
      SELECT instance, name, opened_at, $4 FROM unnest($1::text[], $2::text[], $3::timestamptz[])
        AS opening (instance, name, opened_at)
      ON CONFLICT (instance, name, opened_at) DO UPDATE SET
        seen_at = greatest(breaker_openings.seen_at, excluded.seen_at)
      """,
      [
        .texts(openings) { $0.instance }, .texts(openings) { $0.name }, .times(openings) { $0.openedAt }, .time(now),
      ])
  }
}

/// How an idempotency record is written to and read from its row.
enum IdempotencySQL {
  static let columns =
    "scope, key, fingerprint, resource, response_status, response_headers, response_body, created_at"
  static let insert = """
    INSERT INTO idempotency_keys AS old (\(columns)) VALUES ($1, $2, $3, $4, $5::bigint, $6, $7::bytea, $8)
    """
  /// Follows ``insert``.
  static let complete = """
     ON CONFLICT (scope, key) DO UPDATE SET
      resource = coalesce(old.resource, excluded.resource),
      response_status = excluded.response_status, response_headers = excluded.response_headers,
      response_body = excluded.response_body
    WHERE old.fingerprint = excluded.fingerprint AND old.response_status IS NULL
    """

  static func values(_ record: IdempotencyRecord) -> [PostgresValue] {
    [
      .text(record.scope), .text(record.key), .text(record.fingerprint), .text(record.resource),
      .int(record.response?.status), .text(record.response.map { JSONText.object($0.headers) }),
      .bytes(record.response?.body), .time(record.createdAt),
    ]
  }

  static func record(_ row: PostgresRow) throws(StoreError) -> IdempotencyRecord {
    var record = IdempotencyRecord(
      scope: row.text(0), key: row.text(1), fingerprint: row.text(2), resource: row.optionalText(3), response: nil,
      createdAt: row.time(7))
    if let status = row.optionalInt(4) {
      record.response = StoredResponse(status: status, headers: try row.json(5), body: row.optionalBytes(6) ?? [])
    }
    return record
  }
}

/// How an API key is read from its row.
enum APIKeySQL {
  static let columns = "id, name, role, restaurants, hash, created_at, revoked_at"

  static func key(_ row: PostgresRow) throws(StoreError) -> APIKeyRecord {
    APIKeyRecord(
      id: row.text(0), name: row.text(1), role: try row.raw(2),
      restaurants: row.strings(3).map(RestaurantID.init(rawValue:)), hash: row.text(4), createdAt: row.time(5),
      revokedAt: row.optionalTime(6))
  }
}
