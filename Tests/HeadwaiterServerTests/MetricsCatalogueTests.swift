import AssignmentStore
import BookingDomain
import Foundation
import HeadwaiterTesting
import Hummingbird
import HummingbirdTesting
import Logging
import PrometheusMetrics
import Testing

@testable import AssignmentPipeline
@testable import Bootstrap
@testable import HeadwaiterServer

/// The catalogue, which the documentation is made from, and what a process really exposes.
@Suite("Catalogue of metrics") struct MetricsCatalogueTests {
  @Test func names_areUnique_andKeepToTheConventions() {
    let names = MetricsCatalogue.all.map(\.name)
    #expect(Set(names).count == names.count)
    for metric in MetricsCatalogue.all {
      #expect(metric.name.hasPrefix("headwaiter_") || metric.name.hasPrefix("process_"), "\(metric.name)")
      #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"), "\(metric.name)")
      #expect(metric.help.hasSuffix("."), "\(metric.name)")
      #expect(metric.labels == metric.labels.sorted(), "\(metric.name)")
    }
  }

  @Test func aProcessThatWorks_exposesTheCatalogueAndNothingElse() async throws {
    let folder = try TemporaryFolder()
    var settings = MetricsSettings()
    settings.byRestaurant = true
    var options = HeadwaiterSystem.Options(
      database: .sqlite(path: folder.file("test.sqlite")), flags: FeatureFlags(pipelineV3: true),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    options.metrics = settings
    let system = try await HeadwaiterSystem(options)
    defer { system.close() }
    let metrics = try #require(system.metrics)
    let live = LiveEvents(store: system.store)
    let exported = metrics.export(live)
    RequestSeries(factory: exported.factory).count(
      RequestSeries.Route(method: .get, path: nil), statusClass: 4, took: .milliseconds(1))
    system.environment.metrics.count(
      .confirmed(strategy: .adjacency, tables: []), flow: .v3, restaurant: "house")
    system.environment.metrics.maintenanceFailed("pruner")
    system.environment.metrics.transitions([
      HistoryRow(
        bookingID: "b-1", version: 1, from: nil, to: .created, mode: .manual, actor: "a", cause: "create", reason: nil,
        createdAt: ManualClock.start)
    ])
    let text = await exported.exposition()
    #expect(text.hasPrefix("# HELP headwaiter_"))
    let exposed = metrics.registry.exposed
    for metric in exposed {
      #expect(MetricsCatalogue.all.contains(metric), "not as in the catalogue: \(metric)")
    }
    #expect(Set(MetricsCatalogue.all.map(\.name)).subtracting(exposed.map(\.name)) == [])
    #expect(metrics.registry.seriesCount < 600)
  }

  @Test func figuresOfTheDatabase_areReadWhenAsked() async throws {
    let folder = try TemporaryFolder()
    var options = HeadwaiterSystem.Options(
      database: .sqlite(path: folder.file("test.sqlite")), flags: FeatureFlags(pipelineV3: true),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    options.metrics = MetricsSettings()
    let system = try await HeadwaiterSystem(options)
    let metrics = try #require(system.metrics)
    var unit = WriteUnit(label: "test")
    let record = BookingRecord.sample(createdAt: SystemWallClock().now())
    let context = ChangeContext(actor: .person, actorName: "a", mode: .manual, at: record.createdAt)
    unit.jobs = [.enqueue("b-1", "house", after: .zero, deadline: .seconds(600), resetRetries: true)]
    BookingStateMachine(logger: system.environment.logger).add(
      BookingMutation(creating: record, context: context), flow: nil, to: &unit)
    try await system.store.commit(unit)
    let text = await metrics.exposition(listeners: 0, told: nil)
    #expect(text.contains("headwaiter_queue_jobs{state=\"ready\"} 1\n"))
    #expect(text.contains("headwaiter_figures_failures_total 0\n"))
    system.close()
    let later = await metrics.exposition(listeners: 0, told: nil)
    #expect(later.contains("headwaiter_queue_jobs{state=\"ready\"} 1\n"), "the last figures stay")
  }

  @Test func processFigures_areOfThisProcess() throws {
    let figures = try #require(ProcessFigures())
    #expect(figures.residentBytes > 1_000_000)
    #expect(figures.virtualBytes >= figures.residentBytes)
    #expect(figures.cpuSeconds > 0)
    let now = Date().timeIntervalSince1970
    #expect((now - 86_400 * 365...now).contains(figures.startedAt))
    #expect(try #require(ProcessFigures.openFiles) > 2)
    #expect(try #require(ProcessFigures.mostFiles) > 2)
  }
}
