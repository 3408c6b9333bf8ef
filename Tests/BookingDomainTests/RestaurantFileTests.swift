import BookingDomain
import Testing

struct RestaurantFileTests {
  @Test func decode_annotatedFile_readsEveryKey() throws {
    let restaurant = try TestData.annotated()
    #expect(restaurant.id == "annotated")
    #expect(restaurant.calendar.identifier == "Europe/London")
    #expect(restaurant.openingHours.first?.days == Weekday.allCases)
    #expect(restaurant.openingHours.first?.close.description == "00:30")
    #expect(restaurant.servicePeriods.map(\.name) == ["Lunch", "Dinner"])
    #expect(restaurant.servicePeriods[1].turnMinutes(party: 4) == 105)
    #expect(restaurant.exceptions[0].closed)
    #expect(restaurant.exceptions[1].hours?.days == [.thu])
    #expect(restaurant.exceptions[1].servicePeriods?.first?.days == [.thu])
    #expect(restaurant.lastSeatingBufferMinutes == 30)
    #expect(restaurant.buffers == Buffers(beforeMinutes: 0, afterMinutes: 5))
    #expect(restaurant.pacing == Pacing(intervalMinutes: 15, maxCovers: 24, maxCoversOnline: 16, maxParties: 8))
    #expect(restaurant.combining == CombiningPolicy(maxTables: 3, requireAdjacency: true, maxSpareSeats: 4))
    #expect(restaurant.demand.first?.partySizes == [2: 0.55, 3: 0.1, 4: 0.25, 6: 0.1])
    #expect(restaurant.floor.zones == [Zone(name: "Room", area: "indoor"), Zone(name: "Terrace", area: "outdoor")])
    #expect(restaurant.floor.tables.map(\.number) == ["1", "2", "3", "T1"])
    #expect(restaurant.floor.tables[1].mobility == .fixed)
    #expect(restaurant.floor.tables[1].isAccessible)
    #expect(restaurant.floor.tables[0].position == TablePosition(x: 1, y: 1))
    #expect(restaurant.floor.adjacency == [TablePair("3", "1")])
    #expect(restaurant.floor.combinations.first?.tables == ["1", "2", "3"])
    let block = try #require(restaurant.floor.blocks.first)
    #expect(block.window.start == (try TestData.time("2026-12-24T17:00:00Z")))
    #expect(block.reason == "repair")
  }

  @Test func decode_whiteHorse_readsTheWholeFloor() throws {
    let restaurant = try TestData.whiteHorse()
    #expect(restaurant.floor.tables.count == 26)
    #expect(restaurant.floor.tables.reduce(0) { $0 + $1.capacity } == 116)
    #expect(restaurant.floor.adjacency.count == 23)
    #expect(restaurant.servicePeriods.count == 5)
    #expect(restaurant.pacing == nil)
    #expect(restaurant.holdTTLSeconds == 180)
  }

  @Test func encode_thenDecode_givesTheSameRestaurant() throws {
    for original in [try TestData.annotated(), try TestData.whiteHorse()] {
      let bytes = RestaurantFile.encode(original)
      #expect(try RestaurantFile.decode(bytes, source: "again") == original)
      #expect(RestaurantFile.encode(try RestaurantFile.decode(bytes, source: "again")) == bytes)
    }
  }

  @Test func encode_unusualNumbersAndTexts_roundTrip() throws {
    var restaurant = try TestData.annotated()
    var table = restaurant.floor.tables[0]
    table.position = TablePosition(x: 0.1 + 0.2, y: -1e-7, width: 1.0 / 3, height: 2, rotation: -33.3, shape: .round)
    table.category = "„Stammtisch\" \\ 日本 🍷"
    table.maxParty = nil
    table.isActive = false
    restaurant.floor.tables[0] = table
    restaurant.floor.zones[0].area = nil
    restaurant.servicePeriods[0].end = try TestData.clock("24:00")
    restaurant.exceptions[1].servicePeriods = []
    restaurant.combining.maxSpareSeats = nil
    restaurant.floor.combinations[0].maxParty = nil
    #expect(try RestaurantFile.decode(RestaurantFile.encode(restaurant), source: "again") == restaurant)
  }

  @Test func encode_blockInTheHourThatOccursTwice_keepsTheMoment() throws {
    var restaurant = try TestData.annotated()
    for start in ["2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00Z"] {
      let window = TimeWindow(start: try TestData.time(start), end: try TestData.time("2026-10-25T12:00:00Z"))
      restaurant.floor.blocks = [FileBlock(tables: ["1"], window: window, reason: "")]
      let again = try RestaurantFile.decode(RestaurantFile.encode(restaurant), source: "again")
      #expect(again.floor.blocks == restaurant.floor.blocks)
    }
  }

  @Test func decode_leastFile_takesTheDocumentedDefaults() throws {
    let text = """
      {"id": "r", "name": "R", "timezone": "UTC", "opening_hours": null, "pacing": null, "combining": {"max_spare_seats": null},
       "zones": [{"name": "Z"}], "tables": [{"number": "1", "zone": "Z", "capacity": 2e0, "min_party": null}]}
      """
    let restaurant = try RestaurantFile.decode(Array(text.utf8), source: "body")
    let calendar = try TestData.calendar("UTC")
    let table = DiningTable(number: "1", zone: "Z", capacity: 2)
    let expected = Restaurant(
      id: "r", name: "R", calendar: calendar, openingHours: [], servicePeriods: [],
      floor: FloorPlan(zones: [Zone(name: "Z")], tables: [table]))
    #expect(restaurant == expected)
    #expect(restaurant.bookingIntervalMinutes == 15 && restaurant.review == ReviewPolicy())
  }

  @Test func decode_adjacencyGivenTwice_keepsOnePair() throws {
    let tree = try JSONTree.parse(TestData.annotatedBytes(), source: "a")
      .setting("/adjacency", to: try JSONTree.parse(Array(#"[["1", "3"], ["3", "1"]]"#.utf8), source: "a"))
    let restaurant = try RestaurantFile.decode(JSONWriter.write(tree), source: "a")
    #expect(restaurant.floor.adjacency == [TablePair("1", "3")])
  }
}
