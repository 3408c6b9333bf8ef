public import AssignmentStore
public import BookingDomain

/// One question of the catalogue: a file in `queries/postgresql/` and one of the same name in `queries/sqlite/`.
public struct CatalogueEntry: Sendable, Hashable, CustomStringConvertible {
  /// What a query is for.
  public enum Kind: String, Sendable, CaseIterable {
    case question, alert
    /// Asked by `headwaiter verify`, about the bookings of one run of a phase.
    case report
    case export, health
  }

  /// The file's name without `.sql`, for example `10-latency`.
  public let name: String
  /// For example `How long does a booking take until it is confirmed?`.
  public let question: String
  /// The whole files, as they stand in the folder.
  public let postgresqlFile: String
  public let sqliteFile: String

  private let postgresql: String
  private let sqlite: String

  /// How far back a query looks unless told otherwise; 24 hours.
  public static let defaultWindow = Duration.seconds(86_400)

  init?(name: String, postgresqlFile: String, sqliteFile: String) {
    guard let question = CatalogueText.question(of: postgresqlFile) else { return nil }
    self.name = name
    self.question = question
    self.postgresqlFile = postgresqlFile
    self.sqliteFile = sqliteFile
    postgresql = CatalogueText.statement(of: postgresqlFile)
    sqlite = CatalogueText.statement(of: sqliteFile)
  }

  public var kind: Kind {
    if name == "health" { return .health }
    if name.hasPrefix("export-") { return .export }
    if name.hasPrefix("report-") { return .report }
    return name.hasPrefix("a") ? .alert : .question
  }

  /// `10` of `10-latency`, `a4` of `a4-stuck`; nil for those without a number.
  public var number: String? {
    kind == .question || kind == .alert ? name.split(separator: "-").first.map(String.init) : nil
  }

  /// `latency` of `10-latency`.
  public var slug: String { number.map { String(name.dropFirst($0.count + 1)) } ?? name }

  public var description: String { name }

  /// The query over a window.
  public func query(
    window: Duration = CatalogueEntry.defaultWindow, end: Timestamp? = nil, timeout: Duration = .seconds(10)
  ) -> ReadOnlyQuery {
    ReadOnlyQuery(postgresql: postgresql, sqlite: sqlite, window: window, end: end, timeout: timeout)
  }
}
