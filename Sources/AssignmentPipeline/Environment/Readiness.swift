import AssignmentStore
import Resilience

/// Whether this process can do what it is there for, as far as it knows by itself.
///
/// A breaker that is half open is no obstacle: without requests nobody would see that storage is well again.
public struct Readiness: Sendable {
  private let environment: PipelineEnvironment
  private let instances: InstanceBoard?

  /// - Parameter instances: nil for a process that is no instance.
  public init(environment: PipelineEnvironment, instances: InstanceBoard?) {
    self.environment = environment
    self.instances = instances
  }

  /// Why not, in words; empty if it can.
  public var obstacles: [String] { [breaker, heartbeat, drained].compactMap { $0 } }

  private var breaker: String? {
    let storage = environment.breakers[.storage]
    guard storage.position == .open else { return nil }
    guard storage.isForced else {
      return "storage: its circuit breaker is open after too many failures; it is tried again within "
        + "\(storage.settings.coolDown.components.seconds) s"
    }
    return "storage: a person has forced its circuit breaker open; `headwaiter breakers auto storage` lets go of it"
  }

  private var heartbeat: String? {
    guard let silence = instances?.silence(at: environment.monotonic.now), silence > SeenInstance.patience else {
      return nil
    }
    return "instances: no heartbeat for \(silence.components.seconds) s, so that others take this instance for dead"
  }

  private var drained: String? {
    guard let instances, instances.isDraining else { return nil }
    return "instances: this one is drained; `headwaiter instances resume \(environment.instance)` takes it back"
  }
}
