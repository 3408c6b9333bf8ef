import AssignmentStore
import BookingDomain
import SeatingEngine

extension DeskError {
  /// The only place where a store's refusal becomes a desk's.
  init(_ error: StoreError) {
    switch error {
    case .claimConflict(let conflict): self = .tableTaken(conflict.table)
    case .holdExpired(let id): self = .holdExpired(id)
    case .tooManyHolds(let limit): self = .tooManyHolds(limit: limit)
    case .pacingExceeded: self = .rejected(.pacingExceeded)
    case .idempotencyConflict: self = .idempotencyConflict
    case .constraint(let what): self = .invalid(field: "id", message: what, allowed: "an id that is not in use")
    case .staleVersion, .staleRestaurant, .staleRollout, .staleDayPlan, .flagsChanged, .leaseLost, .noPermit,
      .unavailable, .invalid:
      // The first seven after several tries: whoever changes it all the time will be done in a moment.
      self = .unavailable(retryAfter: .seconds(1))
    }
  }

  init(_ error: TableChoiceError) { self = .unsuitableTables(code: error.code, message: error.description) }

  /// A booking that is cancelled, completed or a no-show can be changed no more, but for undo.
  static func ended(_ status: BookingStatus) -> DeskError {
    .status(StatusError(from: status, to: status == .noShow ? .pending : .confirmed))
  }

  /// Whether it speaks of storage rather than of the request.
  var isStorageFailure: Bool {
    if case .unavailable = self { true } else { false }
  }
}
