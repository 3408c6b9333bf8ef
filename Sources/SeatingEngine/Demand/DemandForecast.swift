public import BookingDomain

/// What a restaurant expects of its services: the house's own `demand`, else a built-in prior.
public struct DemandForecast: Sendable, Hashable {
  /// One service on one date.
  public struct Expectation: Sendable, Hashable {
    /// Parties expected in all, those already booked among them.
    public let parties: Double
    /// Share of the parties by size; sums to about 1.
    public let partySizes: [Int: Double]

    public init(parties: Double, partySizes: [Int: Double]) {
      self.parties = parties
      self.partySizes = partySizes
    }
  }

  private let demand: [DemandExpectation]
  /// Names of the services of kind `lunch`.
  private let lunches: Set<String>
  private let tableCount: Int

  public init(restaurant: Restaurant) {
    demand = restaurant.demand
    let periods = restaurant.servicePeriods + restaurant.exceptions.flatMap { $0.servicePeriods ?? [] }
    lunches = Set(periods.filter { $0.kind == "lunch" }.map(\.name))
    tableCount = restaurant.floor.tables.count(where: \.isActive)
  }

  /// The first entry of the file that names the service and the weekday; else the prior: the `lunch` sizes for services
  /// of kind lunch, the `dinner` sizes for others and where there is no service, one party per table.
  public func expectation(service: String?, on date: LocalDate) -> Expectation {
    expectation(service: service, weekday: date.weekday)
  }

  func expectation(service: String?, weekday: Weekday) -> Expectation {
    let own = demand.first { $0.service == service && $0.days.contains(weekday) }
    if let own { return Expectation(parties: Double(own.expectedParties), partySizes: own.partySizes) }
    let isLunch = service.map(lunches.contains) ?? false
    return Expectation(
      parties: Double(tableCount), partySizes: isLunch ? PartySizes.shares.lunch : PartySizes.shares.dinner)
  }
}
