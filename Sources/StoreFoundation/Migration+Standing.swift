package import AssignmentStore

/// A migration as a database has recorded it.
package struct RecordedMigration: Sendable {
  package var number: Int
  package var name: String
  package var checksum: String
  /// The newest migration that a program must know to work beside it.
  package var needs: Int

  package init(number: Int, name: String, checksum: String, needs: Int) {
    self.number = number
    self.name = name
    self.checksum = checksum
    self.needs = needs
  }
}

extension Migration {
  /// How the program's migrations and the recorded ones stand to each other, in order of their numbers.
  package static func standing(of known: [Migration], recorded: [RecordedMigration]) -> [MigrationStatus] {
    let found = Dictionary(recorded.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    let own = known.map { migration in
      let there = found[migration.number]
      let standing: MigrationStatus.Standing =
        there == nil ? .missing : there?.checksum == migration.checksum ? .applied : .differs
      return MigrationStatus(number: migration.number, name: migration.name, standing: standing)
    }
    let newest = known.map(\.number).max() ?? 0
    let numbers = Set(known.map(\.number))
    let others = recorded.filter { !numbers.contains($0.number) }.map {
      MigrationStatus(number: $0.number, name: $0.name, standing: $0.needs <= newest ? .newer : .forbids)
    }
    return (own + others).sorted { $0.number < $1.number }
  }
}
