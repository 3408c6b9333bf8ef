public import AssignmentPipeline
public import BookingDomain
public import Hummingbird

/// What the middlewares know of a request.
public struct EdgeContext: RequestContext {
  public var coreContext: CoreRequestContextStorage
  /// Who asks; nil outside `/v1`.
  public var caller: Caller?
  /// The trace that the request belongs to.
  public var trace: TraceID?

  public init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}
