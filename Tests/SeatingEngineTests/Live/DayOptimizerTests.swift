import BookingDomain
import SeatingEngine
import Testing

/// Re-seating of a live day, and room for one more booking.
struct DayOptimizerTests {
  static func booking(
    _ id: BookingID, _ party: Int, _ from: Int = 1_140, _ until: Int = 1_230, wishes: SeatingWishes = SeatingWishes()
  ) -> PlanBooking {
    PlanBooking(id: id, party: party, slot: TestHouse.slot(from, until), wishes: wishes, now: TestHouse.early)
  }

  static func day(
    _ parties: [LiveParty], taken: [(TableNumber, Int, Int)] = [], budget: Int = 5
  ) -> LiveDay {
    LiveDay(
      parties: parties, claims: taken.map { SnapshotClaim(table: $0.0, window: TestHouse.window($0.1, $0.2)) },
      churnBudget: budget)
  }

  /// Two tables for two and one for four, of which the last is taken by a couple.
  static let floor = TestHouse.floor([
    TestHouse.table("1", 2, fixed: true), TestHouse.table("2", 2, fixed: true), TestHouse.table("4", 4, fixed: true),
  ])
  static let couple = LiveParty(booking("couple", 2), tables: ["4"])
  static let four = booking("four", 4)

  @Test("a couple leaves the large table for a party of four")
  func oneMove() throws {
    let room = try #require(DayOptimizer(floor: Self.floor).room(for: Self.four, in: Self.day([Self.couple])))
    #expect(room.moves.map(\.bookingID) == ["couple", "four"])
    #expect(room.moves[0].from == ["4"] && room.moves[0].to == ["1"])
    #expect(room.moves[1] == LiveDayPlan.Move(bookingID: "four", from: [], to: ["4"]))
    #expect(room.moveCount == 1)
    #expect(room.before.bookings == 1 && room.after.bookings == 2 && room.after.covers == 6)
  }

  @Test("no move without a budget, and none of a party that stays")
  func limits() {
    let optimizer = DayOptimizer(floor: Self.floor)
    #expect(optimizer.room(for: Self.four, in: Self.day([Self.couple], budget: 0)) == nil)
    #expect(optimizer.room(for: Self.four, in: Self.day([], taken: [("4", 1_140, 1_230)])) == nil)
  }

  @Test("a chain of two moves is found where one is not enough")
  func chain() throws {
    let tables = [
      TestHouse.table("2", 2, fixed: true), TestHouse.table("4", 4, fixed: true),
      TestHouse.table("6", 6, min: 3, fixed: true),
    ]
    let day = Self.day(
      [
        LiveParty(Self.booking("four", 4), tables: ["6"]), LiveParty(Self.booking("two", 2), tables: ["4"]),
      ])
    let room = try #require(
      DayOptimizer(floor: TestHouse.floor(tables)).room(for: Self.booking("six", 6), in: day))
    #expect(room.moveCount == 2)
    #expect(
      Dictionary(uniqueKeysWithValues: room.moves.map { ($0.bookingID, $0.to) }) == [
        "four": ["4"], "two": ["2"], "six": ["6"],
      ])
  }

  @Test("tables kept for those who need them are not given to one who is moved")
  func keepsAccessibleTables() {
    let floor = TestHouse.floor([
      TestHouse.table("1", 2, fixed: true, tags: ["accessible"]), TestHouse.table("4", 4, fixed: true),
    ])
    #expect(DayOptimizer(floor: floor).room(for: Self.four, in: Self.day([Self.couple])) == nil)
  }

  @Test("a party whose table is lost gets another one, or stays in the way where it is")
  func lostTable() throws {
    let optimizer = DayOptimizer(floor: Self.floor)
    let lost = Self.day([Self.couple], taken: [("4", 1_130, 1_150)])
    let plan = optimizer.improve(lost)
    #expect(plan.before.bookings == 0 && plan.after.bookings == 1)
    #expect(plan.moves == [LiveDayPlan.Move(bookingID: "couple", from: ["4"], to: ["1"])])

    let stuck = Self.day([Self.couple], taken: [("4", 1_130, 1_150), ("1", 1_100, 1_300), ("2", 1_100, 1_300)])
    #expect(optimizer.improve(stuck).moves.isEmpty)
    // Its table is not free for others where the claim does not lie.
    #expect(optimizer.room(for: Self.booking("late", 4, 1_200, 1_300), in: stuck) == nil)
  }

  @Test("spare seats and joined tables go, the most for a move first, and no wish that is met is lost")
  func tidies() {
    let floor = TestHouse.floor([
      TestHouse.table("1", 2, fixed: true), TestHouse.table("6", 6, fixed: true),
      TestHouse.table("8", 8, fixed: true, tags: ["window"]),
    ])
    let window = SeatingWishes(tags: ["window"])
    let plan = DayOptimizer(floor: floor).improve(
      Self.day([
        LiveParty(Self.booking("a", 2), tables: ["6"]), LiveParty(Self.booking("b", 4, wishes: window), tables: ["8"]),
      ]))
    #expect(plan.moves == [LiveDayPlan.Move(bookingID: "a", from: ["6"], to: ["1"])])
    #expect(plan.before.spareSeats == 8 && plan.after.spareSeats == 4)
    #expect(plan.after.gainPercent(over: plan.before) == 50)
  }

  @Test("two exchange tables where that leaves fewer seats empty")
  func exchanges() {
    let floor = TestHouse.floor([
      TestHouse.table("6", 6, fixed: true), TestHouse.table("8", 8, min: 4, fixed: true),
    ])
    let parties = [
      LiveParty(Self.booking("six", 6, 1_140, 1_230), tables: ["8"]),
      LiveParty(Self.booking("four", 4, 1_140, 1_230), tables: ["6"]),
    ]
    #expect(DayOptimizer(floor: floor).improve(Self.day(parties)).moves.isEmpty)
    let named = TestHouse.floor([TestHouse.table("5", 5, fixed: true), TestHouse.table("8", 8, fixed: true)])
    let swap = [
      LiveParty(Self.booking("three", 3), tables: ["8"]),
      LiveParty(Self.booking("two", 2, 1_000, 1_100), tables: ["8"]),
    ]
    #expect(DayOptimizer(floor: named).improve(Self.day(swap)).moveCount == 2)
  }

  // MARK: - Random days

  static func randomDay(_ seed: UInt64, tables: Int, bookings: Int) -> (Restaurant, LiveDay) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: tables)
    let floor = CompiledFloor(restaurant: restaurant)
    let known = (0..<bookings).map { index in
      let question = house.question()
      let start = 1_080 + Int(question.slot.dining.start.minutes % 90)
      return PlanBooking(
        id: BookingID("\(index)"), party: question.party % 6 + 1, slot: TestHouse.slot(start, start + 100),
        wishes: question.wishes, extraChairs: question.extraChairs, now: TestHouse.midnight.adding(minutes: start))
    }
    let online = DayPlanner(floor: floor).plan(known, mode: .legacy)
    let tablesOf = Dictionary(uniqueKeysWithValues: online.assignments.map { ($0.bookingID, $0.tables) })
    let budget = Int.random(in: 0...4, using: &house.numbers)
    return (
      restaurant,
      LiveDay(parties: known.map { LiveParty($0, tables: tablesOf[$0.id] ?? []) }, claims: [], churnBudget: budget)
    )
  }

  @Test("always valid, nobody loses tables, and no more move than the budget allows", arguments: 1...40)
  func isValid(seed: UInt64) throws {
    let (restaurant, day) = Self.randomDay(seed, tables: 8, bookings: 24)
    let optimizer = DayOptimizer(floor: CompiledFloor(restaurant: restaurant))
    let limits = SearchLimits(effort: 0.1)
    let plan = optimizer.improve(day, limits: limits)
    let moved = Dictionary(uniqueKeysWithValues: plan.moves.map { ($0.bookingID, $0.to) })
    var seated = DayPlan()
    for party in day.parties {
      let tables = moved[party.booking.id] ?? party.tables
      #expect(party.tables.isEmpty || !tables.isEmpty)
      if tables.isEmpty {
        seated.unseated.append(DayPlan.Unseated(bookingID: party.booking.id, reason: .noTable))
      } else {
        seated.assignments.append(
          DayPlan.Assignment(bookingID: party.booking.id, tables: tables, spareSeats: 0, strategy: .optimalFit))
      }
    }
    try PlanRules(restaurant: restaurant).expectValid(seated, day.parties.map(\.booking))
    #expect(plan.moveCount <= day.churnBudget)
    #expect(plan.after.bookings == seated.assignments.count)
    #expect(!plan.before.isBetter(than: plan.after))
    #expect(plan.moves.isEmpty || plan.after.isBetter(than: plan.before))
    #expect(optimizer.improve(day, limits: limits) == plan)
  }

  @Test("more effort never gives a worse plan", arguments: 1...12)
  func effort(seed: UInt64) {
    let (restaurant, day) = Self.randomDay(seed, tables: 10, bookings: 40)
    let optimizer = DayOptimizer(floor: CompiledFloor(restaurant: restaurant))
    var last = DayFigures()
    for effort in [0.000_1, 0.000_7, 0.003, 0.02, 0.07, 0.3] {
      let after = optimizer.improve(day, limits: SearchLimits(effort: effort)).after
      #expect(!last.isBetter(than: after), "effort \(effort)")
      last = after
    }
  }

  @Test("room is made with as few moves as can be, and found wherever there is some", arguments: 1...60)
  func fewestMoves(seed: UInt64) throws {
    var (restaurant, day) = Self.randomDay(seed, tables: 4, bookings: 7)
    day.churnBudget = 3
    let seated = day.parties.filter { !$0.tables.isEmpty }
    guard let waiting = day.parties.first(where: \.tables.isEmpty) else { return }
    day.parties = seated
    let room = DayOptimizer(floor: CompiledFloor(restaurant: restaurant)).room(for: waiting.booking, in: day)
    var whole = day
    whole.parties.append(waiting)
    #expect(room?.moveCount == BruteForceLiveDay(restaurant: restaurant, day: whole).fewestMoves())
  }

  @Test("as many bookings as trying all can seat, on nearly every small day")
  func nearlyBest() {
    var (best, found, equal) = (0, 0, 0)
    for seed in 1...60 as ClosedRange<UInt64> {
      let (restaurant, day) = Self.randomDay(seed, tables: 4, bookings: 7)
      let most = BruteForceLiveDay(restaurant: restaurant, day: day).best()
      let after = DayOptimizer(floor: CompiledFloor(restaurant: restaurant)).improve(day).after
      #expect(!after.isBetter(than: most))
      best += most.bookings
      found += after.bookings
      if !most.isBetter(than: after) { equal += 1 }
    }
    #expect(found == best)
    #expect(equal >= 55, "of 60")
  }
}
