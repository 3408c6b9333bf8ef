import AssignmentStore
import BookingDomain
import GRDB
import StoreFoundation

/// Brings a database to the schema that the code knows.
struct Migrator {
  let migrations: [Migration]

  /// Applies what is missing, all in one transaction; two processes that start at once wait for each other.
  /// - Returns: what was applied.
  func migrate(_ pool: DatabasePool, now: Timestamp) throws -> [Migration] {
    try pool.writeWithoutTransaction { db in
      var applied: [Migration] = []
      try db.inTransaction(.immediate) {
        try db.execute(sql: Migrator.table)
        let pending = try pending(db)
        for migration in pending { try apply(migration, db, now: now) }
        applied = pending
        return .commit
      }
      return applied
    }
  }

  /// What is missing, after the recorded checksums have been compared.
  func pending(_ db: Database) throws -> [Migration] {
    guard try db.tableExists("schema_migrations") else { return migrations }
    let recorded = try Row.fetchAll(db, sql: "SELECT number, name, checksum FROM schema_migrations ORDER BY number")
    for row in recorded { try verify(number: row.int(0), name: row.text(1), checksum: row.text(2)) }
    let numbers = Set(recorded.map { $0.int(0) })
    return migrations.filter { !numbers.contains($0.number) }
  }

  private func verify(number: Int, name: String, checksum: String) throws {
    guard let known = migrations.first(where: { $0.number == number }) else {
      throw StoreOpenError.newerSchema(number: number, known: migrations.last?.number ?? 0)
    }
    guard known.checksum == checksum else { throw StoreOpenError.checksumMismatch(number: number, name: name) }
  }

  private func apply(_ migration: Migration, _ db: Database, now: Timestamp) throws {
    try db.execute(sql: migration.sql)
    try db.execute(
      sql: "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
      arguments: [migration.number, migration.name, migration.checksum, now.microseconds])
  }

  private static let table = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      checksum TEXT NOT NULL,
      applied_at INTEGER NOT NULL
    ) STRICT
    """
}
