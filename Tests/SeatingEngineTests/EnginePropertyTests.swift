import BookingDomain
import SeatingEngine
import Testing

/// Seeded properties on random floors.
struct EnginePropertyTests {
  private static func isFree(_ tables: [TableNumber], _ question: SeatingQuestion, _ taken: [(TableNumber, Int, Int)])
    -> Bool
  {
    !taken.contains { claim in
      tables.contains(claim.0) && TestHouse.window(claim.1, claim.2).overlaps(question.slot.block)
    }
  }

  @Test("plans are valid and free; everything feasible is considered", arguments: 1...40)
  func feasibility(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 8)
    let floor = CompiledFloor(restaurant: restaurant)
    let rules = PlanRules(restaurant: restaurant)
    for _ in 0..<15 {
      let question = house.question()
      let taken = house.claims(10, on: restaurant)
      let ranking = TestHouse.rank(question, floor, taken: taken, limit: .max)
      let allowed = rules.allowed(
        party: question.party, host: question.extraChairs, accessible: question.wishes.needsAccessibleTable)
      let feasible = allowed.filter {
        Self.isFree($0, question, taken) && !rules.keeps($0, from: question)
      }
      let ranked = Set(ranking.choices)
      #expect(ranked.isSubset(of: feasible))
      #expect(ranked.count == ranking.consideredCount)
      // What is left out holds a smaller choice that is ranked.
      for tables in feasible.subtracting(ranked) {
        #expect(ranked.contains { Set($0).isStrictSubset(of: Set(tables)) })
      }
      let counted = ranking.rejections.reduce(ranking.consideredCount) { $0 + $1.count }
      #expect(counted == floor.options.count)
    }
  }

  @Test("whether there is room agrees with brute force and with legacy, whatever V3 keeps free", arguments: 1...20)
  func room(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 8)
    let floor = CompiledFloor(restaurant: restaurant)
    let rules = PlanRules(restaurant: restaurant)
    for _ in 0..<15 {
      let question = house.question()
      let taken = house.claims(12, on: restaurant)
      let snapshot = TestHouse.snapshot(floor, taken: taken)
      let allowed = rules.allowed(
        party: question.party, host: question.extraChairs, accessible: question.wishes.needsAccessibleTable)
      let hasRoom = snapshot.hasRoom(for: question)
      #expect(hasRoom == allowed.contains { Self.isFree($0, question, taken) })
      #expect(hasRoom == (LegacyPlanner(floor: floor).quoteTables(question, in: snapshot) != nil))
    }
  }

  @Test("whether a floor could ever seat a party agrees with brute force", arguments: 1...20)
  func fit(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 8)
    let floor = CompiledFloor(restaurant: restaurant)
    let rules = PlanRules(restaurant: restaurant)
    for party in 1...30 {
      for host in [false, true] {
        for accessible in [false, true] {
          let possible = !rules.allowed(party: party, host: host, accessible: accessible).isEmpty
          #expect((floor.fit(party: party, extraChairs: host, accessible: accessible) == .fits) == possible)
        }
      }
    }
  }

  @Test("plans come best first, and the same question gets the same answer", arguments: 1...15)
  func determinism(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 10)
    let taken = house.claims(12, on: restaurant)
    var shuffled = restaurant
    shuffled.floor.tables.shuffle(using: &house.numbers)
    shuffled.floor.adjacency.shuffle(using: &house.numbers)
    for _ in 0..<10 {
      let question = house.question()
      let first = TestHouse.rank(question, CompiledFloor(restaurant: restaurant), taken: taken)
      let second = TestHouse.rank(
        question, CompiledFloor(restaurant: shuffled), taken: taken.shuffled(using: &house.numbers))
      #expect(first == second)
      #expect(zip(first.plans, first.plans.dropFirst()).allSatisfy { $0.score >= $1.score })
    }
  }

  @Test("legacy is the best fit of brute force", arguments: 1...30)
  func legacy(seed: UInt64) {
    var house = RandomHouse(seed: seed)
    let restaurant = house.restaurant(tables: 8)
    let floor = CompiledFloor(restaurant: restaurant)
    for _ in 0..<15 {
      let question = house.question()
      let taken = house.claims(10, on: restaurant)
      let allowed = PlanRules(restaurant: restaurant).allowed(
        party: question.party, host: question.extraChairs, accessible: question.wishes.needsAccessibleTable)
      let best = allowed.filter { Self.isFree($0, question, taken) }.min { a, b in
        let keys = [a, b].map { tables in
          (max(0, tables.reduce(0) { $0 + (restaurant.floor.table($1)?.capacity ?? 0) } - question.party), tables.count)
        }
        return keys[0] != keys[1] ? keys[0] < keys[1] : a.lexicographicallyPrecedes(b)
      }
      let plan = LegacyPlanner(floor: floor).quoteTables(question, in: TestHouse.snapshot(floor, taken: taken))
      #expect(plan?.tables == best)
      #expect(plan.map { $0.strategy == .legacyBestFit } ?? true)
    }
  }
}
