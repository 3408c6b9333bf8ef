import BookingDomain
import Foundation
import Testing

struct LocalDateTests {
  @Test func init_randomDays_roundTripsThroughTextAndComponents() {
    var random = SeededGenerator(state: 1)
    for _ in 0..<2_000 {
      let date = LocalDate(daysSinceEpoch: Int.random(in: 0...2_900_000, using: &random))
      let (year, month, day) = date.components
      #expect(LocalDate(year: year, month: month, day: day) == date)
      #expect(LocalDate(date.description) == date)
      #expect(date.adding(days: 7).weekday == date.weekday)
    }
  }

  @Test func components_everyDayOfFourCenturies_followEachOther() {
    var previous = LocalDate(daysSinceEpoch: 0).components
    for days in 1...146_097 {
      let next = LocalDate(daysSinceEpoch: days).components
      let isNextDay = next.year == previous.year && next.month == previous.month && next.day == previous.day + 1
      guard isNextDay || next.day == 1 else {
        Issue.record("\(previous) is followed by \(next)")
        return
      }
      previous = next
    }
    #expect(previous == (2370, 1, 1))
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "1969-12-31", "2026-04-31", "", "2026-04-3x",
  ])
  func init_noSuchDate_isNil(text: String) { #expect(LocalDate(text) == nil) }

  @Test func weekday_knownDates_areRight() throws {
    #expect(LocalDate(daysSinceEpoch: 0).weekday == .thu)
    #expect(try TestData.date("2026-03-29").weekday == .sun)
    #expect(try TestData.date("2024-02-29").weekday == .thu)
  }
}

struct LocalTimeTests {
  @Test func init_everyMinute_roundTrips() {
    for minute in 0...1440 {
      let time = LocalTime(minuteOfDay: minute)
      #expect(time.flatMap { LocalTime($0.description) } == time)
    }
    #expect(LocalTime("24:00")?.minuteOfDay == 1440)
  }

  @Test(arguments: ["24:01", "25:00", "12:60", "1:00", "01:0", "0100", "-1:00", "12:00:00", "１２:00"])
  func init_noTime_isNil(text: String) { #expect(LocalTime(text) == nil) }
}

struct RFC3339Tests {
  @Test func format_randomTimesAndOffsets_readBackTheSame() {
    var random = SeededGenerator(state: 2)
    for _ in 0..<2_000 {
      let time = Timestamp(microseconds: Int64.random(in: 0...4_000_000_000_000_000, using: &random))
      let offset = Int.random(in: -56...56, using: &random) * 900
      #expect(RFC3339.parse(RFC3339.format(time, offsetSeconds: offset)) == time)
    }
  }

  @Test func parse_variants_areTheSameMoment() throws {
    let time = try TestData.time("2026-12-25T19:30:00Z")
    for text in ["2026-12-25T20:30:00+01:00", "2026-12-25t19:30:00z", "2026-12-25T19:30:00.000Z"] {
      #expect(RFC3339.parse(text) == time)
    }
    #expect(RFC3339.parse("2026-12-25T19:30:00.1234567Z")?.microseconds == time.microseconds + 123_456)
  }

  @Test(arguments: [
    "2026-12-25", "2026-12-25T19:30:00", "2026-12-25T19:30Z", "2026-12-25T24:00:00Z", "2026-12-25T19:30:00+1:00",
    "2026-02-30T19:30:00Z", "2026-12-25T19:30:00.Z", "2026-12-25T19:30:00ZZ", "2026-12-25 19:30:00Z",
  ])
  func parse_noTime_isNil(text: String) { #expect(RFC3339.parse(text) == nil) }

  @Test func parse_randomBytes_neverCrashes() {
    var random = SeededGenerator(state: 3)
    let seed = Array("2026-12-25T19:30:00.5+01:00".utf8)
    for _ in 0..<3_000 {
      var bytes = seed
      for _ in 0...2 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = RFC3339.parse(String(decoding: bytes.prefix(Int.random(in: 0...bytes.count, using: &random)), as: UTF8.self))
    }
  }
}

struct RestaurantCalendarTests {
  static let zones = [
    "Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC",
  ]

  @Test(arguments: zones)
  func timestamp_randomMoments_roundTripThroughTheWallClock(zone: String) throws {
    let calendar = try TestData.calendar(zone)
    var random = SeededGenerator(state: 4)
    for _ in 0..<500 {
      let time = Timestamp(seconds: Int64.random(in: 20_000_000...60_000_000, using: &random) * 60)
      let (date, minute) = calendar.local(time)
      let back = calendar.timestamp(date: date, minute: minute)
      // Equal, or the first of two moments at which the clock shows the same.
      #expect(back <= time)
      #expect(calendar.local(back) == (date, minute))
    }
  }

  @Test func timestamp_inAGap_movesForwardByTheGap() throws {
    let london = try TestData.calendar("Europe/London")
    let date = try TestData.date("2026-03-29")
    #expect(london.timestamp(date: date, minute: 90) == (try TestData.time("2026-03-29T02:30:00+01:00")))
    let lordHowe = try TestData.calendar("Australia/Lord_Howe")
    let spring = try TestData.date("2026-10-04")
    #expect(lordHowe.timestamp(date: spring, minute: 135) == (try TestData.time("2026-10-04T02:45:00+11:00")))
  }

  @Test func timestamp_thatOccursTwice_isTheFirst() throws {
    let london = try TestData.calendar("Europe/London")
    let date = try TestData.date("2026-10-25")
    #expect(london.timestamp(date: date, minute: 90) == (try TestData.time("2026-10-25T01:30:00+01:00")))
  }

  @Test func timestamp_midnightInAGap_isTheFirstMomentOfTheDay() throws {
    let saoPaulo = try TestData.calendar("America/Sao_Paulo")
    let date = try TestData.date("2018-11-04")
    #expect(saoPaulo.day(date).start == (try TestData.time("2018-11-04T01:00:00-02:00")))
    #expect(saoPaulo.day(date).length == .seconds(23 * 3600))
  }

  @Test func timestamp_minutesPastMidnight_areTheNextDays() throws {
    let calendar = try TestData.calendar("Europe/London")
    let date = try TestData.date("2026-03-28")
    #expect(calendar.timestamp(date: date, minute: 1440 + 180) == (try TestData.time("2026-03-29T03:00:00+01:00")))
  }

  @Test(arguments: ["Asia/Kolkata", "Asia/Calcutta", "Etc/UTC", "UTC", "Europe/Kyiv", "America/Argentina/Buenos_Aires"])
  func init_currentAndFormerNames_areKnown(name: String) { #expect(RestaurantCalendar(identifier: name) != nil) }

  @Test(arguments: ["Europe/Londn", "", "europe/london", "+01:00", "BST", "Europe/", "Europe/London/", "Europe/../UTC"])
  func init_unknownZone_isNil(name: String) { #expect(RestaurantCalendar(identifier: name) == nil) }
}

struct TimeWindowTests {
  @Test func overlaps_windowsThatTouch_doNot() {
    let first = TimeWindow(start: Timestamp(seconds: 0), end: Timestamp(seconds: 60))
    let second = TimeWindow(start: Timestamp(seconds: 60), end: Timestamp(seconds: 120))
    #expect(!first.overlaps(second))
    #expect(first.overlaps(second.widened(beforeMinutes: 1, afterMinutes: 0)))
    #expect(!first.contains(first.end))
  }

  @Test func flooredToMinute_beforeTheEpoch_roundsTowardsThePast() {
    #expect(Timestamp(microseconds: -1).flooredToMinute == Timestamp(seconds: -60))
    #expect(Timestamp(microseconds: -1).ceiledToMinute == Timestamp(seconds: 0))
    #expect(Timestamp(seconds: 60).ceiledToMinute == Timestamp(seconds: 60))
  }
}
