import BookingDomain
import DemandModel
import Testing

struct DemandGeneratorTests {
  /// A Friday.
  let friday = LocalDate(year: 2026, month: 12, day: 4)

  private func day(
    _ count: Int, seed: UInt64 = 1, restaurant: String = "white-horse-waterbeach",
    options: DemandOptions = DemandOptions()
  ) throws -> [BookingRow] {
    DemandGenerator.day(
      restaurant: try TestData.restaurant(restaurant), date: try #require(friday), bookings: count, seed: seed,
      options: options)
  }

  @Test func day_sameSeed_isTheSame_andAnotherSeedIsNot() throws {
    #expect(try day(50, seed: 7) == day(50, seed: 7))
    #expect(try day(50, seed: 7) != day(50, seed: 8))
  }

  @Test func day_firstRow_isKnownForSeedOne() throws {
    let generator = SplitMix64(seed: 1_234_567)
    var random = generator
    // Published first outputs of SplitMix64 for this seed.
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }

  @Test(arguments: ["white-horse-waterbeach", "annotated"])
  func day_everyStart_isAllowedForAGuest(name: String) throws {
    let restaurant = try TestData.restaurant(name)
    let verifier = CapacityVerifier(restaurant: restaurant)
    for row in try day(300, restaurant: name) {
      let start = row.start(in: restaurant.calendar)
      #expect(throws: Never.self) { try verifier.slot(for: CapacityRequest(party: row.party, start: start)) }
      #expect(try #require(row.createdAt) <= start.adding(minutes: -30))
      #expect(row.durationMinutes == nil && row.zone == nil)
    }
  }

  @Test func day_idsAndTimes_followTheOrderOfArrival() throws {
    let rows = try day(120)
    #expect(rows.map(\.bookingID).first == "FRI-0001")
    #expect(rows.map(\.bookingID).last == "FRI-0120")
    #expect(Set(rows.map(\.bookingID)).count == 120)
    let created = rows.compactMap(\.createdAt)
    #expect(created.count == 120 && created == created.sorted())
    let calendar = try TestData.restaurant("white-horse-waterbeach").calendar
    let days = Set(created.map { calendar.local($0).date })
    #expect(days.count > 5)
  }

  @Test func day_shape_peaksWhereGuestsLikeToEat() throws {
    let rows = try day(2_000)
    let evening = rows.filter { (18 * 60..<20 * 60).contains($0.startMinute) }.count
    let early = rows.filter { (17 * 60..<18 * 60).contains($0.startMinute) }.count
    let lunch = rows.filter { (12 * 60..<15 * 60).contains($0.startMinute) }.count
    let between = rows.filter { (15 * 60..<17 * 60).contains($0.startMinute) }.count
    #expect(evening > 2 * early)
    #expect((450...850).contains(lunch))
    #expect((1...200).contains(between))
    let twos = rows.filter { $0.party == 2 }.count
    #expect((1_100...1_500).contains(twos))
  }

  @Test func day_ofAClosedDate_isEmpty() throws {
    let christmas = try #require(LocalDate(year: 2026, month: 12, day: 25))
    let restaurant = try TestData.restaurant("annotated")
    // The evening of the 24th serves until midnight only: nothing starts on the 25th.
    #expect(DemandGenerator.day(restaurant: restaurant, date: christmas, bookings: 10, seed: 1).isEmpty)
  }

  @Test func day_withDurationsAndWishes_staysWithinTheServices() throws {
    let restaurant = try TestData.restaurant("white-horse-waterbeach")
    let verifier = CapacityVerifier(restaurant: restaurant)
    let rows = try day(200, options: DemandOptions(withDurations: true, zoneWishShare: 0.5, idPrefix: "W"))
    for row in rows {
      let request = CapacityRequest(
        party: row.party, start: row.start(in: restaurant.calendar), durationMinutes: row.durationMinutes)
      #expect(throws: Never.self) { try verifier.slot(for: request) }
      #expect((20...90).contains(try #require(row.durationMinutes)))
    }
    #expect((60...140).contains(rows.filter { $0.zone != nil }.count))
    #expect(rows[0].bookingID == "W-0001")
  }

  @Test func day_writtenAsAFile_readsBackTheSame() throws {
    let restaurant = try TestData.restaurant("white-horse-waterbeach")
    let rows = try day(80, options: DemandOptions(withDurations: true, zoneWishShare: 0.3))
    let bytes = BookingsFile.encode(rows)
    #expect(try BookingsFile.decode(bytes, source: "day.csv", restaurants: [restaurant.id: restaurant]) == rows)
  }
}
