public import AssignmentStore
public import BookingDomain
public import Rollout

/// Who asks for a change; recorded with every write.
public struct Caller: Sendable, Hashable {
  /// Name of the API key, or `open` where no key is needed.
  public var name: String
  /// Id of the API key, or `open`; holds and idempotency keys count against it.
  public var id: String
  public var role: Role
  /// Restaurants that the caller may see; empty means all.
  public var restaurants: Set<RestaurantID>

  public init(name: String, id: String, role: Role, restaurants: Set<RestaurantID> = []) {
    self.name = name
    self.id = id
    self.role = role
    self.restaurants = restaurants
  }

  /// Someone on the machine itself: the command line, or an open server on loopback.
  public static func local(_ name: String = "open") -> Caller { Caller(name: name, id: "open", role: .admin) }

  public func maySee(_ restaurant: RestaurantID) -> Bool { restaurants.isEmpty || restaurants.contains(restaurant) }
}

/// What a change carries besides its content.
public struct ChangeRequest: Sendable {
  public var caller: Caller
  /// The version that the caller has seen (`If-Match`); nil takes whatever is there.
  public var expectedVersion: Int?
  /// Committed with the change.
  public var idempotency: IdempotencyRecord?
  /// What a booking that it makes belongs to; a new trace unless set.
  public var trace: TraceID?

  public init(
    caller: Caller, expectedVersion: Int? = nil, idempotency: IdempotencyRecord? = nil, trace: TraceID? = nil
  ) {
    self.caller = caller
    self.expectedVersion = expectedVersion
    self.idempotency = idempotency
    self.trace = trace
  }
}

/// Why a desk refuses. Each case has a stable code; descriptions carry no personal data.
public enum DeskError: Error, Sendable {
  /// 404: there is no such thing, or the caller may not see it.
  case notFound(kind: String, id: String)
  /// 422: a field that cannot be taken.
  case invalid(field: String, message: String, allowed: String)
  /// 422: the capacity checks failed.
  case rejected(CapacityRejection)
  /// 409: no table, with times that would work.
  case noTable(alternatives: [AvailableTime])
  /// 409: the wanted table is taken in that window.
  case tableTaken(TableNumber)
  /// 409: these tables cannot seat the party.
  case unsuitableTables(code: String, message: String)
  /// 409: the hold ran out.
  case holdExpired(String)
  /// 429: too many live holds.
  case tooManyHolds(limit: Int)
  /// 412: the booking has changed; the present one.
  case stale(Booking)
  /// 412: the restaurant has changed; its revision now.
  case staleRestaurant(revision: Int)
  /// 412: the rollout has changed; its revision now.
  case staleRollout(revision: Int)
  /// 403, 409 or 422: the rollout does not do what it was asked.
  case rollout(RolloutRefusal)
  /// 403: the caller's role may not.
  case forbidden(Role, allowed: Set<Role>)
  /// 409: the state machine does not allow it.
  case transition(TransitionError)
  /// 409: the status does not allow it.
  case status(StatusError)
  /// 409: there is nothing to undo, or no longer.
  case nothingToUndo(String)
  /// 409: a day's plan cannot be applied or undone.
  case dayPlan(DayPlanRefusal)
  /// 409: the change touches these bookings.
  case affected([BookingID])
  /// 409: the same idempotency key was committed by another request meanwhile.
  case idempotencyConflict
  /// 503: storage cannot be reached; worth trying again after this time.
  case unavailable(retryAfter: Duration)
  /// 503: a person paused the restaurant, and this one takes whom it can seat at once.
  case restaurantPaused
  /// 503: the planner hangs or fails; worth trying again after this time.
  case plannerUnavailable(retryAfter: Duration)

  /// Stable, snake_case; the last part of a problem's `type`.
  public var code: String {
    switch self {
    case .notFound: "not_found"
    case .invalid: "invalid_field"
    case .rejected(let rejection): rejection.rawValue
    case .noTable: "no_table"
    case .tableTaken: "table_taken"
    case .unsuitableTables(let code, _): code
    case .holdExpired: "hold_expired"
    case .tooManyHolds: "too_many_holds"
    case .stale, .staleRestaurant, .staleRollout: "stale_version"
    case .rollout(let refusal): refusal.code
    case .forbidden: "forbidden"
    case .transition: "transition_not_allowed"
    case .status: "status_not_allowed"
    case .nothingToUndo: "nothing_to_undo"
    case .dayPlan(let refusal): refusal.code
    case .affected: "bookings_affected"
    case .idempotencyConflict: "idempotency_conflict"
    case .unavailable: "storage_unavailable"
    case .restaurantPaused: "restaurant_paused"
    case .plannerUnavailable: "planner_unavailable"
    }
  }
}
