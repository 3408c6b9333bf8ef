import BookingDomain
import Testing

/// Days on which the clock is changed. Durations are elapsed time; wall times follow the calendar.
struct CapacityDaylightSavingTests {
  private func night(_ zone: String, interval: Int = 15) throws -> Restaurant {
    try House.make(
      zone: zone, open: "18:00", close: "06:00", services: [try House.service("Night", "18:00", "05:00")],
      interval: interval)
  }

  private func slot(_ restaurant: Restaurant, _ start: String, party: Int = 2) throws -> ServiceSlot {
    try CapacityVerifier(restaurant: restaurant).slot(
      for: CapacityRequest(party: party, start: try TestData.time(start)))
  }

  @Test func slot_acrossTheGap_laststheSameElapsedTime() throws {
    let slot = try slot(try night("Europe/London"), "2026-03-29T00:30:00Z", party: 4)
    #expect(slot.dining.length == .seconds(90 * 60))
    #expect(slot.dining.end == (try TestData.time("2026-03-29T03:00:00+01:00")))
    #expect(slot.serviceDate == (try TestData.date("2026-03-28")))
  }

  @Test func slot_serviceEndOnTheDayOfTheGap_isByTheWallClock() throws {
    let london = try night("Europe/London")
    #expect(try House.answer(london, "2026-03-29 04:00") == "Night")
    #expect(try House.answer(london, "2026-03-29 04:15") == "service_overrun")
    // 05:00 summer time is 04:00 UTC.
    #expect(try slot(london, "2026-03-29T03:00:00Z").dining.end == (try TestData.time("2026-03-29T05:00:00+01:00")))
  }

  @Test func slot_bothTimesOfTheHourThatOccursTwice_areAllowed() throws {
    let london = try night("Europe/London")
    let first = try slot(london, "2026-10-25T01:30:00+01:00")
    let second = try slot(london, "2026-10-25T01:30:00+00:00")
    #expect(second.dining.start.since(first.dining.start) == .seconds(3600))
    #expect(first.serviceDate == second.serviceDate)
    #expect(first.dining.length == second.dining.length)
    #expect(!first.dining.overlaps(second.dining))
  }

  @Test func slot_serviceThatEndsInTheHourThatOccursTwice_endsAtTheFirst() throws {
    let house = try House.make(
      open: "18:00", close: "06:00", services: [try House.service("Late", "18:00", "01:30")])
    #expect(try House.answer(house, "2026-10-25 00:30") == "Late")
    let second = CapacityRequest(party: 2, start: try TestData.time("2026-10-25T01:00:00+00:00"))
    #expect(House.answer(house, second) == "outside_service")
  }

  @Test func startTimes_onTheDayOfTheGap_skipIt() throws {
    let verifier = CapacityVerifier(restaurant: try night("Europe/London"))
    let starts = verifier.startTimes(on: try TestData.date("2026-03-29"), party: 2, byHost: false).map(\.start)
    #expect(Set(starts).count == starts.count)
    let calendar = verifier.restaurant.calendar
    #expect(!starts.contains { (60..<120).contains(calendar.local($0).minute) })
    #expect(starts.contains(try TestData.time("2026-03-29T02:00:00+01:00")))
    // 00:00 to 00:45 and 02:00 to 04:00 of the night before; 18:00 to 23:45 of its own.
    #expect(starts.count == 4 + 9 + 24)
  }

  @Test func startTimes_onTheDayWithAnHourTwice_haveBoth() throws {
    let verifier = CapacityVerifier(restaurant: try night("Europe/London"))
    let starts = verifier.startTimes(on: try TestData.date("2026-10-25"), party: 2, byHost: false).map(\.start)
    #expect(starts == starts.sorted())
    #expect(starts.contains(try TestData.time("2026-10-25T01:15:00+01:00")))
    #expect(starts.contains(try TestData.time("2026-10-25T01:15:00+00:00")))
    #expect(starts.count == 17 + 4 + 24)
  }

  @Test func slot_halfAnHourOfChange_keepsTheGridOfTheWallClock() throws {
    let island = try night("Australia/Lord_Howe", interval: 60)
    // On 2026-10-04 02:00 becomes 02:30: 03:00 is on the grid though it is two and a half hours after midnight.
    #expect(try House.answer(island, "2026-10-04 03:00") == "Night")
    #expect(
      House.answer(island, CapacityRequest(party: 2, start: try TestData.time("2026-10-04T02:30:00+11:00")))
        == "off_grid")
    let starts = CapacityVerifier(restaurant: island)
      .startTimes(on: try TestData.date("2026-10-04"), party: 2, byHost: false)
    #expect(starts.map { island.calendar.clockTime($0.start) }.prefix(4) == ["00:00", "01:00", "03:00", "04:00"])
    // On 2026-04-05 02:00 becomes 01:30: 01:30 occurs twice, but not on the grid.
    let autumn = CapacityVerifier(restaurant: island)
      .startTimes(on: try TestData.date("2026-04-05"), party: 2, byHost: false)
    #expect(
      autumn.map { island.calendar.clockTime($0.start) }.prefix(5) == ["00:00", "01:00", "02:00", "03:00", "04:00"])
  }

  @Test func slot_midnightInTheGap_isTheFirstMomentOfTheDay() throws {
    let bar = try House.make(
      zone: "America/Sao_Paulo", open: "00:00", close: "24:00", services: [try House.service("All", "00:00", "24:00")])
    // On 2018-11-04 the day began at 01:00.
    let starts = CapacityVerifier(restaurant: bar)
      .startTimes(on: try TestData.date("2018-11-04"), party: 2, byHost: false)
    #expect(bar.calendar.clockTime(try #require(starts.first).start) == "01:00")
    #expect(starts.count == 23 * 4 - 3)
    #expect(try slot(bar, "2018-11-04T01:00:00-02:00").serviceDate == (try TestData.date("2018-11-04")))
  }
}
