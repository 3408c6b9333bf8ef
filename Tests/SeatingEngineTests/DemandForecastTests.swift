import BookingDomain
import SeatingEngine
import Testing

/// What is expected, from the file or the prior.
struct DemandForecastTests {
  private static func period(_ name: String, _ kind: String) -> ServicePeriod {
    ServicePeriod(
      name: name, kind: kind, days: Weekday.allCases, start: LocalTime(minuteOfDay: 1_050)!,
      end: LocalTime(minuteOfDay: 1_380)!, turnBands: [TurnBand(maxParty: 99, minutes: 90)])
  }

  private static func forecast(_ demand: [DemandExpectation] = []) -> DemandForecast {
    DemandForecast(
      restaurant: TestHouse.restaurant(
        [TestHouse.table("1", 2), TestHouse.table("2", 4), TestHouse.table("3", 4, active: false)], demand: demand,
        periods: [period("Midday", "lunch"), period("Evening", "dinner"), period("Late", "drinks")]))
  }

  @Test("the prior takes lunch sizes for services of kind lunch, dinner sizes for others and none")
  func priorSizes() {
    let lunch = Self.forecast().expectation(service: "Midday", on: TestHouse.date)
    #expect(lunch.partySizes[2] == 52.0 / 68)
    for service in ["Evening", "Late", nil] {
      #expect(Self.forecast().expectation(service: service, on: TestHouse.date).partySizes[2] == 104.0 / 176)
    }
  }

  @Test("the prior expects one party per active table and service")
  func priorParties() {
    #expect(Self.forecast().expectation(service: "Evening", on: TestHouse.date).parties == 2)
  }

  @Test("the house's own demand counts on its weekdays only")
  func ownDemand() {
    let own = DemandExpectation(
      service: "Evening", days: [TestHouse.date.weekday], expectedParties: 60, partySizes: [2: 0.5, 4: 0.5])
    let forecast = Self.forecast([own])
    #expect(forecast.expectation(service: "Evening", on: TestHouse.date).parties == 60)
    #expect(forecast.expectation(service: "Evening", on: TestHouse.date).partySizes == [2: 0.5, 4: 0.5])
    #expect(forecast.expectation(service: "Evening", on: TestHouse.date.adding(days: 1)).parties == 2)
  }

  @Test("tables that the expected parties do not want are used first")
  func wantedTables() {
    let own = DemandExpectation(
      service: "Evening", days: Weekday.allCases, expectedParties: 40, partySizes: [4: 0.9, 2: 0.1])
    let tables = [TestHouse.table("1", 4, min: 2), TestHouse.table("2", 4, min: 2, max: 3), TestHouse.table("3", 3)]
    let floor = CompiledFloor(
      restaurant: TestHouse.restaurant(tables, demand: [own], periods: [Self.period("Evening", "dinner")]))
    let question = TestHouse.question(3, service: "Evening")
    #expect(TestHouse.rank(question, floor).choices.first == ["3"])
    #expect(TestHouse.rank(question, floor, taken: [("3", 1_100, 1_200)]).choices == [["2"], ["1"]])
  }
}
