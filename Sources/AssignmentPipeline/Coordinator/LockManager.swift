public import AssignmentStore
public import BookingDomain
import Resilience

/// Hands out leases on bookings and keeps them alive while they are worked on.
public final class LockManager: Sendable {
  private let store: any LeaseStore
  private let owner: String
  private let ttl: Duration
  private let held = Locked([Fence: Bool]())

  public init(store: any LeaseStore, owner: String, ttl: Duration) {
    self.store = store
    self.owner = owner
    self.ttl = ttl
  }

  /// What came of a try to lock.
  public enum Attempt: ~Copyable {
    case acquired(LockLease)
    case taken(until: Timestamp)
  }

  /// Takes the lease `booking:{id}`.
  public func lock(_ booking: BookingID) async throws(StoreError) -> Attempt {
    switch try await store.acquireLease(Lease.name(of: booking), owner: owner, ttl: ttl) {
    case .taken(let until):
      return .taken(until: until)
    case .acquired(let lease):
      return .acquired(hold(lease))
    }
  }

  /// Takes the lease of a job's booking, unless it came with the job.
  func lock(_ job: Job) async throws(StoreError) -> Attempt {
    if let lease = job.lease { return .acquired(hold(lease)) }
    return try await lock(job.bookingID)
  }

  private func hold(_ lease: Lease) -> LockLease {
    let fence = Fence(name: lease.name, token: lease.token)
    held.withLock { $0[fence] = true }
    return LockLease(fence: fence, manager: self)
  }

  /// Extends all leases that are held; called every heartbeat.
  public func extendAll() async throws(StoreError) {
    let fences = held.withLock { $0.filter(\.value).map(\.key) }
    guard !fences.isEmpty else { return }
    let lost = try await store.extendLeases(fences, ttl: ttl)
    held.withLock { held in
      for fence in lost where held[fence] != nil { held[fence] = false }
    }
  }

  /// Leases that this process holds.
  public var heldCount: Int { held.withLock { $0.count } }

  fileprivate func isLive(_ fence: Fence) -> Bool { held.withLock { $0[fence] ?? false } }

  fileprivate func forget(_ fence: Fence) { held.withLock { _ = $0.removeValue(forKey: fence) } }

  fileprivate func release(_ fence: Fence) async {
    forget(fence)
    // A lease that cannot be given back runs out by the database's clock.
    try? await store.releaseLease(fence)
  }
}

/// The right to work on one booking; it can be given back once, and the compiler says so.
///
/// Its `deinit` cannot await: a lease that is dropped is freed by its expiry in the database.
public struct LockLease: ~Copyable, Sendable {
  public let fence: Fence
  private let manager: LockManager

  fileprivate init(fence: Fence, manager: LockManager) {
    self.fence = fence
    self.manager = manager
  }

  /// False once a heartbeat has found it taken over.
  public var isLive: Bool { manager.isLive(fence) }

  /// Gives the lease back.
  public consuming func release() async { await manager.release(fence) }

  /// A transaction has given it back already, or someone else has it now.
  public consuming func spent() {}

  deinit { manager.forget(fence) }
}
