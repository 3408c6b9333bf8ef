import BookingDomain
import SeatingEngine
import Testing

/// What must hold of every day, on random ones.
struct RegretPropertyTests {
  private static func day(_ seed: UInt64, tables: Int, bookings: Int) -> (Restaurant, PastDay) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: tables)
    let known = (0..<bookings).map { index in
      let question = house.question()
      let start = 1_080 + Int(question.slot.dining.start.minutes % 120)
      return PlanBooking(
        id: BookingID("\(index)"), party: question.party % 6 + 1, slot: TestHouse.slot(start, start + 100),
        wishes: question.wishes, extraChairs: question.extraChairs, now: TestHouse.midnight.adding(minutes: start))
    }
    let online = DayPlanner(floor: CompiledFloor(restaurant: restaurant)).plan(known, mode: .legacy)
    let tablesOf = Dictionary(uniqueKeysWithValues: online.assignments.map { ($0.bookingID, $0.tables) })
    var day = PastDay()
    for booking in known {
      let (tables, byHand) = (tablesOf[booking.id] ?? [], Int.random(in: 0..<4, using: &house.numbers) == 0)
      let isAbsent = Int.random(in: 0..<5, using: &house.numbers) == 0
      let fate: PartyFate = tables.isEmpty ? .turnedAway : isAbsent ? .absent : .seated
      day.parties.append(PastParty(booking, tables: tables, fate: fate, isByHand: byHand))
    }
    return (restaurant, day)
  }

  private static func regret(_ restaurant: Restaurant, _ day: PastDay) -> DayRegret {
    RegretFinder(floor: CompiledFloor(restaurant: restaurant)).regret(of: day) { SearchLimits(effort: 0.02) }
  }

  @Test("the parts add up to the whole, and none is a gain", arguments: 1...3)
  func sums(seed: UInt64) {
    let (restaurant, day) = Self.day(seed, tables: 5, bookings: 16)
    let regret = Self.regret(restaurant, day)
    #expect(regret.parts.reduce(0) { $0 + $1.bookings } == regret.best.bookings - regret.happened.bookings)
    #expect(regret.parts.reduce(0) { $0 + $1.covers } == regret.best.covers - regret.happened.covers)
    let sizes = Dictionary(uniqueKeysWithValues: day.parties.map { ($0.booking.id, $0.booking.party) })
    for part in regret.parts {
      #expect(part.bookings > 0 || (part.bookings == 0 && part.covers >= 0), "\(part)")
      #expect(part.bookings == part.gained.count - part.givenUp.count)
      let gained = part.gained.reduce(0) { $0 + (sizes[$1] ?? 0) }
      #expect(part.covers == gained - part.givenUp.reduce(0) { $0 + (sizes[$1] ?? 0) })
      if [.freeTable, .overrides, .wrongTable].contains(part.cause) {
        let turnedAway = Set(day.parties.filter { $0.fate == .turnedAway }.map(\.booking.id))
        #expect(turnedAway.isSuperset(of: part.givenUp), "only who had no table can be left out again")
      }
    }
    #expect(regret.bound >= regret.best.bookings && !regret.happened.isBetter(than: regret.best))
    #expect(Self.regret(restaurant, day) == regret, "the same day, the same answer")
  }

  @Test("what happened is what came, and the best plan keeps the rules", arguments: 1...3)
  func isValid(seed: UInt64) throws {
    let (restaurant, day) = Self.day(seed, tables: 5, bookings: 16)
    let regret = Self.regret(restaurant, day)
    let came = day.parties.filter { $0.fate == .seated }
    #expect(regret.happened.bookings == came.count)
    #expect(regret.happened.covers == came.reduce(0) { $0 + $1.booking.party })
    let wanted = day.parties.filter { $0.fate != .absent }.map(\.booking)
    var plan = DayPlan()
    for booking in wanted {
      if let tables = regret.places[booking.id] {
        plan.assignments.append(
          DayPlan.Assignment(bookingID: booking.id, tables: tables, spareSeats: 0, strategy: .optimalFit))
        plan.covers += booking.party
      } else {
        plan.unseated.append(DayPlan.Unseated(bookingID: booking.id, reason: .noTable))
      }
    }
    try PlanRules(restaurant: restaurant).expectValid(plan, wanted)
    #expect(plan.seated == regret.best.bookings && plan.covers == regret.best.covers)
  }

  @Test("the whole is what trying all plans finds", arguments: 1...10)
  func proven(seed: UInt64) {
    let (restaurant, day) = Self.day(seed, tables: 4, bookings: 6)
    let regret = Self.regret(restaurant, day)
    let best = BruteForceDay(
      restaurant: restaurant, bookings: day.parties.filter { $0.fate != .absent }.map(\.booking)
    ).best()
    #expect(regret.best.bookings == best[0] && regret.best.covers == best[1])
    #expect(regret.bookings == best[0] - day.parties.count { $0.fate == .seated } && regret.bookings >= 0)
  }

  @Test("random days lose to the order of arrival, to wrong tables and to no-shows")
  func causesOccur() {
    var lost: Set<RegretCause> = []
    for seed in 1...8 as ClosedRange<UInt64> {
      let (restaurant, day) = Self.day(seed, tables: 5, bookings: 16)
      lost.formUnion(Self.regret(restaurant, day).parts.filter { $0.bookings > 0 }.map(\.cause))
    }
    #expect(lost.isSuperset(of: [.wrongTable, .orderOfArrival, .noShows]), "\(lost)")
    // In order of arrival no table is left free that somebody wants.
    #expect(!lost.contains(.freeTable))
  }
}
