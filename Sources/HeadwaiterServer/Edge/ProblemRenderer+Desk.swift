import AssignmentPipeline
import BookingDomain
import HeadwaiterAPI
import Hummingbird

extension ProblemRenderer {
  /// A desk's refusal as a problem.
  func problem(_ error: DeskError, _ calendar: RestaurantCalendar) -> ProblemError {
    switch error {
    case .notFound(let kind, let id): .notFound(kind, id)
    case .invalid(let field, let message, let allowed): .field(pointer(field), message, allowed: allowed)
    case .rejected(let rejection):
      ProblemError(422, error.code, "The house cannot take this booking", Self.words(rejection))
    case .noTable(let times): noTable(times, calendar)
    case .stale(let booking): stale(booking, calendar)
    case .staleRestaurant(let revision): staleRestaurant(revision)
    case .staleRollout(let revision): staleRollout(revision)
    case .rollout(let refusal): rollout(refusal)
    case .forbidden(let role, let allowed): forbidden(role, allowed)
    case .transition(let refusal): transition(refusal)
    case .status(let refusal): status(refusal)
    case .affected(let ids): affected(ids)
    case .dayPlan(let refusal): dayPlan(refusal)
    case .unavailable(let delay): .unavailable(retryAfter: delay)
    case .plannerUnavailable(let delay): .unavailable(error.code, "Tables cannot be looked for", retryAfter: delay)
    case .restaurantPaused:
      .unavailable(error.code, "The restaurant is paused: no table is given out at once", retryAfter: .seconds(30))
    case .tooManyHolds(let limit): tooManyHolds(limit)
    default: conflict(error)
    }
  }

  private func pointer(_ field: String) -> String { field.hasPrefix("/") ? field : "/" + field }

  private func conflict(_ error: DeskError) -> ProblemError {
    switch error {
    case .tableTaken(let table):
      ProblemError(409, error.code, "A table is taken", "table \(table) is taken in that time")
    case .unsuitableTables(_, let message): ProblemError(409, error.code, "These tables do not do", message)
    case .holdExpired(let id): ProblemError(409, error.code, "The hold has ended", "hold \(id) ran out or was used")
    case .nothingToUndo(let why): ProblemError(409, error.code, "There is nothing to undo", why)
    default: ProblemError(409, error.code, "Changed meanwhile", "another request was quicker; try again")
    }
  }

  private func noTable(_ times: [AvailableTime], _ calendar: RestaurantCalendar) -> ProblemError {
    var error = ProblemError(409, "no_table", "No table is free", "no table or combination is free at that time")
    error.problem.alternatives = times.map { AvailableTimeBody($0, calendar: calendar) }
    return error
  }

  private func stale(_ booking: Booking, _ calendar: RestaurantCalendar) -> ProblemError {
    var error = ProblemError(
      412, "stale_version", "The booking has changed", "it is at version \(booking.version) now")
    error.problem.booking = BookingBody(booking, calendar: calendar, showsGuest: false)
    error.headers[.eTag] = EntityTag.text(booking.version)
    return error
  }

  private func staleRestaurant(_ revision: Int) -> ProblemError {
    var error = ProblemError(412, "stale_version", "The restaurant has changed", "it is at revision \(revision) now")
    error.problem.revision = revision
    error.headers[.eTag] = EntityTag.text(revision)
    return error
  }

  private func transition(_ refusal: TransitionError) -> ProblemError {
    var error = ProblemError(
      409, "transition_not_allowed", "The booking's state does not allow this", "\(refusal)")
    error.problem.transition = Problem.Refusal(
      from: refusal.from.rawValue, to: refusal.to.rawValue, allowed: refusal.allowed.map(\.rawValue))
    return error
  }

  private func status(_ refusal: StatusError) -> ProblemError {
    var error = ProblemError(409, "status_not_allowed", "The booking's status does not allow this", "\(refusal)")
    error.problem.transition = Problem.Refusal(
      from: refusal.from.rawValue, to: refusal.to.rawValue, allowed: refusal.allowed.map(\.rawValue))
    return error
  }

  private func affected(_ ids: [BookingID]) -> ProblemError {
    var error = ProblemError(409, "bookings_affected", "Bookings are in the way", "\(ids.count) bookings are affected")
    error.problem.bookingIDs = ids.prefix(1_000).map(\.rawValue)
    return error
  }

  private func dayPlan(_ refusal: DayPlanRefusal) -> ProblemError {
    var error = ProblemError(409, refusal.code, "The plan does not do any more", refusal.message)
    error.problem.bookingIDs = refusal.bookingID.map { [$0.rawValue] }
    return error
  }

  private func tooManyHolds(_ limit: Int) -> ProblemError {
    var error = ProblemError(429, "too_many_holds", "Too many holds", "a caller may have \(limit) live holds at once")
    error.problem.allowed = "\(limit)"
    return error
  }

  private static func words(_ rejection: CapacityRejection) -> String {
    switch rejection {
    case .closed: "the house is closed then"
    case .outsideService: "no service takes a start at that time"
    case .serviceOverrun: "the service ends before the party would"
    case .partyTooLarge: "no table or combination is large enough"
    case .partyTooSmall: "every table or combination asks for a larger party"
    case .pacingExceeded: "as many as the house takes start at that time"
    case .inThePast: "that time is past"
    case .offGrid: "bookings start on the house's interval only"
    }
  }
}

extension DayPlanRefusal {
  /// The booking that stands in the way.
  fileprivate var bookingID: BookingID? {
    switch self {
    case .state: nil
    case .changed(let id), .tooSoon(let id, _), .madeForChange(let id): id
    }
  }
}
