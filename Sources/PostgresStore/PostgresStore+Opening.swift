import AssignmentStore
public import BookingDomain
public import PostgresClient
public import StoreFoundation

extension PostgresStore {
  /// Oldest server that the schema works on.
  private static let oldestServer = 150_000

  /// Opens a database that is there, and makes its schema where there is none.
  /// - Parameters:
  ///   - migrate: false leaves the schema as it is; see ``pendingMigrations()``.
  ///   - testClock: taken for the database's clock; nil outside of tests.
  /// - Throws: ``StoreOpenError`` in one line that says what to do.
  public static func open(
    _ configuration: PostgresConfiguration, options: Options = Options(), testClock: (any WallClock)? = nil,
    migrate: Bool = true
  ) async throws(StoreOpenError) -> PostgresStore {
    let pool = PostgresPool(configuration.forShortStatements)
    let store = PostgresStore(pool: pool, options: options, testClock: testClock)
    do throws(StoreOpenError) {
      try await store.checkServer()
      if migrate {
        _ = try await store.migrate()
        try await store.liftJournal()
      }
      return store
    } catch {
      await pool.close()
      throw error
    }
  }

  /// Migrations that this program has and the database does not.
  /// - Throws: ``StoreOpenError`` when an applied one differs, or one that is not known forbids this program.
  public func pendingMigrations() async throws(StoreOpenError) -> [Migration] {
    try await opening { try await pool.transaction { try await Migrator.pending($0) } }
  }

  /// Applies ``pendingMigrations()`` in one transaction; processes that start at once wait for each other.
  /// - Returns: what was applied.
  public func migrate() async throws(StoreOpenError) -> [Migration] {
    // Most starts find nothing to do, and need no lock for it.
    if try await pendingMigrations().isEmpty { return [] }
    return try await opening { try await pool.transaction { try await Migrator.migrate($0) } }
  }

  private func checkServer() async throws(StoreOpenError) {
    let version = try await opening {
      try await pool.query(PostgresStatement("SELECT current_setting('server_version_num')::bigint"))[0].int(0)
    }
    guard version >= Self.oldestServer else {
      let reason = "the server is PostgreSQL \(version / 10_000), needed is \(Self.oldestServer / 10_000)"
      throw .cannotOpen(path: "postgresql", reason: reason)
    }
  }

  /// After a restore from a dump the numbers of transactions begin anew.
  private func liftJournal() async throws(StoreOpenError) {
    try await opening { _ = try await pool.query(PostgresStatement(JournalSQL.liftBase)) }
  }

  private func opening<Value: Sendable>(
    _ body: () async throws -> Value
  ) async throws(StoreOpenError) -> Value {
    do {
      return try await body()
    } catch let error as StoreOpenError {
      throw error
    } catch let error as PostgresError where error.sqlState == "42501" {
      throw .cannotOpen(
        path: "postgresql",
        reason: "this role may not change the schema; run `headwaiter migrate` as the one that owns it")
    } catch let error as PostgresError {
      throw .cannotOpen(path: "postgresql", reason: error.description)
    } catch {
      throw .cannotOpen(path: "postgresql", reason: "\(error)")
    }
  }
}

extension PostgresConfiguration {
  /// Statements are short and always of the same shape: a plan that was made once is as good as one made for the values,
  /// and planning anew would cost as much as carrying out. Without prepared statements there is nothing to keep.
  fileprivate var forShortStatements: PostgresConfiguration {
    guard preparedStatements else { return self }
    var configuration = self
    configuration.serverOptions = "-c plan_cache_mode=force_generic_plan -c jit=off"
    return configuration
  }
}

/// Brings a database to the schema that the code knows.
enum Migrator {
  /// Seconds that a migration waits for running statements on a table that it changes; then the start fails, instead of
  /// holding up everybody behind it.
  private static let lockTimeout = "5s"

  static func migrate(_ connection: PostgresConnection) async throws -> [Migration] {
    _ = try await connection.pipeline([
      PostgresStatement("SELECT pg_advisory_xact_lock(hashtextextended('headwaiter.migrations', 0))"),
      PostgresStatement("SELECT set_config('lock_timeout', $1, true)", [.text(lockTimeout)]),
    ])
    let missing = try await pending(connection)
    if !missing.isEmpty { _ = try await connection.query(PostgresStatement(table)) }
    for migration in missing { try await apply(migration, connection) }
    return missing
  }

  /// What is missing, after the recorded checksums have been compared.
  ///
  /// A migration that this program does not know was applied by a newer one. It names the newest migration that a program
  /// must know to work beside it, so that older instances go on, and start, while newer ones take over.
  static func pending(_ connection: PostgresConnection) async throws -> [Migration] {
    let exists = try await connection.query(
      PostgresStatement("SELECT to_regclass('schema_migrations') IS NOT NULL"))[0].bool(0)
    guard exists else { return Migration.postgres }
    let recorded = try await connection.query(
      PostgresStatement("SELECT number, name, checksum, needs FROM schema_migrations ORDER BY number"))
    for row in recorded { try verify(row) }
    let numbers = Set(recorded.map { $0.int(0) })
    return Migration.postgres.filter { !numbers.contains($0.number) }
  }

  private static func verify(_ row: PostgresRow) throws(StoreOpenError) {
    let number = row.int(0)
    guard let known = Migration.postgres.first(where: { $0.number == number }) else {
      let newest = Migration.postgres.last?.number ?? 0
      guard row.int(3) <= newest else { throw .newerSchema(number: number, known: newest) }
      return
    }
    guard known.checksum == row.text(2) else { throw .checksumMismatch(number: number, name: row.text(1)) }
  }

  /// One statement each: a script within the transaction.
  private static func apply(_ migration: Migration, _ connection: PostgresConnection) async throws {
    _ = try await connection.query(
      PostgresStatement("DO $headwaiter$ BEGIN EXECUTE $migration$\(migration.sql)$migration$; END $headwaiter$"))
    _ = try await connection.query(
      PostgresStatement(
        "INSERT INTO schema_migrations (number, name, checksum, needs, applied_at) VALUES ($1, $2, $3, $4, now())",
        [
          .int(Int64(migration.number)), .text(migration.name), .text(migration.checksum),
          .int(Int64(migration.needs)),
        ]))
  }

  private static let table = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
      number bigint PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      needs bigint NOT NULL,
      applied_at timestamptz NOT NULL
    )
    """
}
