import BookingDomain
import Testing

/// Which rule speaks first, and pacing.
struct CapacityOrderTests {
  private func house(_ pacing: Pacing? = nil) throws -> CapacityVerifier {
    CapacityVerifier(
      restaurant: try House.make(services: [try House.service("Dinner", "17:00", "22:00")], pacing: pacing))
  }

  private func answer(
    _ verifier: CapacityVerifier, _ start: String, party: Int = 2, now: String = "2026-12-01T12:00:00Z",
    load: PacingLoad = PacingLoad(), fit: PartyFit = .fits, byHost: Bool = false, walkIn: Bool = false
  ) throws -> String {
    let request = CapacityRequest(party: party, start: try TestData.time(start), byHost: byHost, walkIn: walkIn)
    let now = try TestData.time(now)
    do throws(CapacityRejection) {
      return try verifier.verify(request, now: now, load: load, fit: { _ in fit }).service ?? ""
    } catch {
      return error.rawValue
    }
  }

  @Test func verify_everythingWrong_reportsInOrder() throws {
    let verifier = try house(Pacing(intervalMinutes: 15, maxCovers: 0))
    let full = PacingLoad(covers: 9, coversOnline: 9, parties: 9)
    #expect(try answer(verifier, "2026-11-04T03:07:00Z", party: 99, load: full, fit: .tooLarge) == "in_the_past")
    #expect(try answer(verifier, "2026-12-04T03:07:00Z", party: 99, load: full, fit: .tooLarge) == "closed")
    #expect(try answer(verifier, "2026-12-04T13:07:00Z", party: 99, load: full, fit: .tooLarge) == "outside_service")
    #expect(try answer(verifier, "2026-12-04T21:07:00Z", party: 99, load: full, fit: .tooLarge) == "off_grid")
    #expect(try answer(verifier, "2026-12-04T21:45:00Z", party: 99, load: full, fit: .tooSmall) == "party_too_large")
    #expect(try answer(verifier, "2026-12-04T21:45:00Z", load: full, fit: .tooSmall) == "service_overrun")
    #expect(try answer(verifier, "2026-12-04T19:00:00Z", load: full, fit: .tooSmall) == "party_too_small")
    #expect(try answer(verifier, "2026-12-04T19:00:00Z", load: full, fit: .tooLarge) == "party_too_large")
    #expect(try answer(verifier, "2026-12-04T19:00:00Z", load: full) == "pacing_exceeded")
    #expect(try answer(house(), "2026-12-04T19:00:00Z", load: full) == "Dinner")
  }

  @Test func verify_fit_isAskedOnlyWhenTheSlotStands() throws {
    let verifier = try house()
    let request = CapacityRequest(party: 2, start: try TestData.time("2026-12-04T03:00:00Z"))
    #expect(throws: CapacityRejection.closed) {
      try verifier.verify(request, now: Timestamp(seconds: 0), load: PacingLoad()) { _ in
        Issue.record("asked")
        return .fits
      }
    }
  }

  @Test func verify_startInThisVeryMinute_isNotPast() throws {
    let verifier = try house()
    #expect(try answer(verifier, "2026-12-04T19:00:00Z", now: "2026-12-04T19:00:59Z") == "Dinner")
    #expect(try answer(verifier, "2026-12-04T19:00:00Z", now: "2026-12-04T19:01:00Z") == "in_the_past")
    #expect(
      try answer(verifier, "2026-12-04T19:07:00Z", now: "2026-12-04T19:07:40Z", walkIn: true) == "Dinner")
  }

  @Test func verify_pacing_countsCoversPartiesAndOnline() throws {
    let verifier = try house(Pacing(intervalMinutes: 15, maxCovers: 10, maxCoversOnline: 6, maxParties: 4))
    let start = "2026-12-04T19:00:00Z"
    #expect(try answer(verifier, start, load: PacingLoad(covers: 8, coversOnline: 4, parties: 3)) == "Dinner")
    #expect(try answer(verifier, start, load: PacingLoad(covers: 9, coversOnline: 0, parties: 1)) == "pacing_exceeded")
    #expect(try answer(verifier, start, load: PacingLoad(covers: 5, coversOnline: 5, parties: 1)) == "pacing_exceeded")
    #expect(try answer(verifier, start, load: PacingLoad(covers: 2, coversOnline: 2, parties: 4)) == "pacing_exceeded")
  }

  @Test func verify_pacing_holdsForHostsWithoutTheOnlineLimit_andNotForWalkIns() throws {
    let verifier = try house(Pacing(intervalMinutes: 15, maxCovers: 10, maxCoversOnline: 6, maxParties: 4))
    let start = "2026-12-04T19:00:00Z"
    let online = PacingLoad(covers: 6, coversOnline: 6, parties: 1)
    #expect(try answer(verifier, start, load: online, byHost: true) == "Dinner")
    let full = PacingLoad(covers: 10, coversOnline: 6, parties: 4)
    #expect(try answer(verifier, start, load: full, byHost: true) == "pacing_exceeded")
    #expect(try answer(verifier, start, load: full, walkIn: true) == "Dinner")
  }

  @Test func verify_missingPacingLimit_isNoLimit() throws {
    let verifier = try house(Pacing(intervalMinutes: 15, maxParties: 4))
    #expect(
      try answer(verifier, "2026-12-04T19:00:00Z", load: PacingLoad(covers: 900, coversOnline: 900, parties: 3))
        == "Dinner")
  }

  @Test func pacingInterval_countsFromLocalMidnight() throws {
    let verifier = try house(Pacing(intervalMinutes: 45))
    let window = try #require(verifier.pacingInterval(containing: try TestData.time("2026-07-04T19:10:20+01:00")))
    // 25 intervals of 45 minutes after midnight.
    #expect(window.start == (try TestData.time("2026-07-04T18:45:00+01:00")))
    #expect(window.end == (try TestData.time("2026-07-04T19:30:00+01:00")))
    #expect(try house().pacingInterval(containing: window.start) == nil)
  }

  @Test func pacingInterval_lastOfTheDay_endsAtMidnight() throws {
    let verifier = try house(Pacing(intervalMinutes: 50))
    let window = try #require(verifier.pacingInterval(containing: try TestData.time("2026-12-04T23:59:00Z")))
    #expect(window.start == (try TestData.time("2026-12-04T23:20:00Z")))
    #expect(window.end == (try TestData.time("2026-12-05T00:00:00Z")))
  }

  @Test(arguments: ["Europe/London", "Australia/Lord_Howe", "America/Sao_Paulo"], [15, 30])
  func pacingInterval_everyQuarterOfAYear_containsItsStartAndPartitionsTime(zone: String, minutes: Int) throws {
    let house = try House.make(zone: zone, services: [], pacing: Pacing(intervalMinutes: minutes))
    let verifier = CapacityVerifier(restaurant: house)
    // 2018 holds daylight saving in all three zones; a day around each change would do, a step of 7 minutes over both
    // months costs little.
    for first in ["2018-03-24T00:00:00Z", "2018-10-06T00:00:00Z", "2018-10-27T00:00:00Z", "2018-11-03T00:00:00Z"] {
      var time = try TestData.time(first)
      for _ in 0..<500 {
        let window = try #require(verifier.pacingInterval(containing: time))
        #expect(window.contains(time))
        #expect(verifier.pacingInterval(containing: window.start) == window)
        #expect(!window.contains(window.end))
        #expect(try #require(verifier.pacingInterval(containing: window.end)).start == window.end)
        time = time.adding(minutes: 7)
      }
    }
  }
}
