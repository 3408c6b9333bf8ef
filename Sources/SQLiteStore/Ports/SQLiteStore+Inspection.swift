public import AssignmentStore
import BookingDomain
import GRDB
import StoreFoundation

extension SQLiteStore: DatabaseInspection {
  public func inspect() async throws(StoreError) -> DatabaseFacts {
    // `synchronous` is each connection's own: the writer's counts.
    let synchronous = try await write { write in
      try write.session.first("PRAGMA synchronous") { $0.int(0) } ?? 0
    }
    let (version, journal) = try await read { session in
      (
        try session.first("SELECT sqlite_version()") { $0.text(0) } ?? "",
        try session.first("PRAGMA journal_mode") { $0.text(0) } ?? ""
      )
    }
    return DatabaseFacts(
      engine: .sqlite, version: version,
      durability: [
        DatabaseFacts.Durability(name: "journal_mode", value: journal, safe: ["wal"]),
        DatabaseFacts.Durability(
          name: "synchronous", value: SynchronousName.of(synchronous), safe: ["full", "extra"]),
      ], file: path)
  }

  public func migrations() async throws(StoreError) -> [MigrationStatus] {
    let recorded = try await read { session -> [RecordedMigration] in
      guard try session.db.tableExists("schema_migrations") else { return [] }
      return try session.all("SELECT number, name, checksum FROM schema_migrations", []) {
        // The file does not say what a newer migration needs: it forbids older programs.
        RecordedMigration(number: $0.int(0), name: $0.text(1), checksum: $0.text(2), needs: .max)
      }
    }
    return Migration.standing(of: Migration.all, recorded: recorded)
  }
}

/// What SQLite calls its values of `synchronous`.
private enum SynchronousName {
  static func of(_ value: Int) -> String {
    let names = ["off", "normal", "full", "extra"]
    return names.indices.contains(value) ? names[value] : "\(value)"
  }
}
