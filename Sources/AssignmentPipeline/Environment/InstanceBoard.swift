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
    /// What is set for all instances, and of which epoch that is.
    var stored: (flags: StoredFlags, epoch: Int64)?
    var heardAt: ContinuousClock.Instant?
  }

  private let state: Locked<State>

  /// - Parameter flags: those of this process alone, until the others are known.
  public init(flags: FeatureFlags) { state = Locked(State(flags: flags)) }

  /// The effective flags, by the environments of all live instances and what is set for all of them.
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

  /// What is set for all instances, if that is known of an epoch.
  func stored(of epoch: Int64) -> StoredFlags? {
    state.withLock { $0.stored }.flatMap { $0.epoch == epoch ? $0.flags : nil }
  }

  /// The restaurant that was in last where nobody else was, by flags of an epoch; nil if that is not known.
  func isLed(in epoch: Int64) -> Bool? {
    state.withLock { $0.stored?.epoch == epoch ? $0.flags.rollout.lead != nil : nil }
  }

  /// - Parameters:
  ///   - live: all live instances, this one among them.
  ///   - stored: what is set for all of them.
  ///   - lead: the restaurant that is in where nobody else is.
  ///   - epoch: of the flags, read before everything else was.
  ///   - now: when the heartbeat was.
  func update(
    live: [InstanceRecord], stored: StoredFlags = StoredFlags(), lead: RestaurantID? = nil, own id: String,
    epoch: Int64, at now: ContinuousClock.Instant
  ) {
    let sources = FlagSources(environments: live.map(FlagSources.Environment.init), stored: stored)
    let flags = sources.effective(lead: lead, epoch: epoch)
    let peers = live.filter { $0.id != id }
    let isDraining = live.first { $0.id == id }?.isDraining ?? false
    state.withLock { state in
      state.flags = flags
      state.stored = (stored, epoch)
      state.peers = peers
      state.isDraining = isDraining
      state.heardAt = now
    }
  }
}

extension FlagSources.Environment {
  /// What an instance has published.
  init(_ record: InstanceRecord) { self.init(instance: record.id, settings: record.flags) }
}
