public import AssignmentStore
public import BookingDomain

/// Deletes what has been kept long enough: in small batches, each a transaction of its own, with a breath in between, so
/// that bookings need not wait for it.
public struct RetentionSweep: Sendable {
  /// Rows of one transaction.
  public static let batch = 1_000

  /// What a sweep is to delete: of each kind, what is older than a time.
  public struct Plan: Sendable, Hashable {
    public var cutoffs: [PrunedKind: Timestamp]

    /// - Parameter now: by the database's clock.
    public init(_ retention: Retention, of kinds: [PrunedKind] = PrunedKind.allCases, now: Timestamp) {
      cutoffs = Dictionary(uniqueKeysWithValues: kinds.map { ($0, now.adding(.zero - retention[$0])) })
    }

    var steps: [(kind: PrunedKind, before: Timestamp)] {
      PrunedKind.allCases.compactMap { kind in cutoffs[kind].map { (kind, $0) } }
    }
  }

  /// How many of each kind.
  public typealias Tally = [PrunedKind: Int]

  private let store: any MaintenanceStore
  private let breath: Duration

  /// - Parameter breath: between two transactions; 20 milliseconds unless set.
  public init(store: any MaintenanceStore, breath: Duration = .milliseconds(20)) {
    self.store = store
    self.breath = breath
  }

  /// How many rows a sweep would delete.
  public func count(_ plan: Plan) async throws -> Tally {
    var tally = Tally()
    for step in plan.steps { tally[step.kind] = try await store.prunable(step.kind, before: step.before) }
    return tally
  }

  /// Ends early when its task is cancelled; what is deleted by then stays deleted.
  /// - Parameter progress: told after each batch.
  /// - Returns: what was deleted.
  @discardableResult
  public func run(_ plan: Plan, progress: @Sendable (Tally) -> Void = { _ in }) async throws -> Tally {
    var tally = Tally()
    for step in plan.steps {
      tally[step.kind] = 0
      var count = RetentionSweep.batch
      while count >= RetentionSweep.batch && !Task.isCancelled {
        count = try await store.prune(step.kind, before: step.before, limit: RetentionSweep.batch)
        tally[step.kind, default: 0] += count
        progress(tally)
        if count > 0, breath > .zero { try? await Task.sleep(for: breath) }
      }
    }
    return tally
  }
}
