public import AssignmentStore
import BookingDomain
public import ServiceLifecycle

/// Carries this process's wake-ups to the others, and theirs to it.
public struct PeerBridge: Service {
  private let environment: PipelineEnvironment
  private let signals: any PeerSignals

  /// - Parameter takesWork: whether this process has a worker; work then stays in the house while it takes any.
  public init(
    environment: PipelineEnvironment, signals: any PeerSignals, board: InstanceBoard, takesWork: Bool
  ) {
    self.environment = environment
    self.signals = signals
    environment.workSignal.connect {
      guard !takesWork || board.isDraining, let worker = board.nextWorker() else { return }
      signals.tellWork(to: worker.id)
    }
    environment.outboxSignal.connect { if !board.peers.isEmpty { signals.tellNews(ended: []) } }
    environment.progress.connect { id in if !board.peers.isEmpty { signals.tellNews(ended: [id]) } }
  }

  public func run() async throws {
    let environment = environment
    await cancelWhenGracefulShutdown { [signals] in
      await signals.listen { await Self.hear($0, environment) }
    }
  }

  private static func hear(_ signal: PeerSignal, _ environment: PipelineEnvironment) async {
    switch signal {
    case .work: environment.workSignal.wakeHere()
    case .reconnected:
      environment.workSignal.wakeHere()
      environment.outboxSignal.wakeHere()
    case .news(let ended):
      environment.outboxSignal.wakeHere()
      for id in ended where environment.progress.isAwaited(id) {
        if let booking = try? await environment.store.booking(id) { environment.progress.publishHere(booking) }
      }
    }
  }
}
