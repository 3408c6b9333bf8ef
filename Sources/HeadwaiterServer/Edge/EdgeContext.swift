public import AssignmentPipeline
public import Hummingbird

/// What the middlewares know of a request.
public struct EdgeContext: RequestContext {
  public var coreContext: CoreRequestContextStorage
  /// Who asks; nil outside `/v1`.
  public var caller: Caller?

  public init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}
