import BookingDomain
import SeatingEngine
import Testing

/// What each strategy proposes, and how proposals are merged.
struct StrategyTests {
  private static func strategy(_ tables: [TableNumber], in ranking: PlanRanking) -> StrategyName? {
    ranking.plans.first { $0.tables == tables }?.strategy
  }

  @Test("optimal_fit proposes least spare seats and fewest tables")
  func optimalFit() {
    let floor = TestHouse.floor([TestHouse.table("1", 6), TestHouse.table("2", 4), TestHouse.table("3", 8)])
    let ranking = TestHouse.rank(TestHouse.question(4), floor)
    #expect(ranking.choices == [["2"], ["1"], ["3"]])
    #expect(Self.strategy(["2"], in: ranking) == .optimalFit)
  }

  @Test("adjacency proposes connected combinations that are no best fit")
  func adjacency() {
    let tables = [
      TestHouse.table("1", 4, zone: "Terrace"), TestHouse.table("2", 4, zone: "Terrace"), TestHouse.table("3", 8),
      TestHouse.table("4", 8),
    ]
    let floor = TestHouse.floor(tables, adjacency: [("1", "2")])
    let ranking = TestHouse.rank(TestHouse.question(8), floor)
    #expect(ranking.choices.first == ["3"])
    #expect(Self.strategy(["1", "2"], in: ranking) == .adjacency)
  }

  @Test("compact combinations come first")
  func compactFirst() {
    let tables = ["1", "2", "3", "4", "5", "6"].map { TestHouse.table($0, 2) }
    let floor = TestHouse.floor(
      tables, adjacency: [("1", "2"), ("2", "3"), ("4", "5"), ("5", "6"), ("4", "6")])
    #expect(TestHouse.rank(TestHouse.question(6), floor).choices == [["4", "5", "6"], ["1", "2", "3"]])
  }

  @Test("zone_preference proposes the guest's zone and tags")
  func zonePreference() {
    let tables = [
      TestHouse.table("1", 4), TestHouse.table("2", 8, zone: "Terrace"), TestHouse.table("3", 4),
    ]
    let floor = TestHouse.floor(tables)
    let wishes = SeatingWishes(zone: "Terrace")
    let ranking = TestHouse.rank(TestHouse.question(4, wishes: wishes), floor)
    #expect(Self.strategy(["2"], in: ranking) == .zonePreference)
  }

  @Test("without wishes, zone_preference proposes the house's dominant zone")
  func dominantZone() {
    let floor = TestHouse.floor([TestHouse.table("1", 8), TestHouse.table("2", 4, zone: "Terrace")])
    let ranking = TestHouse.rank(TestHouse.question(4), floor)
    #expect(Self.strategy(["2"], in: ranking) == .optimalFit)
    #expect(Self.strategy(["1"], in: ranking) == .zonePreference)
  }

  @Test("load_balancing proposes the zone with most free seats at that time")
  func loadBalancing() {
    let tables = [
      TestHouse.table("1", 8), TestHouse.table("2", 8, zone: "Terrace"), TestHouse.table("3", 4, zone: "Terrace"),
      TestHouse.table("4", 8),
    ]
    let ranking = TestHouse.rank(TestHouse.question(4), TestHouse.floor(tables), taken: [("1", 1_140, 1_200)])
    #expect(Self.strategy(["2"], in: ranking) == .loadBalancing)
    #expect(Self.strategy(["4"], in: ranking) == .zonePreference)
  }

  @Test("historical_success proposes what like parties had")
  func historicalSuccess() {
    let tables = [
      TestHouse.table("1", 8), TestHouse.table("2", 4), TestHouse.table("3", 8, zone: "Terrace"),
      TestHouse.table("4", 8, zone: "Bar"), TestHouse.table("5", 8), TestHouse.table("6", 8, zone: "Bar"),
      TestHouse.table("7", 8, zone: "Bar"),
    ]
    let past = PastSuccess(seatings: [PastSuccess.Seating(party: 4, tables: ["3"], times: 5)])
    let ranking = TestHouse.rank(TestHouse.question(4), TestHouse.floor(tables), past: past)
    #expect(Self.strategy(["3"], in: ranking) == .historicalSuccess)
    #expect(Self.strategy(["2"], in: ranking) == .optimalFit)
  }

  @Test("the same tables proposed twice are one plan, with the stronger strategy")
  func merged() {
    let floor = TestHouse.floor([TestHouse.table("1", 4), TestHouse.table("2", 4, zone: "Terrace")])
    let past = PastSuccess(seatings: [PastSuccess.Seating(party: 4, tables: ["1"], times: 5)])
    let ranking = TestHouse.rank(
      TestHouse.question(4, wishes: SeatingWishes(zone: "Room")), floor, past: past)
    #expect(Set(ranking.choices).count == ranking.plans.count)
    #expect(ranking.plans.map(\.strategy) == [.optimalFit, .optimalFit])
  }

  @Test("fit outweighs which strategy proposed it")
  func fitOutweighsStrategy() {
    let floor = TestHouse.floor([TestHouse.table("1", 8), TestHouse.table("2", 4, zone: "Terrace")])
    let past = PastSuccess(
      strategies: [.zonePreference: PastSuccess.Count(tries: 100, successes: 100)],
      seatings: [PastSuccess.Seating(party: 4, tables: ["1"], times: 50)])
    #expect(TestHouse.rank(TestHouse.question(4), floor, past: past).choices.first == ["2"])
  }
}
