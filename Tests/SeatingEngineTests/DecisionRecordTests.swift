import BookingDomain
import Foundation
import SeatingEngine
import Testing

/// Records of decisions: replay, explanation, nothing personal.
struct DecisionRecordTests {
  private static func record(
    _ question: SeatingQuestion, _ floor: CompiledFloor, taken: [(TableNumber, Int, Int)] = [],
    waiting: [WaitingParty] = [], past: PastSuccess = .none
  ) -> DecisionRecord {
    let snapshot = TestHouse.snapshot(floor, taken: taken, waiting: waiting, past: past)
    let engine = SmartAssignmentEngine(floor: floor, demand: DemandForecast(restaurant: floor.restaurant))
    return DecisionRecord(question: question, snapshot: snapshot, ranking: engine.rank(question, in: snapshot))
  }

  @Test("a record that was stored replays to the same answer", arguments: 1...20)
  func replays(seed: UInt64) throws {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 9)
    let floor = CompiledFloor(restaurant: restaurant)
    for _ in 0..<5 {
      let question = house.question()
      let waiting = [WaitingParty(party: 4, block: question.slot.block)]
      let past = PastSuccess(
        strategies: [.adjacency: PastSuccess.Count(tries: 5, successes: 4)],
        seatings: [PastSuccess.Seating(party: question.party, tables: ["T1"], times: 2)])
      let record = Self.record(
        question, floor, taken: house.claims(12, on: restaurant), waiting: waiting, past: past)
      let stored = try JSONDecoder().decode(DecisionRecord.self, from: JSONEncoder().encode(record))
      #expect(stored == record)
      #expect(try stored.isReproduced(floor: floor))
    }
  }

  @Test("the same input has the same id, another input another")
  func identity() {
    let floor = TestHouse.floor([TestHouse.table("1", 4), TestHouse.table("2", 4)])
    let first = Self.record(TestHouse.question(4), floor, taken: [("1", 100, 200), ("2", 300, 400)])
    let same = Self.record(TestHouse.question(4), floor, taken: [("2", 300, 400), ("1", 100, 200)])
    #expect(first.id == same.id)
    #expect(first.id.count == 16)
    #expect(first.id != Self.record(TestHouse.question(3), floor, taken: [("1", 100, 200), ("2", 300, 400)]).id)
    #expect(first.id != Self.record(TestHouse.question(4), floor, taken: [("1", 100, 201), ("2", 300, 400)]).id)
    let wishes = SeatingWishes(tags: ["window", "quiet", "round", "booth"])
    let ids = (0..<20).map { _ in Self.record(TestHouse.question(4, wishes: wishes), floor).id }
    #expect(Set(ids).count == 1)
  }

  @Test("a changed floor is not replayed")
  func changedFloor() {
    let record = Self.record(TestHouse.question(4), TestHouse.floor([TestHouse.table("1", 4)]))
    #expect(throws: DecisionRecord.ReplayError.self) {
      try record.replay(floor: TestHouse.floor([TestHouse.table("1", 5)]))
    }
  }

  @Test("explain says in plain words what was chosen and why the rest was not")
  func explains() {
    let floor = TestHouse.floor(
      [TestHouse.table("12", 4), TestHouse.table("13", 2), TestHouse.table("14", 6)], adjacency: [("12", "14")])
    let record = Self.record(TestHouse.question(4), floor, taken: [("14", 1_140, 1_200)])
    let text = record.explain(floor: floor)
    #expect(text.contains("Party of 4, \(TestHouse.date), 19:00–20:30: table 12, out of 1 possible."))
    #expect(text.contains("Table 12 seats 4, party of 4: no spare seats"))
    #expect(text.contains("Not possible: 1 too small, 1 with more tables than needed, 1 taken at that time."))
  }

  @Test("explain says when no table is free")
  func explainsNone() {
    let floor = TestHouse.floor([TestHouse.table("1", 4)])
    let record = Self.record(TestHouse.question(4), floor, taken: [("1", 1_140, 1_200)])
    #expect(record.chosen == nil)
    #expect(record.explain(floor: floor).contains("no table is free"))
  }

  @Test("a record's fields are those of the question, none of a guest")
  func noGuestData() throws {
    let record = Self.record(TestHouse.question(4), TestHouse.floor([TestHouse.table("1", 4)]))
    let json = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(record)) as? [String: Any])
    let allowed: Set = [
      "id", "engineVersion", "floorFingerprint", "question", "span", "taken", "waiting", "pastSuccess", "limit",
      "ranking",
    ]
    #expect(Set(json.keys) == allowed)
    let question = try #require(json["question"] as? [String: Any])
    #expect(Set(question.keys) == ["bookingID", "party", "slot", "wishes", "extraChairs", "now"])
    let wishes = try #require(question["wishes"] as? [String: Any])
    #expect(Set(wishes.keys).isSubset(of: ["zone", "tags", "needs"]))
  }
}
