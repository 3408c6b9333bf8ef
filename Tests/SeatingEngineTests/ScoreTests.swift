import BookingDomain
import SeatingEngine
import Testing

/// What a plan's score counts, one rule a test.
struct ScoreTests {
  private static func value(_ name: ScorePart.Name, _ plan: SeatingPlan?) -> Double {
    plan?.parts.first { $0.name == name }?.value ?? .nan
  }

  @Test("the score is the sum of its parts, each named once")
  func sumOfParts() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 4, priority: 2), TestHouse.table("2", 2), TestHouse.table("3", 2, tags: ["window"])],
      adjacency: [("2", "3")])
    let ranking = TestHouse.rank(TestHouse.question(3, wishes: SeatingWishes(tags: ["window"])), floor)
    for plan in ranking.plans {
      #expect(abs(plan.score - plan.parts.reduce(0) { $0 + $1.value }) < 1e-9)
      #expect(Set(plan.parts.map(\.name)) == Set(ScorePart.Name.allCases))
    }
  }

  @Test("spare seats and tables used count against a plan")
  func fit() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 2), TestHouse.table("2", 2), TestHouse.table("3", 6)], adjacency: [("1", "2")])
    let ranking = TestHouse.rank(TestHouse.question(4), floor)
    #expect(ranking.choices == [["3"], ["1", "2"]])
    #expect(Self.value(.spareSeats, ranking.plans[0]) == -2)
    #expect(Self.value(.tablesUsed, ranking.plans[1]) == -3)
  }

  @Test("preference decides between equal fits")
  func preference() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 4), TestHouse.table("2", 4, tags: ["window"]), TestHouse.table("3", 4, zone: "Terrace")])
    #expect(TestHouse.rank(TestHouse.question(4), floor).choices.first == ["1"])
    let window = SeatingWishes(tags: ["window"])
    #expect(TestHouse.rank(TestHouse.question(4, wishes: window), floor).choices.first == ["2"])
    let terrace = SeatingWishes(zone: "Terrace")
    #expect(TestHouse.rank(TestHouse.question(4, wishes: terrace), floor).choices.first == ["3"])
  }

  @Test("the house's own order: lower priority is used first")
  func houseOrder() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 4, priority: 2), TestHouse.table("2", 4, priority: 1), TestHouse.table("3", 4)])
    #expect(TestHouse.rank(TestHouse.question(4), floor).choices == [["3"], ["2"], ["1"]])
  }

  @Test("tables that can be joined are used last by parties that do not need them")
  func joinableLast() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 2), TestHouse.table("2", 2), TestHouse.table("3", 2)], adjacency: [("1", "2")])
    #expect(TestHouse.rank(TestHouse.question(2), floor).choices == [["3"], ["1"], ["2"]])
  }

  @Test("accessible tables are kept for those who need them until the time set before the start")
  func accessibleKept() {
    let floor = TestHouse.floor([TestHouse.table("1", 2, tags: ["accessible"])], acceptsUntil: 90)
    let start = TestHouse.midnight.adding(minutes: 1_140)
    let before = TestHouse.rank(TestHouse.question(2, now: start.adding(minutes: -91)), floor)
    #expect(!before.hasFeasiblePlan)
    #expect(before.rejected(.keptAccessible) == 1)
    #expect(TestHouse.rank(TestHouse.question(2, now: start.adding(minutes: -90)), floor).hasFeasiblePlan)
    let wishes = SeatingWishes(needs: [.accessible])
    #expect(TestHouse.rank(TestHouse.question(2, wishes: wishes), floor).hasFeasiblePlan)
  }

  @Test("once free for all, accessible tables are still used after equal ones")
  func accessibleAfterEqual() {
    let floor = TestHouse.floor(
      [TestHouse.table("1", 2, tags: ["accessible"]), TestHouse.table("2", 2)], acceptsUntil: 2_000)
    #expect(TestHouse.rank(TestHouse.question(2, now: TestHouse.day.end), floor).choices == [["2"], ["1"]])
  }

  @Test("plans beyond max_spare_seats are used only when nothing closer is free")
  func spareLimit() {
    let tables = [
      TestHouse.table("1", 8), TestHouse.table("2", 2), TestHouse.table("3", 2), TestHouse.table("4", 2),
    ]
    let adjacency: [(TableNumber, TableNumber)] = [("2", "3"), ("3", "4")]
    let loose = TestHouse.floor(tables, adjacency: adjacency)
    let strict = TestHouse.floor(tables, adjacency: adjacency, combining: CombiningPolicy(maxSpareSeats: 2))
    #expect(TestHouse.rank(TestHouse.question(5), loose).choices.first == ["1"])
    #expect(TestHouse.rank(TestHouse.question(5), strict).choices == [["2", "3", "4"], ["1"]])
    #expect(
      TestHouse.rank(TestHouse.question(5), strict, taken: [("3", 1_100, 1_150)]).choices == [["1"]])
  }

  @Test("past success of the strategy counts")
  func pastSuccess() {
    let floor = TestHouse.floor([TestHouse.table("1", 4)])
    let past = PastSuccess(strategies: [.optimalFit: PastSuccess.Count(tries: 8, successes: 8)])
    let plan = TestHouse.rank(TestHouse.question(4), floor, past: past).plans.first
    #expect(Self.value(.pastSuccess, plan) > 0)
    #expect(Self.value(.pastSuccess, TestHouse.rank(TestHouse.question(4), floor).plans.first) == 0)
  }

  @Test("opportunity cost: a gap is filled rather than broken")
  func fillsGaps() {
    let floor = TestHouse.floor([TestHouse.table("1", 2), TestHouse.table("2", 2)])
    let taken: [(TableNumber, Int, Int)] = [
      ("1", 960, 1_050), ("2", 1_050, 1_140), ("2", 1_230, 1_320), ("1", 1_290, 1_380),
    ]
    #expect(TestHouse.rank(TestHouse.question(2), floor, taken: taken).choices == [["2"], ["1"]])
  }

  @Test("opportunity cost: room is left for a party that waits and has no other table")
  func leavesRoomForWaiting() {
    let floor = TestHouse.floor([TestHouse.table("1", 4), TestHouse.table("2", 4, max: 3, priority: 1)])
    let waiting = [WaitingParty(party: 4, block: TestHouse.window(1_140, 1_230))]
    #expect(TestHouse.rank(TestHouse.question(3), floor).choices == [["1"], ["2"]])
    #expect(TestHouse.rank(TestHouse.question(3), floor, waiting: waiting).choices == [["2"], ["1"]])
  }

  @Test("like parties that wait count together, in any order")
  func waitingTogether() {
    let floor = TestHouse.floor([TestHouse.table("1", 4), TestHouse.table("2", 4), TestHouse.table("3", 6)])
    let small = WaitingParty(party: 4, block: TestHouse.window(1_140, 1_230))
    let large = WaitingParty(party: 6, block: TestHouse.window(1_100, 1_200))
    var pair = small
    pair.count = 2
    let question = TestHouse.question(4)
    let first = TestHouse.rank(question, floor, waiting: [small, large, small])
    #expect(first == TestHouse.rank(question, floor, waiting: [large, pair]))
    #expect(first != TestHouse.rank(question, floor, waiting: [large, small]))
  }

  @Test("ties break by table number, as people count")
  func ties() {
    let floor = TestHouse.floor(["T10", "T9", "T2"].map { TestHouse.table($0, 4) })
    #expect(TestHouse.rank(TestHouse.question(4), floor).choices == [["T2"], ["T9"], ["T10"]])
  }

  @Test("the limit shortens the list and nothing else")
  func limit() {
    let floor = TestHouse.floor((1...9).map { TestHouse.table(TableNumber("\($0)"), 4) })
    let all = TestHouse.rank(TestHouse.question(4), floor)
    let three = TestHouse.rank(TestHouse.question(4), floor, limit: 3)
    #expect(Array(all.plans.prefix(3)) == three.plans)
    #expect(three.consideredCount == 9)
    #expect(TestHouse.rank(TestHouse.question(4), floor, limit: 0).plans.isEmpty)
  }

  @Test("rejections are counted by reason")
  func rejections() {
    let tables = [
      TestHouse.table("1", 2), TestHouse.table("2", 4), TestHouse.table("3", 6, min: 5), TestHouse.table("4", 4),
    ]
    let ranking = TestHouse.rank(
      TestHouse.question(4), TestHouse.floor(tables, adjacency: [("1", "2")]), taken: [("4", 1_140, 1_200)])
    #expect(ranking.rejected(.tooSmall) == 1)
    #expect(ranking.rejected(.belowMinParty) == 1)
    #expect(ranking.rejected(.moreThanNeeded) == 1)
    #expect(ranking.rejected(.occupied) == 1)
    #expect(ranking.consideredCount == 1)
  }
}
