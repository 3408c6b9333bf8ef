import ArgumentParser
import BookingDomain
import Bootstrap

/// The beginning of a span up to now: an age such as `24h`, or a moment.
enum SinceTime: ExpressibleByArgument {
  case age(Duration)
  case moment(Timestamp)

  init?(argument: String) {
    if let moment = RFC3339.parse(argument) {
      self = .moment(moment)
      return
    }
    guard let age = AgeText.parse(argument) else { return nil }
    self = .age(age)
  }

  /// - Parameter now: the present time.
  func timestamp(now: Timestamp) -> Timestamp {
    switch self {
    case .age(let duration): now.adding(.zero - duration)
    case .moment(let moment): moment
    }
  }
}
