import BookingDomain
import SeatingEngine

/// Random small floors and questions.
struct RandomHouse {
  var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  mutating func restaurant(tables count: Int, named: Bool = true) -> Restaurant {
    let tables = (1...count).map { table(TableNumber("T\($0)"), zone: $0 * 2 <= count ? "Room" : "Terrace") }
    var adjacency: [(TableNumber, TableNumber)] = []
    for index in 1..<count where Int.random(in: 0..<4, using: &numbers) > 0 {
      adjacency.append((tables[index - 1].number, tables[index].number))
    }
    let pair = [tables[0].number, tables[min(2, count - 1)].number]
    let combination = NamedCombination(name: "Long table", tables: pair, minParty: 3, maxParty: 20)
    return TestHouse.restaurant(
      tables, adjacency: adjacency, named: named && count > 5 ? [combination] : [],
      combining: CombiningPolicy(
        maxTables: Int.random(in: 1...4, using: &numbers), requireAdjacency: Int.random(in: 0..<4, using: &numbers) > 0,
        maxSpareSeats: [nil, 1, 4].randomElement(using: &numbers) ?? nil))
  }

  private mutating func table(_ number: TableNumber, zone: String) -> DiningTable {
    let capacity = [2, 2, 4, 4, 6, 8].randomElement(using: &numbers) ?? 2
    let more = Int.random(in: 0..<3, using: &numbers) == 0
    return TestHouse.table(
      number, capacity, zone: zone, min: [nil, 1, capacity / 2].randomElement(using: &numbers) ?? nil,
      max: more ? capacity + 1 : nil, fixed: Int.random(in: 0..<3, using: &numbers) == 0,
      tags: Int.random(in: 0..<4, using: &numbers) == 0 ? ["accessible"] : ["window"],
      priority: Int.random(in: 0..<3, using: &numbers), active: Int.random(in: 0..<10, using: &numbers) > 0)
  }

  mutating func question() -> SeatingQuestion {
    let start = Int.random(in: 600...1_300, using: &numbers)
    let needs: Set<GuestNeed> = Int.random(in: 0..<5, using: &numbers) == 0 ? [.accessible] : []
    let zone = Int.random(in: 0..<3, using: &numbers) == 0 ? "Terrace" : nil
    return TestHouse.question(
      Int.random(in: 1...12, using: &numbers), from: start, until: start + Int.random(in: 45...150, using: &numbers),
      wishes: SeatingWishes(zone: zone, needs: needs), host: Bool.random(using: &numbers),
      now: Bool.random(using: &numbers) ? TestHouse.early : TestHouse.midnight.adding(minutes: start - 60))
  }

  /// A day of random bookings.
  /// - Parameter start: when one is, in minutes of the day; its own random time, unless given.
  mutating func bookings(_ count: Int, at start: ((_ index: Int, _ party: Int) -> Int)? = nil) -> [PlanBooking] {
    (0..<count).map { index in
      let question = question()
      let slot = start.map { start in
        let minute = start(index, question.party)
        return TestHouse.slot(minute, minute + 95)
      }
      return PlanBooking(
        id: BookingID("\(index)"), party: question.party, slot: slot ?? question.slot, wishes: question.wishes,
        extraChairs: question.extraChairs, now: question.now)
    }
  }

  /// Claims on random tables and minutes.
  mutating func claims(_ count: Int, on restaurant: Restaurant) -> [(TableNumber, Int, Int)] {
    (0..<count).map { _ in
      let start = Int.random(in: 0...1_400, using: &numbers)
      let table = restaurant.floor.tables.randomElement(using: &numbers)?.number ?? "T1"
      return (table, start, start + Int.random(in: 1...180, using: &numbers))
    }
  }
}
