import CoreMetrics
import Hummingbird
import Resilience

/// Counts and times requests by operation and class of status, never by path: what nothing answers is `none`.
struct RequestMetrics: RouterMiddleware {
  typealias Context = EdgeContext

  private let series: RequestSeries

  init(factory: any MetricsFactory) { series = RequestSeries(factory: factory) }

  func handle(
    _ request: Request, context: EdgeContext, next: @concurrent (Request, EdgeContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    series.inFlight.increment()
    defer { series.inFlight.decrement() }
    do {
      let response = try await next(request, context)
      count(request, context, status: response.status.code, since: start)
      return response
    } catch {
      count(request, context, status: 500, since: start)
      throw error
    }
  }

  private func count(_ request: Request, _ context: EdgeContext, status: Int, since start: ContinuousClock.Instant) {
    let route = RequestSeries.Route(method: request.method == .head ? .get : request.method, path: context.endpointPath)
    series.count(route, statusClass: status / 100, took: ContinuousClock.now - start)
  }
}

/// The series behind ``RequestMetrics``, made when they are first needed.
final class RequestSeries: Sendable {
  struct Route: Hashable, Sendable {
    var method: HTTPRequest.Method
    /// As the router has it; nil where nothing answers.
    var path: String?
  }
  fileprivate struct Key: Hashable {
    var operation: String
    var statusClass: Int
  }
  fileprivate struct State {
    var counters: [Key: Counter] = [:]
    var timers: [String: CoreMetrics.Timer] = [:]
  }

  let inFlight: Meter
  private let factory: any MetricsFactory
  private let operations: [Route: String]
  private let state = Locked(State())

  init(factory: any MetricsFactory) {
    self.factory = factory
    inFlight = Meter(label: "headwaiter_http_requests_in_flight", factory: factory)
    operations = Dictionary(
      EndpointTable.all.map { (Route(method: $0.method, path: $0.routerPath.description), $0.operation.rawValue) },
      uniquingKeysWith: { first, _ in first })
  }

  func count(_ route: Route, statusClass: Int, took: Duration) {
    let operation = operations[route] ?? "none"
    let (counter, timer) = state.withLock { state in
      (
        state.counter(Key(operation: operation, statusClass: statusClass), factory), state.timer(operation, factory)
      )
    }
    counter.increment()
    timer.recordNanoseconds(Int64(took / .nanoseconds(1)))
  }
}

extension RequestSeries.State {
  fileprivate mutating func counter(_ key: RequestSeries.Key, _ factory: any MetricsFactory) -> Counter {
    if let counter = counters[key] { return counter }
    let counter = Counter(
      label: "headwaiter_http_requests_total",
      dimensions: [("operation", key.operation), ("status", "\(key.statusClass)xx")], factory: factory)
    counters[key] = counter
    return counter
  }

  fileprivate mutating func timer(_ operation: String, _ factory: any MetricsFactory) -> CoreMetrics.Timer {
    if let timer = timers[operation] { return timer }
    let timer = CoreMetrics.Timer(
      label: "headwaiter_http_request_duration_seconds", dimensions: [("operation", operation)], factory: factory)
    timers[operation] = timer
    return timer
  }
}
