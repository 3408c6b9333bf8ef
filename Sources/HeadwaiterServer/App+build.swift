import HeadwaiterAPI
public import Hummingbird
public import Logging
public import ServiceLifecycle

/// Makes the router: middlewares, and every endpoint of the table with its controller.
public func buildRouter(_ dependencies: ServerDependencies) -> Router<EdgeContext> {
  let edge = Edge(dependencies)
  let router = Router(context: EdgeContext.self, options: .autoGenerateHeadEndpoints)
  router.add(middleware: Tracing(ids: dependencies.traces))
  router.add(middleware: AccessLog())
  if let metrics = dependencies.metrics { router.add(middleware: RequestMetrics(factory: metrics.factory)) }
  router.add(middleware: SecurityHeaders())
  router.add(middleware: ProblemMiddleware(renderer: edge.problems))
  router.add(
    middleware: Authentication(
      keys: edge.keys, guardsMetrics: dependencies.metrics?.needsKey == true, patience: dependencies.patience))
  let idempotency = edge.idempotency
  for endpoint in EndpointTable.served(dependencies) {
    let handler = EndpointHandler(
      endpoint, idempotency: idempotency, handler: edge.handler(for: endpoint.operation))
    router.on(endpoint.routerPath, method: endpoint.method) { request, context in
      try await handler.respond(request, context)
    }
  }
  return router
}

/// Makes the application: the router, the live events' service, and what else must run as long as it does.
/// - Parameters:
///   - services: run with the server and end after it.
///   - onServerRunning: told the port once requests are taken.
public func buildApplication(
  _ dependencies: ServerDependencies, configuration: ApplicationConfiguration = ApplicationConfiguration(),
  services: [any Service] = [], onServerRunning: @escaping @Sendable (Int?) async -> Void = { _ in },
  logger: Logger
) -> Application<RouterResponder<EdgeContext>> {
  Application(
    router: buildRouter(dependencies), configuration: configuration, services: services + [dependencies.live],
    onServerRunning: { await onServerRunning($0.localAddress?.port) }, logger: logger)
}
