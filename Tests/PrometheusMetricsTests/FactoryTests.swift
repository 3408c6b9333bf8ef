import CoreMetrics
import Testing

@testable import PrometheusMetrics

@Suite struct FactoryTests {
  let registry = PrometheusRegistry()
  var factory: PrometheusMetricsFactory { PrometheusMetricsFactory(registry: registry) }

  @Test func sameNameAndLabels_inAnyOrder_areOneSeries() {
    Counter(label: "c", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
    Counter(label: "c", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
    FloatingPointCounter(label: "c", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment(by: 0.5)
    #expect(registry.exposition().contains("c_total{a=\"1\",b=\"2\"} 2.5\n"))
    #expect(registry.seriesCount == 1)
  }

  @Test func counter_neverFalls() {
    let counter = FloatingPointCounter(label: "c", factory: factory)
    counter.increment(by: 2.0)
    for amount in [-1.0, .nan, .infinity] { counter.increment(by: amount) }
    #expect(registry.exposition().contains("c_total 2\n"))
    counter.reset()
    #expect(registry.exposition().contains("c_total 0\n"))
  }

  @Test func nameOfAnotherKind_isCountedNowhere_andHurtsNobody() {
    Meter(label: "x", factory: factory).set(7)
    Recorder(label: "x", factory: factory).record(1)
    Counter(label: "y", factory: factory).increment()
    Meter(label: "y_total", factory: factory).set(9)
    #expect(registry.exposition().contains("x 7\n"))
    #expect(registry.exposition().contains("y_total 1\n"))
    #expect(registry.seriesCount == 2)
  }

  @Test func meter_goesUpAndDown_gaugeIsWhatItWasSetTo() {
    let meter = Meter(label: "m", factory: factory)
    meter.increment(by: 3.0)
    meter.decrement()
    Gauge(label: "g", factory: factory).record(4)
    Gauge(label: "g", factory: factory).record(5)
    #expect(registry.exposition().contains("m 2\n"))
    #expect(registry.exposition().contains("g 5\n"))
  }

  @Test func destroyed_isNoLongerExposed_theOthersAre() {
    let gone = Counter(label: "c", dimensions: [("a", "1")], factory: factory)
    gone.increment()
    Counter(label: "c", dimensions: [("a", "2")], factory: factory).increment()
    gone.destroy()
    #expect(!registry.exposition().contains("a=\"1\""))
    #expect(registry.exposition().contains("c_total{a=\"2\"} 1\n"))
  }

  @Test func exposed_namesTheLabelsOfItsSeries() {
    Counter(label: "c", dimensions: [("b", "1"), ("a", "1")], factory: factory).increment()
    #expect(registry.exposed == [MetricDescription("c_total", .counter, labels: ["a", "b"], help: "Not described.")])
  }

  @Test func manyTasks_loseNoCount() async {
    let counter = Counter(label: "c", factory: factory)
    let timer = Timer(label: "t", factory: factory)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<1_000 {
            counter.increment()
            timer.recordMilliseconds(1)
          }
        }
      }
    }
    #expect(registry.exposition().contains("c_total 8000\n"))
    #expect(registry.exposition().contains("t_seconds_count 8000\n"))
  }
}
