import PrometheusMetrics

@testable import AssignmentPipeline

/// A registry, and what a pipeline counts in it.
struct MeteredPipeline {
  let registry = PrometheusRegistry()
  let metrics: PipelineMetrics

  init(restaurants: Int = 0) {
    metrics = PipelineMetrics(factory: PrometheusMetricsFactory(registry: registry), restaurants: restaurants)
  }

  /// The value of a series as it is exposed; nil if it is not there.
  subscript(series: String) -> Double? {
    registry.exposition().split(separator: "\n").first { $0.hasPrefix(series + " ") }
      .flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
  }

  func outcomes(_ outcome: String, _ reason: String = "none", flow: String = "v3") -> Double? {
    self["headwaiter_outcomes_total{flow=\"\(flow)\",outcome=\"\(outcome)\",reason=\"\(reason)\"}"]
  }

  func transitions(_ from: String, _ to: String, mode: String = "v3") -> Double? {
    self["headwaiter_transitions_total{from=\"\(from)\",mode=\"\(mode)\",to=\"\(to)\"}"]
  }

  func stage(_ stage: String, _ part: String = "count") -> Double? {
    self["headwaiter_stage_duration_seconds_\(part){stage=\"\(stage)\"}"]
  }

  func decisions(_ outcome: String, _ part: String = "count") -> Double? {
    self["headwaiter_decision_duration_seconds_\(part){outcome=\"\(outcome)\"}"]
  }
}
