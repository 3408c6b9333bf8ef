import BookingDomain
import Bootstrap
import Testing

@testable import Rehearsal

@Suite struct RehearsalDemandTests {
  private func demand(seed: UInt64) throws -> RehearsalDemand {
    let scenario = try SmallRehearsal.scenario { $0.days = 3 }
    return .generated(for: scenario, like: try DemoScript.whiteHorse(), seed: seed)
  }

  @Test func `the same seed makes the same guests, another one others`() throws {
    let (one, same, other) = (try demand(seed: 1), try demand(seed: 1), try demand(seed: 2))
    #expect(one.rows == same.rows)
    #expect(one.restaurants == same.restaurants)
    #expect(one.rows != other.rows)
    #expect(one.restaurants != other.restaurants)
  }

  @Test func `guests book in order, within the days, each once, about as many as asked for`() throws {
    let scenario = try SmallRehearsal.scenario { $0.days = 3 }
    let rows = try demand(seed: 4).rows
    let times = try rows.map { try #require($0.createdAt) }
    #expect(times == times.sorted())
    #expect(times.allSatisfy { scenario.startTime <= $0 && $0 < scenario.endTime })
    #expect(Set(rows.map(\.bookingID)).count == rows.count)
    #expect((700...1_100).contains(rows.count), "\(rows.count) of 900")
  }

  @Test func `every restaurant is valid, and a part of the house`() throws {
    let house = try DemoScript.whiteHorse()
    for restaurant in try demand(seed: 3).restaurants {
      let bytes = RestaurantFile.encode(restaurant)
      #expect(try RestaurantFile.decode(bytes, source: "made-up") == restaurant)
      #expect((10...26).contains(restaurant.floor.tables.count))
      #expect(Set(restaurant.floor.tables).isSubset(of: house.floor.tables))
    }
  }

  @Test func `of a bookings file, who gives no time books on the day before`() throws {
    let house = try DemoScript.whiteHorse()
    let date = try #require(LocalDate("2026-12-04"))
    let made = Timestamp(seconds: 1_796_000_000)
    let rows = [
      BookingRow(bookingID: "b-1", restaurantID: house.id, date: date, startMinute: 1_140, party: 2, line: 2),
      BookingRow(
        bookingID: "b-2", restaurantID: house.id, date: date, startMinute: 1_140, party: 2, createdAt: made, line: 3),
    ]
    let demand = RehearsalDemand.recorded(rows, restaurants: [house.id: house], seed: 1)
    let times = Dictionary(uniqueKeysWithValues: demand.rows.map { ($0.bookingID, $0.createdAt) })
    #expect(times["b-2"] == made)
    let drawn = try #require(times["b-1"] ?? nil)
    #expect(house.calendar.local(drawn).date == date.adding(days: -1))
    var scenario = RehearsalScenario(name: "recorded")
    scenario.fit(to: demand)
    #expect(scenario.startTime <= min(made, drawn))
    #expect(max(made, drawn) < scenario.endTime)
    #expect(scenario.restaurants == 1)
  }
}
