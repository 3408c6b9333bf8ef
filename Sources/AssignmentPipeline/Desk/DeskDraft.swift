import AssignmentStore
import BookingDomain

/// A change on its way into one transaction.
struct DeskDraft: Sendable {
  var unit: WriteUnit
  var mutations: [BookingMutation] = []
  /// Whose events are written; nil for a person's change.
  var flow: AssignmentFlow?
  /// What a planner did on the way, to be counted once it is stored.
  var steps: [TryStep] = []
  /// What the change makes or changes, for replays of the request.
  var resource: String
  /// Tables were chosen by a planner: when one of them is taken meanwhile, it is asked again.
  var replans = false

  init(_ label: String, resource: String) {
    unit = WriteUnit(label: label)
    self.resource = resource
  }

  init(_ label: String, _ mutation: BookingMutation) {
    self.init(label, resource: mutation.booking.id.rawValue)
    mutations = [mutation]
  }

  /// The booking's claims become those of its present tables in its block window.
  mutating func reclaim(_ booking: Booking) {
    unit.releases.append(.allocations(booking.id))
    unit.claims += Claim.allocations(of: booking, window: booking.slot.block)
  }
}

extension ChangeContext {
  /// The step from `assigned` to `confirmed` is the pipeline's, also within a person's change.
  var confirming: ChangeContext {
    var context = self
    context.actor = .pipeline
    return context
  }
}

extension BookingMutation {
  /// ``transition(to:cause:reason:metadata:context:)`` with the desks' error.
  mutating func go(
    to state: AssignmentState, cause: TransitionCause, reason: OutcomeReason? = nil, metadata: [String: String] = [:],
    by context: ChangeContext
  ) throws(DeskError) {
    do {
      try transition(to: state, cause: cause, reason: reason, metadata: metadata, context: context)
    } catch { throw .transition(error) }
  }

  /// ``changeStatus(to:cause:metadata:context:)`` with the desks' error.
  mutating func become(
    _ status: BookingStatus, cause: String, metadata: [String: String] = [:], by context: ChangeContext
  ) throws(DeskError) {
    do { try changeStatus(to: status, cause: cause, metadata: metadata, context: context) } catch {
      throw .status(error)
    }
  }

  /// `→ assigned → confirmed` with the tables that the booking has by now.
  mutating func confirmTables(
    cause: TransitionCause, reason: OutcomeReason?, metadata: [String: String] = [:], by context: ChangeContext
  ) throws(DeskError) {
    let told = metadata.merging(booking.tableMetadata) { given, _ in given }
    try go(to: .assigned, cause: cause, reason: reason, metadata: told, by: context)
    try go(to: .confirmed, cause: .confirm, by: context.confirming)
  }
}

extension Booking {
  /// For history rows: which tables, and who chose them.
  var tableMetadata: [String: String] {
    var metadata = ["tables": tables.map(\.rawValue).joined(separator: "+")]
    if let strategy { metadata["strategy"] = strategy.rawValue }
    return metadata
  }

  /// Whether extra chairs are allowed to it: a host booked it, or a person chose its table.
  var mayUseExtraChairs: Bool { origin.isHost || strategy == .manual }
}
