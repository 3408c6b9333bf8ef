public import AssignmentStore

/// What the health check says.
public struct HealthFigures: Sendable, Hashable {
  /// `HEALTHY`, `WARNING` or `CRITICAL`.
  public var verdict: String
  /// What keeps it from being healthy.
  public var reasons: [String]
  private var numbers: [String: Double]

  /// A figure by the name of its column; nil where it cannot be told, as a rate of nothing.
  public subscript(column: String) -> Double? { numbers[column] }

  /// A count by the name of its column.
  public func count(_ column: String) -> Int { Int(numbers[column] ?? 0) }

  /// Runs the check over a window.
  public init(
    of store: some QueryRunning, window: Duration = CatalogueEntry.defaultWindow
  ) async throws(StoreError) {
    guard let check = QueryCatalogue.health else { throw .invalid("the catalogue has no health check") }
    let result = try await store.run(check.query(window: window))
    guard result.rows.count == 1, let figures = HealthFigures(columns: result.columns, row: result.rows[0]) else {
      throw .invalid("the health check gave no verdict")
    }
    self = figures
  }

  private init?(columns: [String], row: [QueryValue]) {
    numbers = [:]
    var texts: [String: String] = [:]
    for (column, value) in zip(columns, row) {
      switch value {
      case .int(let number): numbers[column] = Double(number)
      case .double(let number): numbers[column] = number
      case .text(let text): texts[column] = text
      case .null, .time: continue
      }
    }
    guard let verdict = texts["verdict"], let reasons = texts["reasons"] else { return nil }
    self.verdict = verdict
    self.reasons = reasons.isEmpty ? [] : reasons.split(separator: "; ").map(String.init)
  }
}
