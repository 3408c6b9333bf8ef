public import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

extension PostgresStore: DatabaseInspection {
  public func inspect() async throws(StoreError) -> DatabaseFacts {
    let facts = try await first(InspectionSQL.facts) { row in
      DatabaseFacts(
        engine: .postgresql, version: row.text(0),
        durability: [
          DatabaseFacts.Durability(name: "fsync", value: row.text(1), safe: ["on"]),
          DatabaseFacts.Durability(name: "full_page_writes", value: row.text(2), safe: ["on"]),
          DatabaseFacts.Durability(
            name: "synchronous_commit", value: row.text(3), safe: ["on", "remote_apply", "remote_write", "local"]),
        ], missingExtensions: row.strings(4),
        role: DatabaseFacts.Role(name: row.text(5), isSuperuser: row.bool(6), missing: [], seesOthers: row.bool(7)),
        neighbours: row.int(9), oldestWriter: row.optionalInt64(8).map { .microseconds($0) })
    }
    guard var facts else { throw .invalid("the database says nothing of itself") }
    facts.role?.missing = try await all(InspectionSQL.missingRights, [.text(NeededRights.list)]) { $0.text(0) }
    return facts
  }

  public func migrations() async throws(StoreError) -> [MigrationStatus] {
    let isThere = try await first("SELECT to_regclass('schema_migrations') IS NOT NULL") { $0.bool(0) } ?? false
    guard isThere else { return Migration.standing(of: Migration.postgres, recorded: []) }
    let recorded = try await all("SELECT number, name, checksum, needs FROM schema_migrations") {
      RecordedMigration(number: $0.int(0), name: $0.text(1), checksum: $0.text(2), needs: $0.int(3))
    }
    return Migration.standing(of: Migration.postgres, recorded: recorded)
  }
}

/// What the program must be able to do, table by table; `ops/postgresql/grants.sql` gives just that.
enum NeededRights {
  private static let tables: [(rights: String, names: String)] = [
    ("SELECT INSERT UPDATE", "restaurants bookings notices"),
    ("SELECT INSERT", "booking_assignment_state_history booking_assignment_attempts decisions observability_events"),
    ("SELECT INSERT UPDATE DELETE", "table_claims holds assignment_jobs leases instances breaker_overrides flags"),
    ("SELECT INSERT DELETE", "outbox"), ("SELECT UPDATE", "counters rollout"),
    ("SELECT INSERT UPDATE DELETE", "shadow_comparisons breaker_openings day_plans day_replans"),
    ("SELECT INSERT UPDATE", "rollout_runs"), ("SELECT INSERT", "rollout_records"),
    ("SELECT INSERT UPDATE DELETE", "idempotency_keys"),
    ("SELECT", "api_keys schema_migrations v_outcomes v_eligible v_deadlines"),
  ]

  /// One right a line: the right, a space, the table.
  static let list = tables.flatMap { entry in
    entry.names.split(separator: " ").flatMap { table in entry.rights.split(separator: " ").map { "\($0) \(table)" } }
  }.joined(separator: "\n")
}

private enum InspectionSQL {
  static let facts = """
    SELECT current_setting('server_version'), current_setting('fsync'), current_setting('full_page_writes'),
      current_setting('synchronous_commit'),
      ARRAY(SELECT name FROM unnest(ARRAY['btree_gist']) AS name
        WHERE NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = name)),
      current_user::text, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
      pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'),
      (SELECT (extract(epoch FROM max(clock_timestamp() - xact_start)) * 1000000)::bigint FROM pg_stat_activity
        WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()),
      (SELECT count(*) FROM pg_database
        WHERE datallowconn AND NOT datistemplate AND datname NOT IN (current_database(), 'postgres'))
    """

  /// Tables that are not there are the migrations' business. UPDATE may be of some columns only.
  static let missingRights = """
    SELECT verb || ' ON ' || name
    FROM (SELECT split_part(line, ' ', 1) AS verb, split_part(line, ' ', 2) AS name
      FROM unnest(string_to_array($1, E'\\n')) AS line) AS needed
    WHERE to_regclass(name) IS NOT NULL AND NOT CASE verb
      WHEN 'UPDATE' THEN has_any_column_privilege(to_regclass(name), verb)
      ELSE has_table_privilege(to_regclass(name), verb) END
    UNION ALL
    SELECT 'USAGE ON SEQUENCE ' || name FROM unnest(ARRAY['fencing_tokens', 'journal_numbers']) AS name
    WHERE to_regclass(name) IS NOT NULL AND NOT has_sequence_privilege(to_regclass(name), 'USAGE')
    UNION ALL
    SELECT 'EXECUTE ON FUNCTION headwaiter_prune_events' FROM (SELECT to_regprocedure(
      'headwaiter_prune_events(timestamptz, bigint)') AS function) AS known
    WHERE function IS NOT NULL AND NOT has_function_privilege(function, 'EXECUTE')
    ORDER BY 1
    """
}
