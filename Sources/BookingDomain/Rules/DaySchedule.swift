/// What happens on one service date, as windows of real time: the opening hours and services that *begin* on it, however
/// far they run past midnight. A closed date has neither; what began the evening before goes on all the same.
struct DaySchedule: Sendable {
  /// A service period on this date.
  struct Service: Sendable {
    var period: ServicePeriod
    /// Place in the list that it comes from.
    var order: Int
    var window: TimeWindow
  }

  let date: LocalDate
  let opening: [TimeWindow]
  /// In file order.
  let services: [Service]
  /// Whether `services` are the exception's own, whose order says nothing about those of other dates.
  let hasOwnServices: Bool

  init(restaurant: Restaurant, date: LocalDate) {
    self.date = date
    let exception = restaurant.exceptions.first(where: { $0.date == date })
    hasOwnServices = exception?.servicePeriods != nil
    guard exception?.closed != true else {
      opening = []
      services = []
      return
    }
    let weekday = date.weekday
    let calendar = restaurant.calendar
    let hours = exception?.hours.map { [$0] } ?? restaurant.openingHours.filter { $0.days.contains(weekday) }
    opening = hours.map { Self.window(calendar, date, from: $0.open, to: $0.close) }
    let periods = exception?.servicePeriods ?? restaurant.servicePeriods
    services = periods.enumerated().filter { $1.days.contains(weekday) }.map { order, period in
      Service(
        period: period, order: order, window: Self.window(calendar, date, from: period.start, to: period.end))
    }
  }

  func isOpen(at time: Timestamp) -> Bool { opening.contains(where: { $0.contains(time) }) }

  /// The first service in file order that contains `time`, and that has `name` unless that is nil.
  func service(at time: Timestamp, named name: String?) -> Service? {
    services.first(where: { $0.window.contains(time) && (name == nil || $0.period.name == name) })
  }

  /// An end at or before the start is the next day's.
  private static func window(
    _ calendar: RestaurantCalendar, _ date: LocalDate, from start: LocalTime, to end: LocalTime
  ) -> TimeWindow {
    let lastMinute = end <= start ? end.minuteOfDay + 1440 : end.minuteOfDay
    return TimeWindow(
      start: calendar.timestamp(date: date, minute: start.minuteOfDay),
      end: calendar.timestamp(date: date, minute: lastMinute))
  }
}

/// The schedules that can cover a moment: those of its calendar date and of the date before, whose evening may run on.
struct ScheduleSpan: Sendable {
  let before: DaySchedule
  let day: DaySchedule

  init(restaurant: Restaurant, date: LocalDate) {
    before = DaySchedule(restaurant: restaurant, date: date.adding(days: -1))
    day = DaySchedule(restaurant: restaurant, date: date)
  }

  func isOpen(at time: Timestamp) -> Bool { before.isOpen(at: time) || day.isOpen(at: time) }

  /// The first service in file order, and of one service the one that began earlier, that contains `time`.
  /// - Parameter name: restricts the search to services of this name.
  func service(at time: Timestamp, named name: String?) -> (date: LocalDate, service: DaySchedule.Service)? {
    let evening = before.service(at: time, named: name)
    let today = day.service(at: time, named: name)
    guard let evening else { return today.map { (day.date, $0) } }
    guard let today else { return (before.date, evening) }
    // An exception's own services have no order among the weekly ones: then the evening that runs on comes first.
    let comparable = !before.hasOwnServices && !day.hasOwnServices
    return comparable && today.order < evening.order ? (day.date, today) : (before.date, evening)
  }
}
