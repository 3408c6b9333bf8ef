import ArgumentParser
import BookingDomain

/// The beginning of a span up to now: an age such as `24h`, or a moment.
enum SinceTime: ExpressibleByArgument {
  case age(Duration)
  case moment(Timestamp)

  init?(argument: String) {
    if let moment = RFC3339.parse(argument) {
      self = .moment(moment)
      return
    }
    let seconds: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    guard let unit = argument.last.flatMap({ seconds[$0] }), let count = Int64(argument.dropLast()),
      (1...1_000_000).contains(count)
    else { return nil }
    self = .age(.seconds(count * unit))
  }

  /// - Parameter now: the present time.
  func timestamp(now: Timestamp) -> Timestamp {
    switch self {
    case .age(let duration): now.adding(.zero - duration)
    case .moment(let moment): moment
    }
  }
}
