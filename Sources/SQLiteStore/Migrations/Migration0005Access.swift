import StoreFoundation

extension Migration {
  /// API keys, idempotency keys, and running instances.
  static let access = Migration(
    number: 5, name: "access",
    sql: """
      CREATE TABLE api_keys (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        restaurants TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        revoked_at INTEGER
      ) STRICT;

      CREATE TABLE idempotency_keys (
        scope TEXT NOT NULL,
        key TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        resource TEXT,
        response_status INTEGER,
        response_headers TEXT,
        response_body BLOB,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (scope, key)
      ) STRICT;

      CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

      CREATE TABLE instances (
        id TEXT PRIMARY KEY NOT NULL,
        host TEXT NOT NULL,
        flags TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        heartbeat_at INTEGER NOT NULL
      ) STRICT;
      """)
}
