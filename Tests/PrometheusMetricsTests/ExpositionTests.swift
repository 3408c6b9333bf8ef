import CoreMetrics
import Testing

@testable import PrometheusMetrics

@Suite struct ExpositionTests {
  let registry = PrometheusRegistry([
    MetricDescription("jobs_total", .counter, labels: ["state"], help: "Jobs that\nwere \"done\" in C:\\jobs."),
    MetricDescription("work_seconds", .histogram(bounds: [0.125, 1, 2.5]), help: "Work."),
  ])
  var factory: PrometheusMetricsFactory { PrometheusMetricsFactory(registry: registry) }

  @Test func exposition_ofNothing_isEmpty() {
    #expect(registry.exposition() == "")
    #expect(registry.exposed.isEmpty)
  }

  @Test func exposition_hasHelpTypeAndSeriesInOrder() {
    Meter(label: "depth", factory: factory).set(-2.5)
    Counter(label: "jobs_total", dimensions: [("state", "b")], factory: factory).increment(by: 3)
    Counter(label: "jobs_total", dimensions: [("state", "a")], factory: factory).increment()
    #expect(
      registry.exposition() == """
        # HELP depth Not described.
        # TYPE depth gauge
        depth -2.5
        # HELP jobs_total Jobs that\\nwere "done" in C:\\\\jobs.
        # TYPE jobs_total counter
        jobs_total{state="a"} 1
        jobs_total{state="b"} 3

        """)
  }

  @Test func histogram_addsBucketsUp_andCountsTheBoundItself() {
    let timer = Timer(label: "work", factory: factory)
    for milliseconds in [125, 250, 500, 2_500, 9_000] { timer.recordMilliseconds(milliseconds) }
    #expect(
      registry.exposition() == """
        # HELP work_seconds Work.
        # TYPE work_seconds histogram
        work_seconds_bucket{le="0.125"} 1
        work_seconds_bucket{le="1"} 3
        work_seconds_bucket{le="2.5"} 4
        work_seconds_bucket{le="+Inf"} 5
        work_seconds_sum 12.375
        work_seconds_count 5

        """)
  }

  @Test func histogram_withLabels_putsTheBoundLast() {
    Recorder(label: "size", dimensions: [("zone", "a")], factory: factory).record(3)
    #expect(registry.exposition().contains("size_bucket{zone=\"a\",le=\"3\"} 1\n"))
    #expect(registry.exposition().contains("size_sum{zone=\"a\"} 3\n"))
  }

  @Test func labelValues_areEscaped() {
    Meter(label: "depth", dimensions: [("name", "a\"b\\c\nd{}é")], factory: factory).set(1)
    #expect(registry.exposition().contains(#"depth{name="a\"b\\c\nd{}é"} 1"#))
  }

  @Test(arguments: [
    (0.0, "0"), (1e15, "1000000000000000"), (0.25, "0.25"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    (1e-5, "1e-05"), (-3, "-3"), (1e300, "1e+300"),
  ])
  func number_isAsTheFormatHasIt(_ value: Double, _ text: String) {
    #expect(ExpositionText.number(value) == text)
  }

  @Test(arguments: [
    ("http.server.requests", "http_server_requests_total"), ("9lives", "_9lives_total"), ("done_total", "done_total"),
    ("", "__total"), ("größe", "gr____e_total"),
  ])
  func names_areCleaned(_ label: String, _ name: String) {
    Counter(label: label, factory: factory).increment()
    #expect(registry.exposed.map(\.name) == [name])
  }
}
