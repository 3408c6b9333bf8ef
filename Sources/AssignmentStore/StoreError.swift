public import BookingDomain

/// What a store refuses or cannot do. Carries no personal data.
public enum StoreError: Error, Sendable, Hashable {
  /// The row is no longer at the version that was read.
  case staleVersion(BookingID)
  /// The lease was taken over; its old owner may write nothing.
  case leaseLost(String)
  /// The flags changed since the try began.
  case flagsChanged
  /// None of the restaurant's permits is free.
  case noPermit(RestaurantID)
  /// The pacing interval has no room left.
  case pacingExceeded
  /// A table is already taken in an overlapping window.
  case claimConflict(ClaimConflict)
  /// A hold ran out before it was confirmed.
  case holdExpired(String)
  /// More holds than a caller may have.
  case tooManyHolds(limit: Int)
  /// The same idempotency key was committed by another request meanwhile.
  case idempotencyConflict
  /// The restaurant was changed meanwhile.
  case staleRestaurant(RestaurantID)
  /// The rollout was changed meanwhile.
  case staleRollout
  /// The day's plan was applied, undone or replaced meanwhile.
  case staleDayPlan(String)
  /// A row that is already there, or one that another row needs.
  case constraint(String)
  /// The database cannot be reached, is full, locked or broken; worth trying again.
  case unavailable(String)
  /// A defect: the database refused something that the code above should not have tried.
  case invalid(String)

  /// Stable code for logs and metrics.
  public var code: String {
    switch self {
    case .staleVersion: "version_conflict"
    case .leaseLost: "lock_lost"
    case .flagsChanged: "flags_changed"
    case .noPermit: "rate_limited"
    case .pacingExceeded: "pacing_exceeded"
    case .claimConflict: "hold_conflict"
    case .holdExpired: "hold_expired"
    case .tooManyHolds: "too_many_holds"
    case .idempotencyConflict: "idempotency_conflict"
    case .staleRestaurant: "stale_restaurant"
    case .staleRollout: "stale_rollout"
    case .staleDayPlan: "stale_day_plan"
    case .constraint: "constraint"
    case .unavailable: "storage_unavailable"
    case .invalid: "storage_invalid"
    }
  }

  /// Whether storage itself is sick; everything else is an answer.
  public var isStorageFailure: Bool {
    switch self {
    case .unavailable, .invalid: true
    default: false
    }
  }
}

extension StoreError: LoudError {
  /// What a race or a rule refuses is an answer. Storage that is away comes back; what it refuses for good is a defect.
  public var loudness: ObservabilityEvent.Severity {
    switch self {
    case .staleVersion, .flagsChanged, .noPermit, .pacingExceeded, .claimConflict, .holdExpired, .tooManyHolds,
      .idempotencyConflict, .staleRestaurant, .staleRollout, .staleDayPlan:
      .debug
    case .leaseLost: .info
    case .constraint, .unavailable: .warning
    case .invalid: .error
    }
  }
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .staleVersion(let id): "booking \(id) has changed meanwhile"
    case .leaseLost(let name): "lease \(name) was taken over"
    case .flagsChanged: "the flags have changed meanwhile"
    case .noPermit(let id): "no permit of restaurant \(id) is free"
    case .pacingExceeded: "the pacing interval has no room left"
    case .claimConflict(let conflict): "table \(conflict.table) is taken in that window"
    case .holdExpired(let id): "hold \(id) has expired"
    case .tooManyHolds(let limit): "a caller may have \(limit) holds at once"
    case .idempotencyConflict: "the idempotency key was used meanwhile"
    case .staleRestaurant(let id): "restaurant \(id) has changed meanwhile"
    case .staleRollout: "the rollout has changed meanwhile"
    case .staleDayPlan(let id): "day plan \(id) has changed meanwhile"
    case .constraint(let what): "refused by the database: \(what)"
    case .unavailable(let what): "storage is unavailable: \(what)"
    case .invalid(let what): "storage refused the statement: \(what)"
    }
  }
}

/// Which claim was in the way.
public struct ClaimConflict: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var table: TableNumber
  public var window: TimeWindow

  public init(restaurantID: RestaurantID, table: TableNumber, window: TimeWindow) {
    self.restaurantID = restaurantID
    self.table = table
    self.window = window
  }
}
