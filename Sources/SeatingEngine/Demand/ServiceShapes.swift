import BookingDomain

/// The shapes of all services of a restaurant, prepared once.
struct ServiceShapes: Sendable {
  private struct Key: Sendable, Hashable {
    var service: String
    var weekday: Weekday
    /// Set where the date has service periods of its own.
    var date: LocalDate?
  }

  private let shapes: [Key: ServiceShape]
  private let none: [ServiceShape]
  private let exceptionDates: Set<LocalDate>

  init(floor: CompiledFloor, demand: DemandForecast) {
    var shapes: [Key: ServiceShape] = [:]
    func add(_ period: ServicePeriod, weekday: Weekday, date: LocalDate?) {
      let expectation = demand.expectation(service: period.name, weekday: weekday)
      let key = Key(service: period.name, weekday: weekday, date: date)
      if shapes[key] == nil { shapes[key] = ServiceShape(floor: floor, period: period, expectation: expectation) }
    }
    let exceptions = floor.restaurant.exceptions.filter { $0.servicePeriods != nil }
    for exception in exceptions {
      for period in exception.servicePeriods ?? [] {
        add(period, weekday: exception.date.weekday, date: exception.date)
      }
    }
    for period in floor.restaurant.servicePeriods {
      for weekday in period.days { add(period, weekday: weekday, date: nil) }
    }
    self.shapes = shapes
    exceptionDates = Set(exceptions.map(\.date))
    none = Weekday.allCases.map { weekday in
      ServiceShape(
        floor: floor, period: nil, expectation: demand.expectation(service: nil, weekday: weekday))
    }
  }

  /// The shape of a slot's service; the prior's where there is no service, or none of that name.
  func shape(of slot: ServiceSlot) -> ServiceShape {
    let weekday = slot.serviceDate.weekday
    guard let service = slot.service else { return none[weekday.rawValue] }
    let date = exceptionDates.contains(slot.serviceDate) ? slot.serviceDate : nil
    return shapes[Key(service: service, weekday: weekday, date: date)] ?? none[weekday.rawValue]
  }
}
