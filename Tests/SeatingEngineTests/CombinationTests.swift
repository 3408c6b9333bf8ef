import BookingDomain
import SeatingEngine
import Testing

/// Which tables may be joined.
struct CombinationTests {
  private static func joined(_ floor: CompiledFloor) -> [[TableNumber]] {
    floor.options.filter(\.isJoined).map(floor.numbers(of:))
  }

  @Test("joined tables are connected through adjacency")
  func adjacency() {
    let tables = ["1", "2", "3", "4"].map { TestHouse.table($0, 2) }
    let floor = TestHouse.floor(tables, adjacency: [("1", "2"), ("2", "3")])
    #expect(Self.joined(floor) == [["1", "2"], ["1", "2", "3"], ["2", "3"]])
  }

  @Test("require_adjacency false drops connectivity only")
  func withoutAdjacency() {
    let tables = [
      TestHouse.table("1", 2), TestHouse.table("2", 2), TestHouse.table("3", 2, fixed: true),
      TestHouse.table("4", 2, zone: "Terrace"),
    ]
    let floor = TestHouse.floor(tables, combining: CombiningPolicy(requireAdjacency: false))
    #expect(Self.joined(floor) == [["1", "2"]])
  }

  @Test("fixed tables are not joined, nor do they connect others")
  func fixedTables() {
    let tables = [TestHouse.table("1", 2), TestHouse.table("2", 2, fixed: true), TestHouse.table("3", 2)]
    #expect(Self.joined(TestHouse.floor(tables, adjacency: [("1", "2"), ("2", "3")])).isEmpty)
  }

  @Test("tables of different zones are not joined")
  func zones() {
    let tables = [TestHouse.table("1", 2), TestHouse.table("2", 2, zone: "Terrace")]
    #expect(Self.joined(TestHouse.floor(tables, adjacency: [("1", "2")])).isEmpty)
  }

  @Test("at most max_tables are joined", arguments: [(1, 0), (2, 3), (3, 5), (4, 6)])
  func maxTables(limit: Int, count: Int) {
    let tables = ["1", "2", "3", "4"].map { TestHouse.table($0, 2) }
    let floor = TestHouse.floor(
      tables, adjacency: [("1", "2"), ("2", "3"), ("3", "4")], combining: CombiningPolicy(maxTables: limit))
    #expect(Self.joined(floor).count == count)
  }

  @Test("named combinations are exempt from adjacency and mobility, with limits of their own")
  func namedCombination() {
    let tables = [TestHouse.table("1", 2), TestHouse.table("2", 4, min: 4, fixed: true), TestHouse.table("3", 2)]
    let named = NamedCombination(name: "Long table", tables: ["3", "1", "2"], minParty: 6, maxParty: 7)
    let floor = TestHouse.floor(tables, named: [named])
    #expect(Self.joined(floor) == [["1", "2", "3"]])
    #expect(floor.fit(party: 5, extraChairs: true, accessible: false) == .tooSmall)
    #expect(floor.fit(party: 8, extraChairs: true, accessible: false) == .tooLarge)
    let plan = TestHouse.rank(TestHouse.question(7), floor).plans.first
    #expect(plan?.combinationName == "Long table")
    #expect(plan?.spareSeats == 1)
  }

  @Test("a named combination never takes more than the sum of capacities")
  func namedSum() {
    let named = NamedCombination(name: "Both", tables: ["1", "2"], maxParty: 9)
    let floor = TestHouse.floor([TestHouse.table("1", 2), TestHouse.table("2", 2)], named: [named])
    #expect(floor.fit(party: 4, extraChairs: true, accessible: false) == .fits)
    #expect(floor.fit(party: 5, extraChairs: true, accessible: false) == .tooLarge)
  }

  @Test("a named combination is not exempt from the zone")
  func namedZone() {
    let tables = [TestHouse.table("1", 2), TestHouse.table("2", 2, zone: "Terrace")]
    let floor = TestHouse.floor(tables, named: [NamedCombination(name: "Both", tables: ["1", "2"])])
    #expect(Self.joined(floor).isEmpty)
  }

  @Test("a named combination replaces the limits that its tables would have unnamed")
  func namedReplaces() {
    let named = NamedCombination(name: "Pair", tables: ["1", "2"], minParty: 4)
    let floor = TestHouse.floor(
      [TestHouse.table("1", 2), TestHouse.table("2", 2)], adjacency: [("1", "2")], named: [named])
    #expect(Self.joined(floor).count == 1)
    #expect(floor.fit(party: 3, extraChairs: false, accessible: false) == .tooSmall)
  }

  @Test("combinations are counted up to one more than the limit")
  func combinationCount() {
    let tables = (1...12).map { TestHouse.table(TableNumber("\($0)"), 2) }
    let restaurant = TestHouse.restaurant(
      tables, combining: CombiningPolicy(maxTables: 3, requireAdjacency: false))
    #expect(CompiledFloor.combinationCount(of: restaurant, limit: 1_000) == 66 + 220)
    #expect(CompiledFloor.combinationCount(of: restaurant, limit: 100) == 101)
  }
}
