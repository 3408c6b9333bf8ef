import BookingDomain
import SeatingEngine
import Testing

/// Room in a day that is prepared once, for bookings that it has and that it does not have.
struct PreparedDayTests {
  private typealias Days = DayOptimizerTests

  @Test("a booking that has tables gives them up, and its move is from them and the last")
  func ownTables() throws {
    let grown = Days.booking("two", 4)
    let day = Days.day([LiveParty(Days.booking("two", 2), tables: ["1"]), Days.couple])
    let room = try #require(DayOptimizer(floor: Days.floor).room(for: grown, in: day))
    let own = LiveDayPlan.Move(bookingID: "two", from: ["1"], to: ["4"])
    let other = LiveDayPlan.Move(bookingID: "couple", from: ["4"], to: ["1"])
    #expect(room.moves == [other, own])
    #expect(room.newcomer == "two")
    #expect(room.moveCount == 1)
    #expect(room.before.bookings == 2 && room.before.covers == 4)
    #expect(room.after.bookings == 2 && room.after.covers == 6)
  }

  @Test("the tables of a booking do not stand in its own way, with no move of others")
  func sameTables() throws {
    let day = Days.day([Days.couple], taken: [("1", 1_140, 1_230), ("2", 1_140, 1_230)], budget: 0)
    let later = Days.booking("couple", 2, 1_155, 1_245)
    let room = try #require(DayOptimizer(floor: Days.floor).room(for: later, in: day))
    #expect(room.moves.isEmpty == false && room.moves[0].from == ["4"] && room.moves[0].to == ["4"])
    #expect(room.moveCount == 0)
    #expect(room.before == room.after)
  }

  @Test("a booking whose tables are lost does not count as seated before")
  func lostTables() throws {
    let day = Days.day([Days.couple], taken: [("4", 1_140, 1_230)])
    let room = try #require(DayOptimizer(floor: Days.floor).room(for: Days.couple.booking, in: day))
    #expect(room.moves == [LiveDayPlan.Move(bookingID: "couple", from: ["4"], to: ["1"])])
    #expect(room.before.bookings == 0 && room.after.bookings == 1)
  }

  @Test("a prepared day answers as one that is made for the question, in any order", arguments: 1...30)
  func prepared(seed: UInt64) throws {
    let (restaurant, day) = Days.randomDay(seed, tables: 7, bookings: 22)
    let optimizer = DayOptimizer(floor: CompiledFloor(restaurant: restaurant))
    let prepared = optimizer.prepare(day)
    let questions = day.parties.map(\.booking)
    let answers = questions.map { prepared.room(for: $0) }
    #expect(answers == questions.map { optimizer.room(for: $0, in: day) })
    #expect(answers.reversed() == questions.reversed().map { prepared.room(for: $0) })
    for (party, answer) in zip(day.parties, answers) {
      guard let answer else {
        #expect(party.tables.isEmpty, "its own tables are always room")
        continue
      }
      let own = try #require(answer.moves.last)
      #expect(own.bookingID == party.booking.id && own.from == party.tables)
      #expect(answer.moveCount == answer.moves.count - 1 && answer.moveCount <= day.churnBudget)
      #expect(answer.after.bookings == answer.before.bookings + (party.tables.isEmpty ? 1 : 0))
    }
  }

  @Test("room for a booking that has tables is as for one that comes to the day without it", arguments: 1...30)
  func asWithoutIt(seed: UInt64) {
    let (restaurant, day) = Days.randomDay(seed, tables: 7, bookings: 22)
    let optimizer = DayOptimizer(floor: CompiledFloor(restaurant: restaurant))
    for party in day.parties where !party.tables.isEmpty {
      var grown = party.booking
      grown.party += 2
      var others = day
      others.parties.removeAll { $0.booking.id == grown.id }
      let (answer, asNew) = (optimizer.room(for: grown, in: day), optimizer.room(for: grown, in: others))
      #expect(answer?.moves.map(\.to) == asNew?.moves.map(\.to))
      #expect(answer?.after == asNew?.after)
      #expect(answer?.moveCount == asNew?.moveCount)
    }
  }

  @Test("efforts between two rungs of the ladder do the same", arguments: 1...10)
  func ladder(seed: UInt64) {
    let (restaurant, day) = Days.randomDay(seed, tables: 10, bookings: 40)
    let optimizer = DayOptimizer(floor: CompiledFloor(restaurant: restaurant))
    for (low, high) in [(0, 0.003), (1.0 / 64, 0.06), (0.25, 0.99)] {
      let plans = [low, high].map { optimizer.improve(day, limits: SearchLimits(effort: $0)) }
      #expect(plans[0] == plans[1])
    }
  }
}
