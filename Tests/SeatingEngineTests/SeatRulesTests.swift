import BookingDomain
import SeatingEngine
import Testing

/// The rules for seats: who may sit where, all tables free.
struct SeatRulesTests {
  @Test("a single table takes min_party to max_party")
  func singleTableLimits() {
    let floor = TestHouse.floor([TestHouse.table("1", 4, min: 2, max: 4)])
    #expect(floor.fit(party: 1, extraChairs: false, accessible: false) == .tooSmall)
    #expect(floor.fit(party: 2, extraChairs: false, accessible: false) == .fits)
    #expect(floor.fit(party: 4, extraChairs: false, accessible: false) == .fits)
    #expect(floor.fit(party: 5, extraChairs: false, accessible: false) == .tooLarge)
  }

  @Test("extra chairs are for hosts only")
  func extraChairs() {
    let floor = TestHouse.floor([TestHouse.table("1", 4, max: 5)])
    #expect(floor.fit(party: 5, extraChairs: false, accessible: false) == .tooLarge)
    #expect(floor.fit(party: 5, extraChairs: true, accessible: false) == .fits)
    #expect(TestHouse.rank(TestHouse.question(5), floor).choices.isEmpty)
    let plan = TestHouse.rank(TestHouse.question(5, host: true), floor).plans.first
    #expect(plan?.tables == ["1"])
    #expect(plan?.spareSeats == 0)
  }

  @Test("a max_party below the capacity limits guests and hosts")
  func maxPartyBelowCapacity() {
    let floor = TestHouse.floor([TestHouse.table("1", 4, max: 3)])
    #expect(floor.fit(party: 4, extraChairs: true, accessible: false) == .tooLarge)
  }

  @Test("joined tables take up to the sum of capacities, without extra chairs")
  func joinedSeats() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 4, max: 6), TestHouse.table("2", 4, max: 6)], adjacency: [("1", "2")])
    #expect(TestHouse.rank(TestHouse.question(8, host: true), floor).choices == [["1", "2"]])
    #expect(floor.fit(party: 9, extraChairs: true, accessible: false) == .tooLarge)
  }

  @Test("the smallest party of joined tables is the largest of their minimums")
  func joinedMinimum() {
    let tables = [TestHouse.table("1", 2, min: 1, max: 2), TestHouse.table("2", 4, min: 4)]
    let floor = TestHouse.floor(tables, adjacency: [("1", "2")])
    #expect(floor.options.last?.smallestParty == 4)
    #expect(floor.fit(party: 3, extraChairs: false, accessible: false) == .tooSmall)
    #expect(TestHouse.rank(TestHouse.question(5), floor).choices == [["1", "2"]])
  }

  @Test("a missing limit is no limit")
  func missingLimits() {
    let floor = TestHouse.floor([TestHouse.table("1", 4)])
    #expect((1...4).allSatisfy { floor.fit(party: $0, extraChairs: true, accessible: false) == .fits })
    #expect(floor.fit(party: 5, extraChairs: true, accessible: false) == .tooLarge)
  }

  @Test("a party of none or fewer never fits", arguments: [0, -1])
  func noParty(party: Int) {
    let floor = TestHouse.floor([TestHouse.table("1", 4)])
    #expect(floor.fit(party: party, extraChairs: false, accessible: false) == .tooSmall)
    #expect(!TestHouse.rank(TestHouse.question(party), floor).hasFeasiblePlan)
  }

  @Test("accessible is hard and needs the tag on at least one of the tables")
  func accessibleNeed() {
    let tables = [TestHouse.table("1", 2), TestHouse.table("2", 2, tags: ["accessible"]), TestHouse.table("3", 2)]
    let floor = TestHouse.floor(tables, adjacency: [("1", "2"), ("2", "3")])
    let wishes = SeatingWishes(needs: [.accessible])
    #expect(TestHouse.rank(TestHouse.question(2, wishes: wishes), floor).choices == [["2"]])
    #expect(
      Set(TestHouse.rank(TestHouse.question(4, wishes: wishes), floor).choices) == [["1", "2"], ["2", "3"]])
    let taken = TestHouse.rank(TestHouse.question(2, wishes: wishes), floor, taken: [("2", 1_140, 1_200)])
    #expect(!taken.hasFeasiblePlan)
    #expect(taken.rejected(.notAccessible) == 2)
    #expect(taken.rejected(.occupied) == 1)
  }

  @Test("a high chair is a note, not a need of the table")
  func highChair() {
    let floor = TestHouse.floor([TestHouse.table("1", 2)])
    let wishes = SeatingWishes(needs: [.highChair])
    #expect(TestHouse.rank(TestHouse.question(2, wishes: wishes), floor).hasFeasiblePlan)
  }

  @Test("zone and tags are soft")
  func softWishes() {
    let floor = TestHouse.floor([TestHouse.table("1", 2)])
    let wishes = SeatingWishes(zone: "Terrace", tags: ["window", "unheard of"])
    #expect(TestHouse.rank(TestHouse.question(2, wishes: wishes), floor).choices == [["1"]])
  }

  @Test("inactive tables are never proposed, alone or joined")
  func inactiveTables() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 2), TestHouse.table("2", 2, active: false)], adjacency: [("1", "2")],
      named: [NamedCombination(name: "Both", tables: ["1", "2"])])
    #expect(floor.options.count == 1)
  }

  @Test("windows are half-open: a party may follow another without a break")
  func halfOpenWindows() {
    let floor = TestHouse.floor([TestHouse.table("1", 2)])
    let question = TestHouse.question(2, from: 1_140, until: 1_230)
    #expect(TestHouse.rank(question, floor, taken: [("1", 1_050, 1_140), ("1", 1_230, 1_300)]).hasFeasiblePlan)
    #expect(!TestHouse.rank(question, floor, taken: [("1", 1_050, 1_141)]).hasFeasiblePlan)
    #expect(!TestHouse.rank(question, floor, taken: [("1", 1_229, 1_300)]).hasFeasiblePlan)
  }
}
