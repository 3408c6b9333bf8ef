extension CapacityVerifier {
  /// Every start on the grid of a calendar date that opening hours, service and turn allow, with its service; those after
  /// midnight belong to the service that began the evening before.
  public func startTimes(on date: LocalDate, party: Int, byHost: Bool) -> [(start: Timestamp, service: String)] {
    slots(on: date, party: party, byHost: byHost).map { ($0.dining.start, $0.service ?? "") }
  }

  /// The slots of ``startTimes(on:party:byHost:)``, ascending.
  /// - Parameters:
  ///   - service: only this one, also where another comes before it in the file; nil is the first that contains a start.
  ///   - durationMinutes: overrides the turn band.
  public func slots(
    on date: LocalDate, party: Int, byHost: Bool, service: String? = nil, durationMinutes: Int? = nil
  ) -> [ServiceSlot] {
    let span = ScheduleSpan(restaurant: restaurant, date: date)
    return gridTimes(of: date).compactMap { start in
      let request = CapacityRequest(
        party: party, start: start, service: service, durationMinutes: durationMinutes, byHost: byHost)
      return try? slot(for: request, in: span)
    }
  }

  /// The moments of a date at which the wall clock shows a whole step of the booking interval: none within a
  /// daylight-saving gap, both of those that occur twice.
  func gridTimes(of date: LocalDate) -> [Timestamp] {
    let calendar = restaurant.calendar
    let minutes = stride(from: 0, to: 1440, by: restaurant.bookingIntervalMinutes)
    let repeated = calendar.day(date).length - .seconds(86_400)
    var times: [Timestamp] = []
    for minute in minutes {
      let first = calendar.timestamp(date: date, minute: minute)
      let candidates = repeated > .zero ? [first, first.adding(repeated)] : [first]
      times += candidates.filter { calendar.local($0) == (date, minute) }
    }
    return times.sorted()
  }
}
