import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird
import Logging

/// A desk's refusal, with the restaurant whose clock its times are told by.
struct Refused: Error {
  var error: DeskError
  var calendar: RestaurantCalendar
}

/// Turns whatever a handler throws into a problem.
struct ProblemRenderer: Sendable {
  let calendars: CalendarCache

  func problem(for error: any Error, logger: Logger) async -> ProblemError {
    switch error {
    case let error as ProblemError: return error
    case let refused as Refused: return problem(refused.error, refused.calendar)
    case let error as DeskError: return await problem(error)
    case let error as StoreError: return problem(error, logger)
    case let error as HTTPError where error.status.code < 500: return transport(error)
    default:
      // The type only: a description may hold what a guest has sent.
      logger.tell(error, "unexpected", source: "http")
      return ProblemError(500, "internal_error", "Something is broken here", "it has been logged")
    }
  }

  private func problem(_ error: DeskError) async -> ProblemError {
    var calendar: RestaurantCalendar?
    if case .stale(let booking) = error { calendar = try? await calendars.calendar(of: booking.restaurantID) }
    return problem(error, calendar ?? CalendarCache.utc)
  }

  private func problem(_ error: StoreError, _ logger: Logger) -> ProblemError {
    switch error {
    case .unavailable:
      logger.tell(error, "storage", source: "http")
      return .unavailable(retryAfter: .seconds(1))
    case .idempotencyConflict, .staleVersion, .claimConflict, .staleRestaurant, .staleDayPlan, .constraint:
      return ProblemError(409, error.code, "Changed meanwhile", "another request was quicker; try again")
    default:
      logger.tell(error, "storage", source: "http")
      return ProblemError(500, "internal_error", "Something is broken here", "it has been logged")
    }
  }

  /// What the library below refuses: too large a body, a malformed request.
  private func transport(_ error: HTTPError) -> ProblemError {
    switch error.status {
    case .contentTooLarge: .tooLarge(limit: nil)
    case .notFound: ProblemError(404, "not_found", "Not found", "there is nothing at this path")
    default: ProblemError(error.status.code, "bad_request", "The request cannot be read")
    }
  }
}

extension ProblemError {
  static func unavailable(
    _ code: String = "storage_unavailable", _ title: String = "Storage cannot be reached", retryAfter: Duration
  ) -> ProblemError {
    let seconds = max(1, Int((retryAfter.inMilliseconds / 1_000).rounded(.up)))
    var error = ProblemError(503, code, title, "nothing was changed; try again in \(seconds) s")
    error.problem.retryAfterSeconds = seconds
    return error
  }

  static func tooLarge(limit: Int?) -> ProblemError {
    var error = ProblemError(413, "body_too_large", "The body is too large")
    error.problem.allowed = limit.map { "at most \($0) bytes" }
    // What is still on its way is not read.
    error.headers[.connection] = "close"
    return error
  }
}
