/// How guests spread over a day: which services they prefer, when they like to start, and how long before they book.
///
/// An assumption that follows how restaurants describe their evenings: lunch peaks at 12:45, dinner at 19:00, and drinks are
/// an occasional choice beside them. Only plain arithmetic is used, so that every platform draws the same.
enum ArrivalShape {
  /// Share of a day's parties that choose services of a kind, before it is divided by what the day offers.
  static func share(kind: String) -> Double {
    switch kind {
    case "lunch": 0.32
    case "dinner": 0.62
    case "drinks": 0.06
    default: 0.2
    }
  }

  /// How much guests like a start.
  /// - Parameter minute: minutes after the midnight before the service's evening; above 1440 past midnight.
  static func weight(kind: String, minute: Int) -> Double {
    switch kind {
    case "lunch": bell(minute, peak: 12 * 60 + 45, width: 120)
    case "dinner": bell(minute, peak: 19 * 60, width: 200)
    default: bell(minute, peak: 18 * 60, width: 480)
    }
  }

  /// A biweight bell on a low floor: some guests come at any time.
  private static func bell(_ minute: Int, peak: Int, width: Double) -> Double {
    let distance = Double(minute - peak) / width
    guard abs(distance) < 1 else { return 0.04 }
    let square = 1 - distance * distance
    return 0.04 + square * square
  }

  /// Days before the start on which guests book, with the share of those that do.
  private static let leadDays: [(days: ClosedRange<Int>, share: Double)] = [
    (0...0, 0.24), (1...1, 0.19), (2...3, 0.22), (4...7, 0.2), (8...14, 0.1), (15...30, 0.05),
  ]

  static func leadDays(_ random: inout SplitMix64) -> Int {
    let band = random.index(weights: leadDays.map(\.share)) ?? 0
    return random.whole(in: leadDays[band].days)
  }
}
