import AssignmentStore

/// Whether program and database have the same schema.
struct MigrationCheck: Sendable {
  let migrations: [MigrationStatus]

  /// Whether everything that the program needs is there.
  var isComplete: Bool { migrations.allSatisfy { $0.standing == .applied || $0.standing == .newer } }

  func examine() -> Examination {
    let differs = names(.differs)
    guard differs.isEmpty else {
      return critical("\(differs) was applied with other content", "use the program that made this database")
    }
    let forbids = names(.forbids)
    guard forbids.isEmpty else {
      return critical("the database has \(forbids), which needs a newer program", "use that program")
    }
    let missing = names(.missing)
    guard missing.isEmpty else {
      return critical("the database lacks \(missing)", "`headwaiter migrate`, as the role that owns the schema")
    }
    let newer = names(.newer)
    let count = migrations.count { $0.standing == .applied }
    let beside = newer.isEmpty ? "" : "; it has \(newer) of a newer program too, beside which this one works"
    return Examination("migrations", .fine, "all \(count) are applied\(beside)")
  }

  private func critical(_ detail: String, _ advice: String) -> Examination {
    Examination("migrations", .critical, detail, advice: advice)
  }

  private func names(_ standing: MigrationStatus.Standing) -> String {
    migrations.filter { $0.standing == standing }.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
  }
}
