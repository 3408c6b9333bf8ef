/// The catalogue of SQL queries, as it stands in `queries/`: the one definition of every rate, alert and figure that
/// people, the command line and `/v1/health` see.
public enum QueryCatalogue {
  /// In order: questions, alerts, what reports ask, exports, the health check.
  public static let entries: [CatalogueEntry] = {
    let postgresql = CatalogueText.files(of: text(PackageResources.observability_queries_sql))
    let sqlite = CatalogueText.files(of: text(PackageResources.observability_queries_sqlite_sql))
    let sqliteByName = Dictionary(sqlite.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    return postgresql.compactMap { file in
      sqliteByName[file.name].flatMap { CatalogueEntry(name: file.name, postgresqlFile: file.text, sqliteFile: $0) }
    }
  }()

  /// The one-query health check; nil only in a program that was built without its file.
  public static let health = find("health")

  /// Finds a query by name (`10-latency`), number (`10`, `a4`), or what it is about (`latency`); letters' case and leading
  /// zeros of the number do not matter.
  public static func find(_ text: String) -> CatalogueEntry? {
    let wanted = text.lowercased()
    let number = wanted.count == 1 && wanted.allSatisfy(\.isNumber) ? "0" + wanted : wanted
    return entries.first { $0.name == wanted || $0.number == number || $0.slug == wanted }
  }

  /// Names and subjects, for suggestions; a number is misspelt in no way that tells which was meant.
  public static var names: [String] { entries.flatMap { $0.name == $0.slug ? [$0.name] : [$0.name, $0.slug] } }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
