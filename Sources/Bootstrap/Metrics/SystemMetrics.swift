import AssignmentPipeline
import AssignmentStore
import CoreMetrics
import HeadwaiterServer
import PrometheusMetrics

/// The metrics of a process: where they are counted, and what must be looked up when someone asks for them.
struct SystemMetrics: Sendable {
  let registry: PrometheusRegistry
  private let needsKey: Bool
  private let figures: FigureGauges
  private let instance: InstanceGauges
  private let process: ProcessGauges

  /// - Parameter registry: the one that the pipeline of `environment` counts in.
  init(
    _ registry: PrometheusRegistry, settings: MetricsSettings, environment: PipelineEnvironment, locks: LockManager,
    board: InstanceBoard?, database: OpenDatabase, options: HeadwaiterSystem.Options.Instance?
  ) {
    let factory = PrometheusMetricsFactory(registry: registry)
    self.registry = registry
    needsKey = settings.access == .key
    figures = FigureGauges(environment: environment, factory: factory)
    instance = InstanceGauges(
      environment: environment, locks: locks, board: board, database: database, factory: factory)
    process = ProcessGauges(factory: factory)
    let dimensions = [
      ("database", database.kind), ("role", options?.role.rawValue ?? "all"), ("version", options?.version ?? "none"),
    ]
    Meter(label: "headwaiter_build_info", dimensions: dimensions, factory: factory).set(1)
  }

  /// A registry that knows the catalogue, and what the pipeline counts in it.
  static func registry(_ settings: MetricsSettings) -> (PrometheusRegistry, PipelineMetrics) {
    let registry = PrometheusRegistry(MetricsCatalogue.all)
    let pipeline = PipelineMetrics(
      factory: PrometheusMetricsFactory(registry: registry),
      restaurants: settings.byRestaurant ? MetricsSettings.mostRestaurants : 0)
    return (registry, pipeline)
  }

  /// Looks up what is not counted, and gives everything as text.
  /// - Parameters:
  ///   - listeners: who has live events open.
  ///   - told: the last message that they were told; nil while there are none.
  func exposition(listeners: Int, told: Int64?) async -> String {
    await figures.refresh(told: told)
    instance.refresh(listeners: listeners)
    process.refresh()
    return registry.exposition()
  }

  /// For the server.
  func export(_ live: LiveEvents) -> MetricsExport {
    MetricsExport(
      needsKey: needsKey, factory: PrometheusMetricsFactory(registry: registry),
      contentType: PrometheusRegistry.contentType
    ) {
      let (listeners, told) = live.audience
      return await exposition(listeners: listeners, told: told)
    }
  }
}
