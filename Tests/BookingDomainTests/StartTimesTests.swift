import BookingDomain
import Testing

struct StartTimesTests {
  private func clocks(_ restaurant: Restaurant, _ date: String, party: Int) throws -> [String] {
    CapacityVerifier(restaurant: restaurant).startTimes(on: try TestData.date(date), party: party, byHost: false)
      .map { "\(restaurant.calendar.clockTime($0.start)) \($0.service)" }
  }

  @Test func startTimes_ofAnEvening_endWhereTheTurnStillFits() throws {
    let house = try House.make(services: [try House.service("Dinner", "20:00", "22:00")], interval: 30)
    #expect(try clocks(house, "2026-12-04", party: 2) == ["20:00 Dinner", "20:30 Dinner", "21:00 Dinner"])
    #expect(try clocks(house, "2026-12-04", party: 4) == ["20:00 Dinner", "20:30 Dinner"])
    #expect(try clocks(house, "2026-12-04", party: 9).isEmpty)
  }

  @Test func startTimes_ofACalendarDate_beginWithTheEveningBefore() throws {
    let house = try House.make(
      close: "03:00", services: [try House.service("Late", "22:00", "02:00", days: [.fri])], interval: 60)
    #expect(try clocks(house, "2026-12-04", party: 2) == ["22:00 Late", "23:00 Late"])
    #expect(try clocks(house, "2026-12-05", party: 2) == ["00:00 Late", "01:00 Late"])
    let slots = CapacityVerifier(restaurant: house).slots(on: try TestData.date("2026-12-05"), party: 2, byHost: false)
    #expect(Set(slots.map(\.serviceDate)) == [try TestData.date("2026-12-04")])
  }

  @Test func slots_ofANamedService_areItsOwn() throws {
    let house = try House.make(
      services: [try House.service("Lunch", "12:00", "14:00"), try House.service("Drinks", "12:00", "15:00")],
      interval: 60)
    let verifier = CapacityVerifier(restaurant: house)
    let date = try TestData.date("2026-12-04")
    #expect(verifier.slots(on: date, party: 2, byHost: false).map(\.service) == ["Lunch", "Lunch", "Drinks"])
    let drinks = verifier.slots(on: date, party: 2, byHost: false, service: "Drinks", durationMinutes: 120)
    #expect(drinks.map(\.service) == ["Drinks", "Drinks"])
  }

  @Test(arguments: ["2026-12-04", "2026-12-06", "2026-03-29", "2026-10-25"])
  func startTimes_ofTheWhiteHorse_areExactlyTheMinutesThatTheRulesAllow(date: String) throws {
    let restaurant = try TestData.whiteHorse()
    let verifier = CapacityVerifier(restaurant: restaurant)
    let day = restaurant.calendar.day(try TestData.date(date))
    var expected: [Timestamp] = []
    var time = day.start
    while time < day.end {
      if (try? verifier.slot(for: CapacityRequest(party: 4, start: time))) != nil { expected.append(time) }
      time = time.adding(minutes: 1)
    }
    #expect(verifier.startTimes(on: try TestData.date(date), party: 4, byHost: false).map(\.start) == expected)
    #expect(!expected.isEmpty)
  }
}
