import ArgumentParser
import Bootstrap
import PrometheusMetrics

/// `headwaiter docs metrics`: every metric as a Markdown table.
struct MetricsTable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "Print the table of all metrics.")

  func run() throws { try Console.write(MetricsTable.markdown) }

  static var markdown: String {
    let rows = MetricsCatalogue.all.map { metric in
      let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
      return "| `\(metric.name)` | \(metric.kind.name) | \(labels) | \(metric.help) |\n"
    }
    return "| metric | kind | labels | meaning |\n|---|---|---|---|\n" + rows.joined()
  }
}
