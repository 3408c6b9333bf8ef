public import HeadwaiterAPI
public import QueryCatalogue

extension HealthBody {
  /// What the query found, as it goes over the wire.
  public init(_ figures: HealthFigures) {
    self.init(
      verdict: HealthVerdict(rawValue: figures.verdict) ?? .critical, reasons: figures.reasons,
      count: { figures.count($0) }, percent: { figures[$0] })
  }
}
