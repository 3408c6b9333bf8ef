import BookingDomain
import SeatingEngine
import Testing

/// What a day lost: one made-up day for each cause.
struct RegretTests {
  private static func party(
    _ id: BookingID, _ fate: PartyFate, _ size: Int, _ from: Int = 1_140, _ until: Int = 1_230,
    at tables: [TableNumber] = [], byHand: Bool = false
  ) -> PastParty {
    let booking = PlanBooking(id: id, party: size, slot: TestHouse.slot(from, until), now: TestHouse.early)
    return PastParty(booking, tables: tables, fate: fate, isByHand: byHand)
  }

  private static let couplesAndFour = TestHouse.floor([
    TestHouse.table("1", 2, fixed: true), TestHouse.table("4", 4, fixed: true),
  ])
  private static let oneTable = TestHouse.floor([TestHouse.table("8", 8, fixed: true)])

  private static func regret(_ floor: CompiledFloor, _ parties: [PastParty], claims: [SnapshotClaim] = []) -> DayRegret
  {
    RegretFinder(floor: floor).regret(of: PastDay(parties: parties, claims: claims)) {
      SearchLimits(effort: 0.02)
    }
  }

  /// The only part with a loss.
  private static func onlyPart(_ regret: DayRegret) throws -> DayRegret.Part {
    let lost = regret.parts.filter { $0.bookings != 0 || $0.covers != 0 }
    #expect(lost.count == 1, "\(lost)")
    #expect(regret.parts.map(\.cause) == RegretCause.allCases)
    return try #require(lost.first)
  }

  @Test("a day without bookings, and one on which all sat, lost nothing")
  func nothing() {
    let empty = Self.regret(Self.oneTable, [])
    #expect(empty.bookings == 0 && empty.covers == 0 && empty.isProven && empty.gap == 0)
    let full = Self.regret(
      Self.couplesAndFour,
      [Self.party("a", .seated, 2, at: ["4"]), Self.party("gone", .absent, 2, at: ["1"])])
    #expect(full.bookings == 0 && full.covers == 0 && full.isProven)
    #expect(full.parts.allSatisfy { $0.bookings == 0 && $0.covers == 0 && $0.gained.isEmpty && $0.givenUp.isEmpty })
    #expect(full.happened.spareSeats == 2 && full.best.spareSeats == 0)
  }

  @Test("a party that was too much for the house is no loss")
  func fullHouse() {
    let regret = Self.regret(
      Self.oneTable, [Self.party("a", .seated, 8, at: ["8"]), Self.party("b", .turnedAway, 8)])
    #expect(regret.bookings == 0 && regret.isProven && regret.places == ["a": ["8"]])
  }

  @Test("a table stood free: nobody's decision, or a person's")
  func freeTable() throws {
    for byHand in [false, true] {
      let part = try Self.onlyPart(
        Self.regret(
          Self.couplesAndFour,
          [Self.party("couple", .seated, 2, at: ["1"]), Self.party("four", .turnedAway, 4, byHand: byHand)]))
      #expect(part.cause == (byHand ? .overrides : .freeTable))
      #expect(part.bookings == 1 && part.covers == 4 && part.gained == ["four"] && part.givenUp.isEmpty)
    }
  }

  @Test("a couple at the large table: chosen by hand, or by the engine")
  func largeTable() throws {
    for byHand in [false, true] {
      let regret = Self.regret(
        Self.couplesAndFour,
        [Self.party("couple", .seated, 2, at: ["4"], byHand: byHand), Self.party("four", .turnedAway, 4)])
      let part = try Self.onlyPart(regret)
      #expect(part.cause == (byHand ? .overrides : .wrongTable))
      #expect(part.bookings == 1 && part.covers == 4 && part.gained == ["four"])
      #expect(regret.places == ["couple": ["1"], "four": ["4"]])
    }
  }

  @Test("the first to ask stood in the way of two")
  func orderOfArrival() throws {
    let part = try Self.onlyPart(
      Self.regret(
        Self.oneTable,
        [
          Self.party("first", .seated, 4, 1_140, 1_260, at: ["8"]), Self.party("late", .turnedAway, 4, 1_200, 1_290),
          Self.party("early", .turnedAway, 4, 1_080, 1_170),
        ]))
    #expect(part.cause == .orderOfArrival && part.bookings == 1 && part.covers == 4)
    #expect(part.gained == ["early", "late"] && part.givenUp == ["first"])
  }

  @Test("more parties can be fewer guests, and more guests no more parties")
  func signs() throws {
    let fewer = Self.regret(
      Self.oneTable,
      [
        Self.party("eight", .seated, 8, 1_140, 1_260, at: ["8"]), Self.party("two", .turnedAway, 2, 1_080, 1_170),
        Self.party("three", .turnedAway, 3, 1_200, 1_290),
      ])
    #expect(fewer.bookings == 1 && fewer.covers == -3)
    #expect(try Self.onlyPart(fewer).covers == -3)
    let larger = Self.regret(
      Self.oneTable, [Self.party("two", .seated, 2, at: ["8"]), Self.party("eight", .turnedAway, 8)])
    let part = try Self.onlyPart(larger)
    #expect(part.cause == .orderOfArrival && part.bookings == 0 && part.covers == 6)
  }

  @Test("a table kept for those who did not come; one that somebody sat at all the same is nobody's loss")
  func noShows() throws {
    let part = try Self.onlyPart(
      Self.regret(
        Self.oneTable, [Self.party("gone", .absent, 2, at: ["8"]), Self.party("wanted", .turnedAway, 4)]))
    #expect(part.cause == .noShows && part.bookings == 1 && part.covers == 4 && part.gained == ["wanted"])
  }

  @Test("one who did not come at the wrong table is the table's fault first")
  func absentAtWrongTable() throws {
    let part = try Self.onlyPart(
      Self.regret(
        Self.couplesAndFour, [Self.party("gone", .absent, 2, at: ["4"]), Self.party("four", .turnedAway, 4)]))
    #expect(part.cause == .wrongTable && part.gained == ["four"])
  }

  @Test("blocks are no cause: no plan could have had those tables")
  func blocks() {
    let regret = Self.regret(
      Self.oneTable, [Self.party("a", .turnedAway, 4)],
      claims: [SnapshotClaim(table: "8", window: TestHouse.window(1_100, 1_150))])
    #expect(regret.bookings == 0 && regret.isProven && regret.best.bookings == 0)
  }

  @Test("who sat at a table that the floor no longer has stays seated")
  func goneTable() {
    let regret = Self.regret(
      Self.oneTable,
      [
        Self.party("old", .seated, 3, at: ["cellar"]), Self.party("new", .turnedAway, 4),
        Self.party("gone", .absent, 3, at: ["cellar", "8"]),
      ])
    #expect(regret.happened.bookings == 1 && regret.best.bookings == 2 && regret.bound == 2)
    #expect(regret.covers == 4 && regret.places == ["new": ["8"]])
  }

  @Test("extra chairs and squeezed buffers of a host are never held against the day")
  func moreThanTheRules() {
    let regret = Self.regret(
      Self.oneTable,
      [Self.party("nine", .seated, 9, at: ["8"], byHand: true), Self.party("two", .turnedAway, 2)])
    #expect(regret.best.bookings == 1 && regret.bound >= 1)
    #expect(regret.bookings == 0 && regret.covers == 0)
  }
}
