public import BookingDomain

/// Runs the queries of the catalogue.
public protocol QueryRunning: Sendable {
  /// Runs a query in a transaction that only reads: the database itself refuses it to write.
  /// - Throws: ``StoreError/unavailable(_:)`` also when the query took longer than it may.
  func run(_ query: ReadOnlyQuery) async throws(StoreError) -> QueryResult
}

/// One question, in the words of both databases.
public struct ReadOnlyQuery: Sendable, Hashable {
  /// One SELECT; `:'since'` stands for the length of the window, an interval up to `now()`.
  public var postgresql: String
  /// One SELECT; `:since` and `:now` stand for the ends of the window, in microseconds since 1970.
  public var sqlite: String
  /// How far back it looks.
  public var window: Duration
  /// Where the window ends; now, by the database's clock, unless set.
  public var end: Timestamp?
  /// 10 seconds unless set.
  public var timeout: Duration

  public init(
    postgresql: String, sqlite: String, window: Duration, end: Timestamp? = nil, timeout: Duration = .seconds(10)
  ) {
    self.postgresql = postgresql
    self.sqlite = sqlite
    self.window = window
    self.end = end
    self.timeout = timeout
  }
}

/// What a query found.
public struct QueryResult: Sendable, Hashable {
  public var columns: [String]
  /// In the order of the query, each with a value for each column.
  public var rows: [[QueryValue]]

  public init(columns: [String], rows: [[QueryValue]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The values of one column, in the order of the rows; nil if there is no such column.
  public func values(of column: String) -> [QueryValue]? {
    columns.firstIndex(of: column).map { index in rows.map { $0[index] } }
  }

  /// Whether a column holds times: SQLite knows only numbers, so the name says it.
  public static func holdsTimes(_ column: String) -> Bool { column.hasSuffix("_at") }
}

/// One value of a result.
public enum QueryValue: Sendable, Hashable {
  case null
  case text(String)
  case int(Int64)
  case double(Double)
  case time(Timestamp)
}
