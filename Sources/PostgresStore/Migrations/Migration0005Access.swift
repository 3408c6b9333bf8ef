import StoreFoundation

extension Migration {
  /// API keys, idempotency keys, and running instances.
  static let access = Migration(
    number: 5, name: "access",
    sql: """
      CREATE TABLE api_keys (
        id text COLLATE "C" PRIMARY KEY,
        name text NOT NULL,
        role text NOT NULL,
        restaurants text[] NOT NULL,
        hash text COLLATE "C" NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      );

      CREATE TABLE idempotency_keys (
        scope text COLLATE "C" NOT NULL,
        key text COLLATE "C" NOT NULL,
        fingerprint text NOT NULL,
        resource text,
        response_status bigint,
        response_headers jsonb,
        response_body bytea,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (scope, key)
      );

      CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

      CREATE TABLE instances (
        id text COLLATE "C" PRIMARY KEY,
        host text NOT NULL,
        flags jsonb NOT NULL,
        started_at timestamptz NOT NULL,
        heartbeat_at timestamptz NOT NULL
      );
      """)

  /// Circuit breakers that people force, for all instances.
  static let breakers = Migration(
    number: 6, name: "breakers",
    sql: """
      CREATE TABLE breaker_overrides (
        name text COLLATE "C" PRIMARY KEY,
        position text NOT NULL CHECK (position IN ('open', 'closed')),
        reason text NOT NULL,
        actor text NOT NULL,
        created_at timestamptz NOT NULL
      );
      """)
}
