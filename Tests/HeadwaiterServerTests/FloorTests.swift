import BookingDomain
import HeadwaiterAPI
import HeadwaiterTesting
import Hummingbird
import Testing

@testable import HeadwaiterServer

@Suite("Floors, review, system")
struct FloorTests {
  @Test func floor_showsTablesServicesClaimsAndBookings() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await caller.book()
      let block = try await caller.post(
        "/v1/restaurants/house/blocks",
        [
          "tables": ["T7"], "from": "2026-06-01T17:00:00+01:00", "until": "2026-06-01T22:00:00+01:00",
          "reason": "wobbles",
        ])
      #expect(block.status == 201)
      let floor = try await caller.get("/v1/restaurants/house/floor?date=2026-06-01")
      #expect(floor.list("tables").count == 8)
      #expect(floor.list("services").count == 2)
      #expect(floor.string("services.1.start") == "2026-06-01T17:00:00+01:00")
      #expect(floor.string("restaurant.timezone") == "Europe/London")
      #expect(floor.string("now") == "2026-06-01T13:00:00+01:00")
      #expect(floor.list("claims").count == 2)
      #expect(floor.string("bookings.0.id") == made.string("id"))
      #expect(floor.value("bookings.0.guest") == nil)
      #expect(floor.list("adjacency").count == 4)
      #expect(try await caller.get("/v1/restaurants/house/floor").string("date") == "2026-06-01")
      let list = try await caller.get("/v1/restaurants/house/blocks")
      #expect(list.string("blocks.0.reason") == "wobbles")
      let path = try #require(block.header("Location"))
      #expect(try await caller.send(.delete, path).status == 204)
      #expect(try await caller.send(.delete, path).status == 404)
    }
  }

  @Test func review_queue_suggestsAndForceConfirms() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let tables = (1...8).map { "T\($0)" }
      let blocked = try await caller.post(
        "/v1/restaurants/house/blocks",
        ["tables": tables, "from": "2026-06-01T10:00:00Z", "until": "2026-06-01T23:00:00Z", "reason": "party"])
      let made = try await caller.book()
      #expect(made.string("assignment_state") == "manual_review")
      let id = try #require(made.string("id"))
      _ = try await caller.send(.delete, try #require(blocked.header("Location")))
      let queue = try await caller.get("/v1/review?restaurant_id=house")
      #expect(queue.string("items.0.booking.id") == id)
      #expect(!queue.list("items.0.suggested_tables").isEmpty)
      let confirmed = try await caller.post("/v1/review/\(id)/force-confirm", ["tables": ["T3"]])
      #expect(confirmed.string("status") == "confirmed")
      #expect(try await caller.post("/v1/review/\(id)/decline").status == 409)
    }
  }

  @Test func system_tellsWhatItIs() async throws {
    let harness = try await ServerHarness { $0.demo = { .object(["phase": .string("running")]) } }
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await caller.get("/v1/health").string("verdict") == "WARNING")
      #expect(try await caller.get("/v1/health").list("reasons") as? [String] == ["no bookings in 24 h"])
      let machine = try await caller.get("/v1/state-machine")
      #expect(machine.list("transitions").count == TransitionTable.rules.count)
      let configuration = try await caller.get("/v1/admin/config")
      #expect(configuration.string("version") == "1.2.3")
      #expect(configuration.string("entries.0.name") == "port")
      #expect(configuration.string("flags.0.value") == "false")
      #expect(configuration.list("flags").count == FlagName.allCases.count)
      #expect(try await caller.get("/v1/demo").string("phase") == "running")
      let page = try await caller.get("/")
      #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
      #expect(page.header("Content-Security-Policy") != nil)
      #expect(try await caller.get("/floor/house").status == 200)
      #expect(try await caller.get("/console/floor.js").status == 200)
      #expect(try await caller.get("/console/nothing.js").status == 404)
      #expect(page.header("X-Content-Type-Options") == "nosniff")
    }
  }

  @Test func readiness_closedStore_is503WithAReason() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await caller.get("/readyz").value("ready") as? Bool == true)
      await harness.closeStore()
      let answer = try await caller.get("/readyz")
      #expect(answer.status == 503)
      #expect(answer.string("reasons.0")?.hasPrefix("storage") == true)
      #expect(try await caller.get("/healthz").status == 200)
      let read = try await caller.get("/v1/bookings/x")
      #expect(read.status == 503)
      #expect(read.header("Retry-After") == "1")
    }
  }

  @Test func serviceDay_runsPastMidnight() throws {
    var house = Restaurant.sample()
    house.servicePeriods[1].end = try #require(LocalTime("02:00"))
    let date = try #require(LocalDate("2026-06-01"))
    let day = ServiceDay(house, date: date)
    #expect(day.span.end == house.calendar.timestamp(date: date, minute: 26 * 60))
    let night = house.calendar.timestamp(date: date, minute: 25 * 60)
    #expect(ServiceDay.current(of: house, at: night) == date)
    #expect(ServiceDay.current(of: house, at: night.adding(minutes: 120)) == date.adding(days: 1))
  }
}
