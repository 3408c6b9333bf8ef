import BookingDomain
public import ServiceLifecycle

/// Works on what is handed to shadow, until shutdown; what waits then is given up.
public struct ShadowService: Service, CustomStringConvertible {
  /// Longest sleep without being woken.
  private static let pause = Duration.milliseconds(250)

  private let shadow: ShadowRunner

  public init(_ shadow: ShadowRunner) { self.shadow = shadow }

  public var description: String { EventSource.shadow.rawValue }

  public func run() async throws {
    while !isEnding {
      await shadow.workOff { isEnding }
      await shadow.signal.sleep(atMost: Self.pause)
    }
  }

  private var isEnding: Bool { Task.isShuttingDownGracefully || Task.isCancelled }
}
