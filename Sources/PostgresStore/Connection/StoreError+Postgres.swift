import AssignmentStore
import BookingDomain
import PostgresClient

/// Codes that this schema's own functions and triggers raise; the message carries what is refused, never data of guests.
enum Refusal: String {
  case staleVersion = "HW001"
  case leaseLost = "HW002"
  case flagsChanged = "HW003"
  case noPermit = "HW004"
  case pacingExceeded = "HW005"
  case staleRestaurant = "HW006"
  case holdExpired = "HW007"
  case tooManyHolds = "HW008"
  case idempotencyConflict = "HW009"
  case exists = "HW010"
  case staleRollout = "HW011"
  case staleDayPlan = "HW012"
  /// A trigger, or a unit that does not add up.
  case defect = "HW100"

  func error(_ what: String) -> StoreError {
    switch self {
    case .staleVersion: .staleVersion(.init(rawValue: what))
    case .leaseLost: .leaseLost(what)
    case .flagsChanged: .flagsChanged
    case .noPermit: .noPermit(.init(rawValue: what))
    case .pacingExceeded: .pacingExceeded
    case .staleRestaurant: .staleRestaurant(.init(rawValue: what))
    case .holdExpired: .holdExpired(what)
    case .tooManyHolds: .tooManyHolds(limit: Int(what) ?? 0)
    case .idempotencyConflict: .idempotencyConflict
    case .exists: .constraint(what)
    case .staleRollout: .staleRollout
    case .staleDayPlan: .staleDayPlan(what)
    case .defect: .invalid(what)
    }
  }
}

extension StoreError {
  /// What a database error means to the code above; its text names constraints, never data.
  init(_ error: PostgresError) {
    switch error.kind {
    case .server(let message):
      self = Refusal(rawValue: message.sqlState)?.error(message.message) ?? StoreError(message)
    case .connection(let what): self = .unavailable(what)
    case .timeout: self = .unavailable("the database took too long")
    case .cancelled: self = .unavailable("cancelled")
    case .poolExhausted: self = .unavailable("all connections are busy")
    case .closed: self = .unavailable("the database is closed")
    }
  }

  private init(_ message: ServerMessage) {
    switch message.sqlState.prefix(2) {
    case "23":
      let isKey = message.sqlState == "23505" || message.sqlState == "23503"
      let what = message.constraint.map { "constraint \($0)" } ?? "constraint of kind \(message.sqlState)"
      self = isKey ? .constraint(what) : .invalid(what)
    case "08", "25", "28", "3D", "40", "53", "54", "55", "57", "58", "F0", "XX":
      self = .unavailable("PostgreSQL \(message.sqlState)")
    default: self = .invalid("PostgreSQL \(message.sqlState)")
    }
  }
}

extension PostgresError {
  /// Whether an exclusion constraint refused a claim, or two transactions waited for each other over one.
  var isClaimConflict: Bool { sqlState == "23P01" || isDeadlock }
  var isDeadlock: Bool { sqlState == "40P01" }
  /// Whether the same again may succeed at once: deadlock, serialization failure, a lock that was waited for too long.
  var isWorthRepeating: Bool { isDeadlock || sqlState == "40001" || sqlState == "55P03" }
}
