public import CoreMetrics

/// The backend of swift-metrics that a ``PrometheusRegistry`` exposes.
///
/// A name is kept, but for what the text format does not allow; counters get the ending `_total`, timers `_seconds`. A name
/// that is taken by a metric of another kind gets a handler that nobody sees: counting must never stop a process.
public struct PrometheusMetricsFactory: MetricsFactory {
  public let registry: PrometheusRegistry

  public init(registry: PrometheusRegistry) { self.registry = registry }

  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    counter(label, dimensions)
  }

  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    counter(label, dimensions)
  }

  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    gauge(label, dimensions)
  }

  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else { return gauge(label, dimensions) }
    return histogram(MetricName.metric(label), dimensions)
  }

  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(MetricName.metric(label, ending: "_seconds"), dimensions)
  }

  public func destroyCounter(_ handler: any CounterHandler) { registry.remove(handler) }
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { registry.remove(handler) }
  public func destroyMeter(_ handler: any MeterHandler) { registry.remove(handler) }
  public func destroyRecorder(_ handler: any RecorderHandler) { registry.remove(handler) }
  public func destroyTimer(_ handler: any TimerHandler) { registry.remove(handler) }

  private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
    let name = MetricName.metric(label, ending: "_total")
    guard case .counter(let series)? = registry.series(name, dimensions, kind: .counter) else { return CounterSeries() }
    return series
  }

  private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
    guard case .gauge(let series)? = registry.series(MetricName.metric(label), dimensions, kind: .gauge) else {
      return GaugeSeries()
    }
    return series
  }

  private func histogram(_ name: String, _ dimensions: [(String, String)]) -> HistogramSeries {
    guard case .histogram(let series)? = registry.series(name, dimensions, kind: .seconds) else {
      return HistogramSeries(bounds: [])
    }
    return series
  }
}
