import BookingDomain
import HeadwaiterAPI

/// The services that begin on a date, and the span of time that they and the date take.
struct ServiceDay: Sendable {
  struct Service: Sendable {
    var name: String
    var kind: String
    var window: TimeWindow
  }

  let date: LocalDate
  let services: [Service]
  /// From the midnight that begins the date, or the first service, to the later of the next midnight and the last end.
  let span: TimeWindow
  private let calendar: RestaurantCalendar

  init(_ restaurant: Restaurant, date: LocalDate) {
    self.date = date
    calendar = restaurant.calendar
    services = Self.periods(of: restaurant, on: date).map { period in
      Service(name: period.name, kind: period.kind, window: Self.window(period, date, restaurant.calendar))
    }
    let day = restaurant.calendar.day(date)
    span = TimeWindow(start: day.start, end: max(day.end, services.map(\.window.end).max() ?? day.end))
  }

  var bodies: [FloorBody.ServiceBody] {
    services.map { service in
      FloorBody.ServiceBody(
        name: service.name, kind: service.kind, start: calendar.format(service.window.start),
        end: calendar.format(service.window.end))
    }
  }

  /// The date whose service is on: after midnight, that of the evening before while it lasts.
  static func current(of restaurant: Restaurant, at now: Timestamp) -> LocalDate {
    let today = restaurant.calendar.local(now).date
    let yesterday = ServiceDay(restaurant, date: today.adding(days: -1))
    return yesterday.services.contains(where: { $0.window.contains(now) }) ? yesterday.date : today
  }

  private static func periods(of restaurant: Restaurant, on date: LocalDate) -> [ServicePeriod] {
    let exception = restaurant.exceptions.first { $0.date == date }
    if exception?.closed == true { return [] }
    return (exception?.servicePeriods ?? restaurant.servicePeriods).filter { $0.days.contains(date.weekday) }
  }

  /// An end at or before the start is the next day's.
  private static func window(
    _ period: ServicePeriod, _ date: LocalDate, _ calendar: RestaurantCalendar
  ) -> TimeWindow {
    let end = period.end.minuteOfDay + (period.end <= period.start ? 1_440 : 0)
    return TimeWindow(
      start: calendar.timestamp(date: date, minute: period.start.minuteOfDay),
      end: calendar.timestamp(date: date, minute: end))
  }
}
