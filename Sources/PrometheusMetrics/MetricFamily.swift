/// A label of a series.
struct SeriesLabel: Sendable, Hashable {
  var name: String
  var value: String
}

/// One line, or one set of buckets, of a metric.
enum Series: Sendable {
  case counter(CounterSeries)
  case gauge(GaugeSeries)
  case histogram(HistogramSeries)

  init(_ kind: MetricDescription.Kind) {
    switch kind {
    case .counter: self = .counter(CounterSeries())
    case .gauge: self = .gauge(GaugeSeries())
    case .histogram(let bounds): self = .histogram(HistogramSeries(bounds: bounds))
    }
  }

  /// The object behind it.
  var handler: AnyObject {
    switch self {
    case .counter(let series): series
    case .gauge(let series): series
    case .histogram(let series): series
    }
  }
}

/// A metric with all its series.
struct MetricFamily: Sendable {
  let description: MetricDescription
  /// Labels in order of name.
  private(set) var series: [[SeriesLabel]: Series] = [:]

  init(_ description: MetricDescription) { self.description = description }

  /// The series of these labels, made if it is not there.
  mutating func series(_ labels: [SeriesLabel]) -> Series {
    if let series = series[labels] { return series }
    let new = Series(description.kind)
    series[labels] = new
    return new
  }

  mutating func remove(_ handler: AnyObject) {
    series = series.filter { $0.value.handler !== handler }
  }
}
