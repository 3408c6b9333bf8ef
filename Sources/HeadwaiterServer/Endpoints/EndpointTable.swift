import Hummingbird

/// Every endpoint of the server; the only place where a route is declared.
enum EndpointTable {
  static let all: [Endpoint] =
    outside + restaurants + bookings + bookingActions + bookingTrail + plans + holds + review + machine + switches
    + rollout

  /// What a process that serves nothing else must still answer.
  static let health = outside.filter { [.processHealth, .readiness, .readMetrics].contains($0.operation) }

  /// What a process serves: by what it is there for, and by whether and to whom it shows its metrics.
  static func served(_ dependencies: ServerDependencies) -> [Endpoint] {
    (dependencies.servesHealthOnly ? health : all).compactMap { endpoint in
      guard endpoint.operation == .readMetrics else { return endpoint }
      guard let metrics = dependencies.metrics else { return nil }
      return metrics.needsKey ? endpoint : endpoint.forAnyone
    }
  }

  /// The endpoints of the API's document.
  static let documented = all.filter(\.isDocumented)

  /// Methods that a path takes, or nil for a path that nothing answers.
  static func methods(at path: String) -> [HTTPRequest.Method]? {
    let parts = path.split(separator: "/")
    let methods = all.filter { matches($0.path.split(separator: "/"), parts) }.map(\.method)
    if methods.isEmpty { return nil }
    return methods.contains(.get) ? methods + [.head] : methods
  }

  private static func matches(_ template: [Substring], _ parts: [Substring]) -> Bool {
    template.count == parts.count && zip(template, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }

  private static let outside: [Endpoint] = [
    Endpoint(
      operation: .processHealth, method: .get, path: "/healthz", access: .anyone, summary: "Whether the process is up.",
      success: [.ok("Readiness", "It is.")]),
    Endpoint(
      operation: .readiness, method: .get, path: "/readyz", access: .anyone, summary: "Whether it can serve.",
      success: [.ok("Readiness", "It can.")]),
    Endpoint(
      operation: .readMetrics, method: .get, path: "/metrics", access: .observers, summary: "Metrics for Prometheus.",
      success: [.init(status: 200, schema: nil, description: "The metrics.", contentType: "text/plain")]),
    Endpoint(
      operation: .frontPage, method: .get, path: "/", access: .anyone, summary: "The floor page.",
      query: [.date],
      success: [.init(status: 200, schema: nil, description: "The page.", contentType: "text/html")], isTagged: true),
    Endpoint(
      operation: .floorPage, method: .get, path: "/floor/{restaurant_id}", access: .anyone, summary: "The floor page.",
      query: [.date],
      success: [.init(status: 200, schema: nil, description: "The page.", contentType: "text/html")], isTagged: true),
    Endpoint(
      operation: .asset, method: .get, path: "/console/{file}", access: .anyone, summary: "What the page is made of.",
      success: [.init(status: 200, schema: nil, description: "The file.", contentType: "text/css")], isTagged: true),
  ]
}
