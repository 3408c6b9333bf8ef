import AssignmentStore
import BookingDomain

/// Circuit breakers that people have forced.
enum BreakerCheck {
  static func examine(_ overrides: [BreakerOverride]) -> Examination {
    guard !overrides.isEmpty else { return Examination("breakers", .fine, "none is forced") }
    let list = overrides.map {
      "\($0.name) is forced \($0.position.rawValue) by \($0.actor) since \($0.at) (\($0.reason))"
    }
    let names = overrides.map(\.name).joined(separator: ", ")
    return Examination(
      "breakers", .finding, list.joined(separator: "; "),
      advice: "when the reason is gone: `headwaiter breakers auto NAME` for \(names)")
  }
}

/// Whether bookings wait longer than they should.
enum QueueCheck {
  /// A ready booking waits milliseconds; one that is older is not worked on.
  static let patience = Duration.seconds(10)

  /// - Parameter stuck: bookings past their state's deadline.
  static func examine(_ depth: QueueDepth, stuck: Int) -> Examination {
    let detail =
      "\(depth.ready) ready, \(depth.running) in work, \(depth.parked) wait for a permit, \(depth.waiting) for their time"
    if stuck > 0 {
      return Examination(
        "queue", .finding, "\(stuck) \(stuck == 1 ? "booking is" : "bookings are") past the deadline; \(detail)",
        advice:
          "`headwaiter events --booking ID` tells why; the rescuer gives them to people within seconds while an instance works"
      )
    }
    if let oldest = depth.oldestReady, oldest > patience {
      return Examination(
        "queue", .finding, "the oldest ready booking waits for \(oldest.components.seconds) s; \(detail)",
        advice: "is an instance working (`headwaiter instances`), is storage slow, is --concurrency too low")
    }
    return Examination("queue", .fine, detail)
  }
}

/// Whether this machine knows the world's time zones.
enum TimeZoneCheck {
  static func examine() -> Examination {
    // In May 2026, when London has summer time.
    let summer = Timestamp(seconds: 1_780_000_000)
    guard let london = RestaurantCalendar(identifier: "Europe/London"),
      RestaurantCalendar(identifier: "America/New_York") != nil, RestaurantCalendar(identifier: "Asia/Kolkata") != nil
    else {
      return Examination(
        "time zones", .critical, "this machine has no data of time zones", advice: "install the package tzdata")
    }
    guard london.offsetSeconds(at: summer) == 3_600 else {
      return Examination(
        "time zones", .finding, "this machine's data of time zones has no summer time for London in 2026",
        advice: "update the package tzdata")
    }
    return Examination("time zones", .fine, "there, with summer time")
  }
}
