import BookingDomain
import Foundation
import Hummingbird
import Testing

@Suite("Bookings over HTTP")
struct BookingTests {
  @Test func create_waits_untilConfirmedWithTables() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.book()
      #expect(answer.status == 201)
      #expect(answer.string("status") == "confirmed")
      #expect(answer.string("assignment_state") == "confirmed")
      #expect(answer.list("tables").count == 1)
      #expect(answer.string("origin") == "guest")
      #expect(answer.string("start") == "2026-06-01T19:00:00+01:00")
      #expect(answer.string("guest.name") == "Ada Unmistakable")
      let version = try #require(answer.int("version"))
      let id = try #require(answer.string("id"))
      #expect(answer.header("ETag") == "\"\(version)\"")
      #expect(answer.header("Location") == "/v1/bookings/\(id)")
      let history = try await caller.get("/v1/bookings/\(id)/history")
      let states = history.list("history").compactMap { ($0 as? [String: Any])?["to_state"] as? String }
      let expected = [
        "created", "capacity_verified", "assignment_pending", "assignment_in_progress", "assigned", "confirmed",
      ]
      #expect(states == expected)
    }
  }

  @Test func create_momentAndWallTime_areTheSame() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      var body = ServerHarness.newBooking(["start": "2026-06-01T18:00:00Z"])
      body["date"] = nil
      body["start_time"] = nil
      let answer = try await caller.post("/v1/bookings", body)
      #expect(answer.string("start") == "2026-06-01T19:00:00+01:00")
    }
  }

  @Test func create_waitZero_answersAtOnceAndPreferIsTold() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let body = ServerHarness.newBooking(["wait_seconds": 0])
      let answer = try await caller.post("/v1/bookings", body)
      #expect(answer.status == 201)
      #expect(answer.string("assignment_state") == "created")
      let preferred = try await caller.post(
        "/v1/bookings", ServerHarness.newBooking(), headers: ["Prefer": "respond-async, wait=5"])
      #expect(preferred.header("Preference-Applied") == "wait=5")
    }
  }

  @Test(arguments: [
    ("guest_app", nil, "guest"), ("host", nil, "host"), ("host", "guest", "guest"), ("admin", nil, "host"),
  ])
  func create_origin_followsTheRole(_ role: String, _ asked: String?, _ expected: String) async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(try #require(.init(rawValue: role)))
    try await harness.run { (open: TestCaller) async throws in
      var body = ServerHarness.newBooking()
      if let asked { body["origin"] = asked }
      let answer = try await open.with(key).post("/v1/bookings", body)
      #expect(answer.string("origin") == expected)
    }
  }

  @Test func create_guestAppAsHost_isRefused() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.guestApp)
    try await harness.run { (open: TestCaller) async throws in
      let asHost = try await open.with(key).post("/v1/bookings", ServerHarness.newBooking(["origin": "host"]))
      #expect(asHost.status == 422)
      #expect(asHost.string("pointer") == "/origin")
      let long = try await open.with(key).post("/v1/bookings", ServerHarness.newBooking(["duration_minutes": 300]))
      #expect(long.string("pointer") == "/duration_minutes")
    }
  }

  @Test func change_withPresentTag_movesOnAndStaleOneIs412WithTheBooking() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await caller.book()
      let path = "/v1/bookings/\(try #require(made.string("id")))"
      let tag = try #require(made.header("ETag"))
      let changed = try await caller.send(.patch, path, json: ["party_size": 4], headers: ["If-Match": tag])
      #expect(changed.status == 200)
      #expect(changed.int("party_size") == 4)
      #expect(changed.string("status") == "confirmed")
      let stale = try await caller.send(.patch, path, json: ["party_size": 3], headers: ["If-Match": tag])
      #expect(stale.status == 412)
      #expect(stale.string("code") == "stale_version")
      #expect(stale.int("booking.version") == changed.int("version"))
      #expect(stale.value("booking.guest") == nil)
      #expect(stale.header("ETag") == changed.header("ETag"))
      for foreign in ["\"0\"", "\"\"", "\"x\"", "\"07\"", "\"99999999999999999999\""] {
        let answer = try await caller.send(.patch, path, json: ["party_size": 3], headers: ["If-Match": foreign])
        #expect(answer.status == 412, "\(foreign)")
      }
      let whatever = try await caller.send(.patch, path, json: ["party_size": 3], headers: ["If-Match": "*"])
      #expect(whatever.status == 200)
    }
  }

  @Test(arguments: ["W/\"1\"", "1", "\"", "\"1\", \"2\"", "\"a b\""])
  func change_malformedTag_is400(_ tag: String) async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.send(.patch, "/v1/bookings/x", json: ["party_size": 3], headers: ["If-Match": tag])
      #expect(answer.status == 400)
      #expect(answer.string("parameter") == "If-Match")
    }
  }

  @Test func read_knownTag_is304() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await caller.book()
      let path = try #require(made.header("Location"))
      let tag = try #require(made.header("ETag"))
      let same = try await caller.get(path, headers: ["If-None-Match": "\"x\", W/\(tag)"])
      #expect(same.status == 304)
      #expect(same.text.isEmpty)
      let other = try await caller.get(path, headers: ["If-None-Match": "\"99\""])
      #expect(other.status == 200)
      let restaurant = try await caller.get("/v1/restaurants/house")
      let again = try await caller.get(
        "/v1/restaurants/house", headers: ["If-None-Match": try #require(restaurant.header("ETag"))])
      #expect(again.status == 304)
    }
  }

  @Test func visit_seatCompleteUndo_followTheStatusTable() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await caller.post("/v1/walk-ins", ["restaurant_id": "house", "party_size": 2])
      #expect(made.status == 201)
      #expect(made.string("status") == "seated")
      let path = try #require(made.header("Location"))
      #expect(try await caller.post(path + "/complete").string("status") == "completed")
      #expect(try await caller.post(path + "/undo").string("status") == "seated")
      let refused = try await caller.post(path + "/no-show")
      #expect(refused.status == 409)
      #expect(refused.string("code") == "status_not_allowed")
      #expect(refused.string("transition.from") == "seated")
    }
  }

  @Test func tables_movePinCancel_areTold() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let path = try #require(try await caller.book().header("Location"))
      let moved = try await caller.post(path + "/move", ["tables": ["T3"]])
      #expect(moved.list("tables") as? [String] == ["T3"])
      #expect(try await caller.post(path + "/pin").value("pinned") as? Bool == true)
      #expect(try await caller.post(path + "/unpin").value("pinned") as? Bool == false)
      let unknown = try await caller.post(path + "/move", ["tables": ["T99"]])
      #expect((400..<500).contains(unknown.status))
      let why = try await caller.get(path + "/why")
      #expect(why.list("tables") as? [String] == ["T3"])
      #expect(try await caller.post(path + "/cancel").string("status") == "cancelled")
      #expect(try await caller.get(path + "/notices").status == 200)
      #expect(try await caller.get(path + "/attempts").list("attempts").count == 1)
    }
  }

  @Test func list_pages_followEachOther() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      for time in ["18:00", "19:00", "20:00"] { _ = try await caller.book(["start_time": time]) }
      let path = "/v1/bookings?restaurant_id=house&date=2026-06-01&limit=2"
      let first = try await caller.get(path)
      #expect(first.list("bookings").count == 2)
      let second = try await caller.get(path + "&after=" + (try #require(first.string("next"))))
      #expect(second.list("bookings").count == 1)
      #expect(second.value("next") == nil)
      #expect(try await caller.get("/v1/bookings?restaurant_id=house&status=cancelled").list("bookings").isEmpty)
      #expect(try await caller.get("/v1/bookings?date=2026-06-01").status == 422)
    }
  }

  @Test func hold_confirm_makesTheBooking() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      var body = ServerHarness.newBooking()
      body["guest"] = nil
      let hold = try await caller.post("/v1/holds", body)
      #expect(hold.status == 201)
      let path = try #require(hold.header("Location"))
      #expect(try await caller.get(path).list("tables").count == 1)
      let booking = try await caller.post(path + "/confirm", ["guest": ["name": "Bo"]])
      #expect(booking.status == 201)
      #expect(booking.list("tables") as? [String] == hold.list("tables") as? [String])
      #expect(booking.string("status") == "confirmed")
      #expect([404, 409].contains(try await caller.post(path + "/confirm").status))
    }
  }
}
