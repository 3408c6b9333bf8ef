import BookingDomain
import Testing

/// A test for each sentence of the rules of hours and services (product specification §1).
struct CapacityVerifierTests {
  // MARK: Opening hours and services

  @Test func slot_insideAService_hasDiningAndBlockWindows() throws {
    let house = try House.make(
      services: [try House.service("Dinner", "17:00", "22:00")],
      buffers: Buffers(beforeMinutes: 10, afterMinutes: 5))
    let start = try TestData.time("2026-12-04T19:00:00Z")
    let slot = try CapacityVerifier(restaurant: house).slot(for: CapacityRequest(party: 4, start: start))
    #expect(slot.service == "Dinner")
    #expect(slot.serviceDate == (try TestData.date("2026-12-04")))
    #expect(slot.dining == TimeWindow(start: start, end: start.adding(minutes: 90)))
    #expect(slot.block == TimeWindow(start: start.adding(minutes: -10), end: start.adding(minutes: 95)))
  }

  @Test func slot_outsideOpeningHours_isClosed() throws {
    let house = try House.make(services: [try House.service("Dinner", "10:00", "23:30")])
    #expect(try House.answer(house, "2026-12-04 11:45") == "closed")
    #expect(try House.answer(house, "2026-12-04 12:00") == "Dinner")
    // The closing time itself is outside: windows are half-open.
    #expect(try House.answer(house, "2026-12-04 23:00") == "closed")
  }

  @Test func slot_openButNoServiceRuns_isOutsideService() throws {
    let house = try House.make(services: [try House.service("Dinner", "17:00", "22:00", days: [.fri])])
    #expect(try House.answer(house, "2026-12-04 16:45") == "outside_service")
    #expect(try House.answer(house, "2026-12-04 22:00") == "outside_service")
    #expect(try House.answer(house, "2026-12-05 19:00") == "outside_service")
  }

  @Test func slot_stayThatPassesClosing_isAllowedIfTheServiceRunsOn() throws {
    let house = try House.make(close: "20:00", services: [try House.service("Dinner", "17:00", "23:00")])
    #expect(try House.answer(house, "2026-12-04 19:45", party: 4) == "Dinner")
  }

  @Test func slot_namedService_winsOverFileOrder() throws {
    let house = try House.make(services: [
      try House.service("Lunch", "12:00", "15:00"), try House.service("Drinks", "12:00", "22:00"),
    ])
    #expect(try House.answer(house, "2026-12-04 13:00") == "Lunch")
    #expect(try House.answer(house, "2026-12-04 13:00", service: "Drinks") == "Drinks")
    #expect(try House.answer(house, "2026-12-04 16:00", service: "Lunch") == "outside_service")
    #expect(try House.answer(house, "2026-12-04 16:00") == "Drinks")
    #expect(try House.answer(house, "2026-12-04 13:00", service: "Brunch") == "outside_service")
  }

  @Test func slot_firstServiceContainsTheStart_aLaterOneIsNotTried() throws {
    let house = try House.make(
      services: [try House.service("Lunch", "12:00", "15:00"), try House.service("Drinks", "12:00", "22:00")],
      lastSeating: 30)
    #expect(try House.answer(house, "2026-12-04 14:45") == "outside_service")
    #expect(try House.answer(house, "2026-12-04 14:30") == "service_overrun")
    #expect(try House.answer(house, "2026-12-04 14:45", service: "Drinks") == "Drinks")
  }

  // MARK: Ends

  @Test func slot_lastSeatingBuffer_allowsItsOwnMinute() throws {
    let house = try House.make(services: [try House.service("Dinner", "17:00", "22:00")], lastSeating: 90)
    #expect(try House.answer(house, "2026-12-04 20:30") == "Dinner")
    #expect(try House.answer(house, "2026-12-04 20:45") == "outside_service")
  }

  @Test func slot_turnPastTheEnd_isServiceOverrun_butBuffersMayPassIt() throws {
    let house = try House.make(
      services: [try House.service("Dinner", "17:00", "22:00")], buffers: Buffers(beforeMinutes: 0, afterMinutes: 15))
    #expect(try House.answer(house, "2026-12-04 21:00", party: 2) == "Dinner")
    #expect(try House.answer(house, "2026-12-04 21:00", party: 3) == "service_overrun")
    #expect(try House.answer(house, "2026-12-04 21:15", party: 2) == "service_overrun")
  }

  @Test func slot_durationOverride_replacesTheTurnBand() throws {
    let house = try House.make(services: [try House.service("Dinner", "17:00", "22:00")])
    let start = try TestData.time("2026-12-04T21:00:00Z")
    #expect(House.answer(house, CapacityRequest(party: 6, start: start, durationMinutes: 60)) == "Dinner")
    #expect(House.answer(house, CapacityRequest(party: 2, start: start, durationMinutes: 61)) == "service_overrun")
    // With minutes of its own a party needs no band.
    #expect(House.answer(house, CapacityRequest(party: 40, start: start, durationMinutes: 60)) == "Dinner")
  }

  @Test func slot_noBandReachesTheParty_isPartyTooLarge() throws {
    let house = try House.make(services: [try House.service("Dinner", "17:00", "22:00")])
    #expect(try House.answer(house, "2026-12-04 19:00", party: 6) == "Dinner")
    #expect(try House.answer(house, "2026-12-04 19:00", party: 7) == "party_too_large")
  }

  // MARK: Grid

  @Test func slot_offTheInterval_isRefusedForGuestsAlone() throws {
    let house = try House.make(services: [try House.service("Dinner", "17:00", "22:00")])
    let start = try TestData.time("2026-12-04T19:07:00Z")
    #expect(House.answer(house, CapacityRequest(party: 2, start: start)) == "off_grid")
    #expect(House.answer(house, CapacityRequest(party: 2, start: start, byHost: true)) == "Dinner")
    #expect(House.answer(house, CapacityRequest(party: 2, start: start, walkIn: true)) == "Dinner")
    let seconds = try TestData.time("2026-12-04T19:00:30Z")
    #expect(House.answer(house, CapacityRequest(party: 2, start: seconds)) == "off_grid")
  }

  @Test func slot_intervalOfFortyMinutes_countsFromMidnightNotFromTheService() throws {
    let house = try House.make(services: [try House.service("Dinner", "17:00", "22:00")], interval: 40)
    #expect(try House.answer(house, "2026-12-04 17:00") == "off_grid")
    #expect(try House.answer(house, "2026-12-04 17:20") == "Dinner")
  }

  // MARK: Past midnight

  @Test func slot_afterMidnight_belongsToTheServiceThatBeganTheEveningBefore() throws {
    let house = try House.make(close: "02:00", services: [try House.service("Late", "18:00", "01:30", days: [.fri])])
    let start = try TestData.time("2026-12-05T00:30:00Z")
    let slot = try CapacityVerifier(restaurant: house).slot(for: CapacityRequest(party: 2, start: start))
    #expect(slot.service == "Late")
    #expect(slot.serviceDate == (try TestData.date("2026-12-04")))
    #expect(try House.answer(house, "2026-12-05 00:45") == "service_overrun")
    #expect(try House.answer(house, "2026-12-05 01:30") == "outside_service")
    #expect(try House.answer(house, "2026-12-04 00:30") == "outside_service")
    #expect(try House.answer(house, "2026-12-05 02:00") == "closed")
  }

  @Test func slot_twoServicesAfterMidnight_fileOrderDecides() throws {
    let late = try House.service("Late", "18:00", "02:00")
    let night = try House.service("Night", "00:00", "04:00")
    let lateFirst = try House.make(open: "00:00", close: "24:00", services: [late, night])
    let nightFirst = try House.make(open: "00:00", close: "24:00", services: [night, late])
    #expect(try House.answer(lateFirst, "2026-12-05 00:30") == "Late")
    #expect(try House.answer(nightFirst, "2026-12-05 00:30") == "Night")
  }

  @Test func slot_closeAtOrBeforeOpen_isTheNextDay() throws {
    let services = [try House.service("All", "00:00", "24:00")]
    for (close, isOpenAtNight) in [("12:00", true), ("03:00", true), ("24:00", false), ("00:00", false)] {
      let house = try House.make(open: "12:00", close: close, services: services)
      #expect(try House.answer(house, "2026-12-04 23:00") == "All")
      #expect(try House.answer(house, "2026-12-04 01:00") == (isOpenAtNight ? "All" : "closed"))
    }
  }

  @Test func slot_serviceToTwentyFourHours_endsAtMidnight() throws {
    for end in ["24:00", "00:00"] {
      let house = try House.make(close: "00:30", services: [try House.service("Dinner", "17:00", end)])
      #expect(try House.answer(house, "2026-12-04 23:00") == "Dinner")
      #expect(try House.answer(house, "2026-12-04 23:15") == "service_overrun")
      #expect(try House.answer(house, "2026-12-05 00:00") == "outside_service")
    }
  }

  // MARK: Exceptions

  @Test func slot_closedException_closesWhatBeginsThatDay_notTheEveningBefore() throws {
    let date = try TestData.date("2026-12-25")
    let house = try House.make(
      close: "02:00", services: [try House.service("Late", "18:00", "02:00")],
      exceptions: [DayException(date: date, closed: true, hours: nil, servicePeriods: nil)])
    #expect(try House.answer(house, "2026-12-25 19:00") == "closed")
    #expect(try House.answer(house, "2026-12-25 00:30") == "Late")
    #expect(try House.answer(house, "2026-12-26 00:30") == "closed")
  }

  @Test func slot_exceptionWithHoursAlone_keepsTheWeekdaysServices() throws {
    let date = try TestData.date("2026-12-04")
    let hours = OpeningHours(days: [.fri], open: try TestData.clock("19:00"), close: try TestData.clock("21:00"))
    let house = try House.make(
      services: [try House.service("Dinner", "17:00", "22:00")],
      exceptions: [DayException(date: date, closed: false, hours: hours, servicePeriods: nil)])
    #expect(try House.answer(house, "2026-12-04 18:45") == "closed")
    #expect(try House.answer(house, "2026-12-04 19:00") == "Dinner")
    #expect(try House.answer(house, "2026-12-11 18:45") == "Dinner")
  }

  @Test func slot_exceptionWithServicesAlone_keepsTheWeekdaysHours() throws {
    let date = try TestData.date("2026-12-04")
    let house = try House.make(
      services: [try House.service("Dinner", "17:00", "22:00")],
      exceptions: [
        DayException(
          date: date, closed: false, hours: nil,
          servicePeriods: [try House.service("Feast", "10:00", "20:00", days: [.fri])])
      ])
    #expect(try House.answer(house, "2026-12-04 11:00") == "closed")
    #expect(try House.answer(house, "2026-12-04 13:00") == "Feast")
    #expect(try House.answer(house, "2026-12-04 20:30") == "outside_service")
  }

  @Test func slot_annotatedNewYear_runsUntilTwo() throws {
    let restaurant = try TestData.annotated()
    #expect(try House.answer(restaurant, "2026-12-31 16:45") == "closed")
    #expect(try House.answer(restaurant, "2026-12-31 22:00", party: 6) == "New Year")
    #expect(try House.answer(restaurant, "2026-12-31 22:15", party: 6) == "service_overrun")
    #expect(try House.answer(restaurant, "2027-01-01 01:30") == "service_overrun")
    #expect(try House.answer(restaurant, "2027-01-01 01:45") == "outside_service")
    #expect(try House.answer(restaurant, "2027-01-01 02:00") == "closed")
    #expect(try House.answer(restaurant, "2026-12-25 19:00") == "closed")
    #expect(try House.answer(restaurant, "2026-12-25 00:15") == "outside_service")
  }

  @Test func slotIgnoringHours_needsNoService_andKeepsBuffers() throws {
    let house = try House.make(services: [], buffers: Buffers(beforeMinutes: 0, afterMinutes: 5))
    let start = try TestData.time("2026-12-04T03:07:00Z")
    let slot = CapacityVerifier(restaurant: house).slotIgnoringHours(start: start, durationMinutes: 75)
    #expect(slot.service == nil)
    #expect(slot.serviceDate == (try TestData.date("2026-12-04")))
    #expect(slot.dining.end == start.adding(minutes: 75) && slot.block.end == start.adding(minutes: 80))
  }

  @Test func turnMinutesIgnoringHours_takesTheFirstBandThatReachesTheParty() throws {
    let house = try House.make(services: [try House.service("Dinner", "17:00", "22:00")])
    #expect(CapacityVerifier(restaurant: house).turnMinutesIgnoringHours(party: 3) == 90)
    #expect(CapacityVerifier(restaurant: house).turnMinutesIgnoringHours(party: 7) == nil)
  }
}
