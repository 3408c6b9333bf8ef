/// Metrics on their way to text: https://prometheus.io/docs/instrumenting/exposition_formats/
struct TextExposition {
  private(set) var text = ""

  mutating func add(_ family: MetricFamily) {
    guard !family.series.isEmpty else { return }
    let (name, kind) = (family.description.name, family.description.kind.name)
    text += "# HELP \(name) \(ExpositionText.help(family.description.help))\n# TYPE \(name) \(kind)\n"
    let series = family.series.map { (labels: Self.rendered($0.key), series: $0.value) }
    for (labels, series) in series.sorted(by: { $0.labels < $1.labels }) {
      switch series {
      case .counter(let counter): line(name, labels, counter.value)
      case .gauge(let gauge): line(name, labels, gauge.value)
      case .histogram(let histogram): add(name, labels, histogram)
      }
    }
  }

  /// Buckets are added up: each counts all below its bound.
  private mutating func add(_ name: String, _ labels: String, _ histogram: HistogramSeries) {
    let reading = histogram.reading
    var count: UInt64 = 0
    for (bound, observations) in zip(histogram.bounds + [.infinity], reading.counts) {
      count += observations
      let bucket = "le=\"\(ExpositionText.number(bound))\""
      line(name + "_bucket", labels.isEmpty ? bucket : labels + "," + bucket, Double(count))
    }
    line(name + "_sum", labels, reading.sum)
    line(name + "_count", labels, Double(count))
  }

  private mutating func line(_ name: String, _ labels: String, _ value: Double) {
    text += name
    if !labels.isEmpty { text += "{\(labels)}" }
    text += " \(ExpositionText.number(value))\n"
  }

  private static func rendered(_ labels: [SeriesLabel]) -> String {
    labels.map { "\($0.name)=\"\(ExpositionText.labelValue($0.value))\"" }.joined(separator: ",")
  }
}
