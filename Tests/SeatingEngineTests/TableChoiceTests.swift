import BookingDomain
import SeatingEngine
import Testing

/// Tables that a person chooses: each rule has its error.
struct TableChoiceTests {
  private let floor = TestHouse.floor(
    [
      TestHouse.table("1", 2, max: 3), TestHouse.table("2", 4, min: 3), TestHouse.table("3", 2, fixed: true),
      TestHouse.table("4", 2), TestHouse.table("5", 2, zone: "Terrace"), TestHouse.table("6", 2, active: false),
      TestHouse.table("7", 2, tags: ["accessible"]), TestHouse.table("8", 2),
    ],
    adjacency: [("1", "2"), ("2", "7"), ("7", "8")],
    named: [NamedCombination(name: "Corner", tables: ["3", "4"], minParty: 3)])

  private func problem(
    _ tables: [TableNumber], _ party: Int, host: Bool = true, accessible: Bool = false
  ) -> TableChoiceError? {
    do {
      try floor.check(tables: tables, party: party, extraChairs: host, accessible: accessible)
      return nil
    } catch { return error }
  }

  @Test("allowed choices pass")
  func allowed() {
    #expect(problem(["1"], 3) == nil)
    #expect(problem(["2", "1"], 6) == nil)
    #expect(problem(["3", "4"], 4) == nil)
    #expect(problem(["2", "7"], 5, accessible: true) == nil)
  }

  @Test("each broken rule has its own error, with value and what is allowed")
  func refused() {
    #expect(problem([], 2) == .noTables)
    #expect(problem(["99"], 2) == .unknownTable("99"))
    #expect(problem(["1", "1"], 2) == .duplicateTable("1"))
    #expect(problem(["6"], 2) == .inactiveTable("6"))
    #expect(problem(["1"], 4) == .tooFewSeats(tables: ["1"], party: 4, allowed: 3))
    #expect(problem(["1"], 3, host: false) == .tooFewSeats(tables: ["1"], party: 3, allowed: 2))
    #expect(problem(["1", "2"], 7) == .tooFewSeats(tables: ["1", "2"], party: 7, allowed: 6))
    #expect(problem(["2"], 2) == .belowMinParty(tables: ["2"], party: 2, allowed: 3))
    #expect(problem(["3", "4"], 2) == .belowMinParty(tables: ["3", "4"], party: 2, allowed: 3))
    #expect(problem(["1", "5"], 4) == .differentZones(tables: ["1", "5"], zones: ["Room", "Terrace"]))
    #expect(problem(["1", "3"], 4) == .fixedTable("3"))
    #expect(problem(["1", "8"], 4) == .notConnected(tables: ["1", "8"]))
    #expect(problem(["1", "2", "7", "8"], 9) == .tooManyTables(count: 4, allowed: 3))
    #expect(problem(["1", "2"], 5, accessible: true) == .notAccessible(tables: ["1", "2"]))
  }

  @Test("codes are distinct and descriptions name value and limit")
  func descriptions() {
    let error = TableChoiceError.tooFewSeats(tables: ["1", "2"], party: 7, allowed: 6)
    #expect(error.code == "too_few_seats")
    #expect(error.description == "tables 1, 2 are too small for a party of 7; allowed: up to 6")
  }

  @Test("a choice passes exactly when an independent checker allows it", arguments: 1...20)
  func agreesWithRules(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 7)
    let floor = CompiledFloor(restaurant: restaurant)
    let rules = PlanRules(restaurant: restaurant)
    for _ in 0..<300 {
      let count = Int.random(in: 1...4, using: &house.numbers)
      let tables = Array(restaurant.floor.tables.map(\.number).shuffled(using: &house.numbers).prefix(count))
      let party = Int.random(in: 1...14, using: &house.numbers)
      let passes = (try? floor.check(tables: tables, party: party, extraChairs: true, accessible: false)) != nil
      #expect(passes == !rules.breaks(tables, party: party, host: true, accessible: false))
    }
  }
}
