public import AssignmentStore
public import BookingDomain
import GRDB
import StoreFoundation

extension SQLiteStore: IdempotencyStore {
  public func idempotencyRecord(scope: String, key: String) async throws(StoreError) -> IdempotencyRecord? {
    try await read { session in
      try session.first(
        "SELECT \(IdempotencySQL.columns) FROM idempotency_keys WHERE scope = ? AND key = ?",
        [.text(scope), .text(key)], IdempotencySQL.record)
    }
  }

  /// The first answer to the first request stays: a record with another fingerprint is left as it is.
  public func saveIdempotency(_ record: IdempotencyRecord) async throws(StoreError) {
    try await write { write in
      _ = try write.session.run(IdempotencySQL.insert + IdempotencySQL.complete, try IdempotencySQL.values(record))
    }
  }
}

extension SQLiteStore: KeyStore {
  public func createKey(_ key: APIKeyRecord) async throws(StoreError) {
    try await write { write in
      _ = try write.session.run(
        "INSERT INTO api_keys (\(APIKeySQL.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
          .text(key.id), .text(key.name), .raw(key.role),
          .text(JSONText.strings(key.restaurants.map(\.rawValue))), .text(key.hash), .time(key.createdAt),
          .time(key.revokedAt),
        ])
    }
  }

  public func keys() async throws(StoreError) -> [APIKeyRecord] {
    try await read { session in
      try session.all("SELECT \(APIKeySQL.columns) FROM api_keys ORDER BY created_at, id", [], APIKeySQL.key)
    }
  }

  public func key(hash: String) async throws(StoreError) -> APIKeyRecord? {
    try await read { session in
      try session.first("SELECT \(APIKeySQL.columns) FROM api_keys WHERE hash = ?", [.text(hash)], APIKeySQL.key)
    }
  }

  public func revokeKey(id: String, at: Timestamp) async throws(StoreError) -> Bool {
    try await write { write in
      try write.session.run(
        "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", [.time(at), .text(id)]) == 1
    }
  }
}

/// How an idempotency record is written to and read from its row.
enum IdempotencySQL {
  static let columns =
    "scope, key, fingerprint, resource, response_status, response_headers, response_body, created_at"
  static let insert = "INSERT INTO idempotency_keys (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
  /// Follows ``insert``.
  static let complete = """
     ON CONFLICT (scope, key) DO UPDATE SET
      resource = coalesce(resource, excluded.resource),
      response_status = excluded.response_status, response_headers = excluded.response_headers,
      response_body = excluded.response_body
    WHERE fingerprint = excluded.fingerprint AND response_status IS NULL
    """

  static func values(_ record: IdempotencyRecord) throws -> [DatabaseValue] {
    [
      .text(record.scope), .text(record.key), .text(record.fingerprint), .text(record.resource),
      .int(record.response?.status), .text(record.response.map { JSONText.object($0.headers) }),
      .bytes(record.response?.body), .time(record.createdAt),
    ]
  }

  static func record(_ row: Row) throws -> IdempotencyRecord {
    IdempotencyRecord(
      scope: row.text(0), key: row.text(1), fingerprint: row.text(2), resource: row.optionalText(3),
      response: try row.optionalInt(4).map { status in
        StoredResponse(status: status, headers: try row.json(5), body: row.bytes(6) ?? [])
      }, createdAt: row.time(7))
  }
}

/// How an API key is read from its row.
enum APIKeySQL {
  static let columns = "id, name, role, restaurants, hash, created_at, revoked_at"

  static func key(_ row: Row) throws -> APIKeyRecord {
    APIKeyRecord(
      id: row.text(0), name: row.text(1), role: try row.raw(2),
      restaurants: try row.strings(3).map(RestaurantID.init(rawValue:)), hash: row.text(4), createdAt: row.time(5),
      revokedAt: row.optionalTime(6))
  }
}
