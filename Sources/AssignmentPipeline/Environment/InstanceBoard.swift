public import AssignmentStore
public import BookingDomain
import Resilience

/// What this process knows of itself and of the others that share its database; kept fresh by ``InstanceKeeper``.
public final class InstanceBoard: Sendable {
  private struct State {
    var flags: FeatureFlags
    var isDraining = false
    var peers: [InstanceRecord] = []
    var next = 0
    var heardAt: ContinuousClock.Instant?
  }

  private let state: Locked<State>

  /// - Parameter flags: those of this process alone, until the others are known.
  public init(flags: FeatureFlags) { state = Locked(State(flags: flags)) }

  /// The effective flags, by the environments of all live instances.
  public var flags: FeatureFlags { state.withLock { $0.flags } }

  /// Whether a person asked this process to take no more work.
  public var isDraining: Bool { state.withLock { $0.isDraining } }

  /// The other live instances.
  public var peers: [InstanceRecord] { state.withLock { $0.peers } }

  /// Time since the last heartbeat of this process; nil before the first.
  func silence(at now: ContinuousClock.Instant) -> Duration? {
    state.withLock { $0.heardAt }.map { $0.duration(to: now) }
  }

  /// A live instance that takes work, another one each time; nil if there is none besides this one.
  public func nextWorker() -> InstanceRecord? {
    state.withLock { state in
      let workers = state.peers.filter { $0.role.works && !$0.isDraining }
      guard !workers.isEmpty else { return nil }
      state.next &+= 1
      return workers[state.next % workers.count]
    }
  }

  /// - Parameters:
  ///   - live: all live instances, this one among them.
  ///   - epoch: of the flags, read before the instances were.
  ///   - now: when the heartbeat was.
  func update(live: [InstanceRecord], own id: String, epoch: Int64, at now: ContinuousClock.Instant) {
    var flags = FeatureFlags.effective(of: live.map(\.flags))
    flags.epoch = epoch
    let peers = live.filter { $0.id != id }
    let isDraining = live.first { $0.id == id }?.isDraining ?? false
    state.withLock { state in
      state.flags = flags
      state.peers = peers
      state.isDraining = isDraining
      state.heardAt = now
    }
  }
}
