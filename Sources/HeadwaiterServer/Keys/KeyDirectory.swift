import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Resilience

/// Finds who a secret belongs to; remembers for less than a second, so that a revocation acts within one.
final class KeyDirectory: Sendable {
  static let maxAge = Duration.milliseconds(900)
  private static let capacity = 10_000

  private struct Entry {
    /// Nil for a secret that is not known or has been revoked.
    var caller: Caller?
    var readAt: ContinuousClock.Instant
  }

  private struct State {
    var entries: [String: Entry] = [:]
    /// Once true it stays so: keys are revoked, never deleted, and a server does not open again.
    var hasKeys = false
    var askedAt: ContinuousClock.Instant?
  }

  private let store: any KeyStore
  private let uptime: @Sendable () -> ContinuousClock.Instant
  private let state = Locked(State())

  init(
    store: any KeyStore, uptime: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.store = store
    self.uptime = uptime
  }

  /// Whether any key was ever set up, revoked ones included.
  func hasKeys() async throws(StoreError) -> Bool {
    let now = uptime()
    let known: Bool? = state.withLock { state in
      if state.hasKeys { return true }
      guard let askedAt = state.askedAt, now - askedAt < Self.maxAge else { return nil }
      return false
    }
    if let known { return known }
    let found = try await !store.keys().isEmpty
    state.withLock { state in
      state.hasKeys = state.hasKeys || found
      state.askedAt = now
    }
    return found
  }

  /// Who a secret stood for when storage last answered, or nil: for the time when it does not.
  func remembered(secret: String?) -> Caller? {
    let hash = secret.map(KeyIssuer.hash)
    return state.withLock { state in
      guard state.hasKeys else { return state.askedAt == nil ? nil : .local() }
      return hash.flatMap { state.entries[$0]?.caller }
    }
  }

  /// The caller that a secret stands for, or nil.
  func caller(secret: String) async throws(StoreError) -> Caller? {
    let hash = KeyIssuer.hash(secret)
    let now = uptime()
    if let entry = state.withLock({ $0.entries[hash] }), now - entry.readAt < Self.maxAge { return entry.caller }
    let record = try await store.key(hash: hash)
    let caller = record.flatMap { record in
      record.revokedAt == nil
        ? Caller(name: record.name, id: record.id, role: record.role, restaurants: Set(record.restaurants)) : nil
    }
    state.withLock { state in
      if state.entries.count >= Self.capacity { state.entries.removeAll(keepingCapacity: true) }
      state.entries[hash] = Entry(caller: caller, readAt: now)
    }
    return caller
  }
}
