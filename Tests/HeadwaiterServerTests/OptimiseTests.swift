import AssignmentStore
import BookingDomain
import Foundation
import HeadwaiterTesting
import Hummingbird
import Testing

@testable import HeadwaiterServer

@Suite("Better seatings of a day")
struct OptimiseTests {
  private static let house = "/v1/restaurants/house"
  private static var day: [String: Any] { ["date": "2026-06-01"] }

  // MARK: - Preview, apply, undo

  @Test func preview_tellsThePlanInWords_andChangesNothing() async throws {
    try await crowded { caller, pair, large in
      let answer = try await caller.post(Self.house + "/optimise", Self.day)
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.string("plan.state") == "ready")
      #expect(answer.string("plan.cause") == "request")
      #expect(answer.string("plan.date") == "2026-06-01")
      #expect(answer.value("plan.automatic") as? Bool == false)
      #expect(answer.string("plan.created_by") == "open")
      #expect(answer.string("plan.created_at") == "2026-06-01T13:00:00+01:00")
      #expect(answer.value("plan.decided_at") == nil)
      #expect(answer.string("plan.gain") == "1 more booking (8 guests), 6 fewer spare seats")
      #expect(answer.value("plan.gain_percent") as? Double == 100)
      #expect(answer.int("plan.move_count") == 1)
      let texts = answer.list("plan.moves").compactMap { ($0 as? [String: Any])?["text"] as? String }
      #expect(
        Set(texts) == ["Party of 2 at 19:00: table T8 → table T1", "Party of 8 at 19:00: gets table T8"], "\(texts)")
      #expect(answer.string("plan.moves.0.start") == "2026-06-01T19:00:00+01:00")
      #expect(answer.int("now.bookings") == 1)
      #expect(answer.int("plan.before.spare_seats") == 6)
      #expect(answer.int("plan.after.covers") == 10)
      #expect((answer.int("waiting"), answer.int("bound")) == (1, 2))
      #expect(!answer.text.contains("Unmistakable"))
      #expect(try await caller.get("/v1/bookings/\(pair)").list("tables") as? [String] == ["T8"])
      #expect(try await caller.get("/v1/bookings/\(large)").string("assignment_state") == "manual_review")
    }
  }

  @Test func apply_movesAll_andUndoMovesThemBack() async throws {
    try await crowded { caller, pair, large in
      let plan = try await Self.plan(caller)
      let applied = try await caller.post(plan + "/apply")
      #expect(applied.status == 200, "\(applied.text)")
      #expect(applied.string("state") == "applied")
      #expect(applied.string("decided_by") == "open")
      #expect(try await caller.get("/v1/bookings/\(pair)").list("tables") as? [String] == ["T1"])
      #expect(try await caller.get("/v1/bookings/\(large)").string("status") == "confirmed")
      #expect(try await caller.get("/v1/bookings/\(large)/why").string("text")?.contains("seated anew") == true)
      let twice = try await caller.post(plan + "/apply")
      #expect((twice.status, twice.string("code")) == (409, "plan_not_ready"))

      let undone = try await caller.post(plan + "/undo")
      #expect(undone.status == 200, "\(undone.text)")
      #expect(undone.string("state") == "undone")
      #expect(try await caller.get("/v1/bookings/\(pair)").list("tables") as? [String] == ["T8"])
      #expect(try await caller.get("/v1/bookings/\(large)").string("assignment_state") == "manual_review")
      let again = try await caller.post(plan + "/undo")
      #expect((again.status, again.string("code")) == (409, "plan_not_applied"))
    }
  }

  @Test func nothingToGain_hasNoPlan() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      _ = try await caller.book()
      let answer = try await caller.post(Self.house + "/optimise", Self.day)
      #expect(answer.status == 200)
      #expect(answer.value("plan") is NSNull)
      #expect((answer.int("now.bookings"), answer.int("waiting"), answer.int("bound")) == (1, 0, 1))
      #expect(try await caller.get(Self.house + "/plans?date=2026-06-01").list("plans").isEmpty)
    }
  }

  @Test func plans_areListedNewestFirst_andAnOlderOneIsOutdated() async throws {
    try await crowded { caller, pair, _ in
      let first = try await Self.plan(caller)
      #expect(try await Self.plan(caller) == first, "nothing has changed")
      // Whatever changes a booking makes it another plan.
      _ = try await caller.post("/v1/bookings/\(pair)/pin")
      _ = try await caller.post("/v1/bookings/\(pair)/unpin")
      let second = try await Self.plan(caller)
      let list = try await caller.get(Self.house + "/plans?date=2026-06-01")
      #expect(list.list("plans").count == 2)
      #expect(second.hasSuffix(list.string("plans.0.plan_id") ?? "-"))
      #expect(list.string("plans.1.state") == "outdated")
      #expect(try await caller.get(second).string("state") == "ready")
      #expect(try await caller.post(first + "/apply").string("code") == "plan_not_ready")
      #expect(try await caller.get(Self.house + "/plans?date=2026-06-02").list("plans").isEmpty)
    }
  }

  // MARK: - Refusals

  @Test func apply_aBookingHasChanged_is409_andNothingIsDone() async throws {
    try await crowded { caller, pair, large in
      let plan = try await Self.plan(caller)
      #expect(try await caller.post("/v1/bookings/\(pair)/pin").status == 200)
      let answer = try await caller.post(plan + "/apply")
      #expect((answer.status, answer.string("code")) == (409, "plan_outdated"))
      #expect(answer.list("booking_ids") as? [String] == [pair])
      #expect(try await caller.get("/v1/bookings/\(large)").string("assignment_state") == "manual_review")
    }
  }

  @Test func undo_anOldTableIsTaken_is409() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let pair = try #require(try await caller.book().string("id"))
      _ = try await caller.post("/v1/bookings/\(pair)/move", ["tables": ["T8"]])
      let plan = try await Self.plan(caller)
      #expect(try await caller.post(plan + "/apply").status == 200)
      let other = try #require(try await caller.book(["party_size": 4]).string("id"))
      #expect(try await caller.post("/v1/bookings/\(other)/move", ["tables": ["T8"]]).status == 200)
      let answer = try await caller.post(plan + "/undo")
      #expect((answer.status, answer.string("code")) == (409, "table_taken"), "\(answer.text)")
      #expect(try await caller.get(plan).string("state") == "applied")
    }
  }

  @Test func unknownPlansAndDates_areTold() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      for path in ["/plans/none", "/plans/none/apply", "/plans/none/undo"] {
        let answer = try await caller.send(path == "/plans/none" ? .get : .post, Self.house + path)
        #expect((answer.status, answer.string("detail")) == (404, "there is no plan none"))
      }
      #expect(try await caller.get(Self.house + "/plans").string("parameter") == "date")
      #expect(try await caller.post("/v1/restaurants/nowhere/optimise", Self.day).status == 404)
      for body in [[:], ["date": "2026-02-30"], ["date": 5], ["date": "2026-06-01", "dat": 1]] as [[String: Any]] {
        let answer = try await caller.post(Self.house + "/optimise", body)
        #expect((answer.status, answer.string("code")) == (422, "invalid_body"))
      }
    }
  }

  @Test func plan_ofAnotherRestaurant_isNotThere() async throws {
    try await crowded { caller, _, _ in
      let plan = try await Self.plan(caller)
      let elsewhere = plan.replacing("/house/", with: "/other/")
      #expect(try await caller.get(elsewhere).status == 404)
      #expect(try await caller.post(elsewhere + "/apply").status == 404)
    }
  }

  // MARK: - Idempotency

  @Test func apply_withTheSameKey_actsOnceAndIsReplayed() async throws {
    try await crowded { caller, pair, _ in
      let plan = try await Self.plan(caller)
      let key = ["Idempotency-Key": "apply-1"]
      let first = try await caller.post(plan + "/apply", headers: key)
      let version = try await caller.get("/v1/bookings/\(pair)").int("version")
      let second = try await caller.post(plan + "/apply", headers: key)
      #expect((first.status, second.status) == (200, 200))
      #expect(second.header("Idempotency-Replayed") == "true")
      #expect(second.text == first.text)
      #expect(try await caller.get("/v1/bookings/\(pair)").int("version") == version)
    }
  }

  @Test func lostAnswers_areRenderedFromThePlan() async throws {
    try await crowded { caller, harness in
      let text = #"{"date":"2026-06-01"}"#
      let plan = try await Self.plan(caller)
      let id = try #require(plan.split(separator: "/").last.map(String.init))
      for (key, path, body) in [("p", Self.house + "/optimise", text), ("a", plan + "/apply", "")] {
        try await harness.store.saveIdempotency(
          IdempotencyRecord(
            scope: "open", key: key, fingerprint: Digest.hex(of: Array("POST \(path)\n".utf8), Array(body.utf8)),
            resource: id, response: nil, createdAt: harness.clock.now()))
      }
      let preview = try await caller.send(
        .post, Self.house + "/optimise", text: text, headers: ["Idempotency-Key": "p"])
      #expect(preview.header("Idempotency-Replayed") == "true")
      #expect((preview.string("plan.plan_id"), preview.int("now.bookings")) == (id, 1))
      #expect(preview.value("waiting") == nil)
      let applied = try await caller.post(plan + "/apply", headers: ["Idempotency-Key": "a"])
      #expect((applied.status, applied.string("plan_id")) == (200, id))
    }
  }

  // MARK: - Room for one booking

  @Test func review_suggestsMoves_andForceConfirmTakesThem() async throws {
    try await crowded { caller, pair, large in
      let queue = try await caller.get("/v1/review?restaurant_id=house")
      let suggestion = "items.0.suggested_tables.0"
      #expect(queue.list(suggestion + ".tables") as? [String] == ["T8"])
      #expect(queue.value(suggestion + ".needs_squeeze") as? Bool == false)
      #expect(queue.string(suggestion + ".moves.0.booking_id") == pair)
      #expect(queue.string(suggestion + ".moves.0.text") == "Party of 2 at 19:00: table T8 → table T1")
      let confirm = "/v1/review/\(large)/force-confirm"
      #expect(try await caller.post(confirm, ["tables": ["T8"]]).string("code") == "table_taken")
      let moves: [[String: Any]] = [["booking_id": pair, "tables": ["T1"]]]
      let answer = try await caller.post(confirm, ["tables": ["T8"], "moves": moves])
      #expect((answer.status, answer.string("status")) == (200, "confirmed"), "\(answer.text)")
      #expect(try await caller.get("/v1/bookings/\(pair)").list("tables") as? [String] == ["T1"])
    }
  }

  @Test(arguments: [
    (#"[{"booking_id":"b","tables":["T1"],"table":1}]"#, "/moves/0/table"),
    (#"[{"booking_id":"b"}]"#, "/moves/0/tables"), (#"[{"tables":["T1"]}]"#, "/moves/0/booking_id"),
    (#"[{"booking_id":"b","tables":[]}]"#, "/moves/0/tables"), (#"[7]"#, "/moves/0"), (#"{}"#, "/moves"),
    (#"[{"booking_id":"b","tables":["T1"]},{"booking_id":"b","tables":["T2"]}]"#, "/moves"),
  ])
  func forceConfirm_badMoves_areToldWithTheirPlace(_ moves: String, pointer: String) async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.send(
        .post, "/v1/review/x/force-confirm", text: #"{"tables":["T8"],"moves":\#(moves)}"#)
      #expect((answer.status, answer.string("pointer")) == (422, pointer), "\(answer.text)")
    }
  }

  @Test func automaticHouse_countsMovesInAvailability_andMakesRoom() async throws {
    try await crowded { caller, harness in
      var restaurant = try #require(try await harness.store.restaurant("house")).restaurant
      restaurant.optimisation.automatic = true
      let file = String(decoding: RestaurantFile.encode(restaurant), as: UTF8.self)
      #expect(try await caller.send(.put, Self.house, text: file).status == 200)
      let times = try await caller.get(Self.house + "/availability?date=2026-06-01&party_size=8&needs=accessible")
      let moves = times.list("times").compactMap { $0 as? [String: Any] }
        .filter { ($0["start"] as? String) == "2026-06-01T19:00:00+01:00" }.compactMap { $0["moves"] as? Int }
      #expect(moves == [1])
      #expect(times.int("times.0.moves") == 0)
      let made = try await caller.book(["party_size": 8, "needs": ["accessible"]])
      #expect(made.list("tables") as? [String] == ["T8"], "\(made.text)")
      let list = try await caller.get(Self.house + "/plans?date=2026-06-01")
      #expect(list.value("plans.0.automatic") as? Bool == true)
      #expect((list.string("plans.0.cause"), list.string("plans.0.state")) == ("no_table", "applied"))
    }
  }

  // MARK: - A crowded evening

  private static func plan(_ caller: TestCaller) async throws -> String {
    let answer = try await caller.post(house + "/optimise", day)
    return house + "/plans/" + (try #require(answer.string("plan.plan_id"), "\(answer.text)"))
  }

  /// Two guests have the only accessible table, which is for eight; eight who need it wait.
  private func crowded(
    _ test: @Sendable (TestCaller, _ pair: String, _ large: String) async throws -> Void
  ) async throws {
    try await crowded { caller, _, pair, large in try await test(caller, pair, large) }
  }

  private func crowded(_ test: @Sendable (TestCaller, ServerHarness) async throws -> Void) async throws {
    try await crowded { caller, harness, _, _ in try await test(caller, harness) }
  }

  private func crowded(
    _ test: @Sendable (TestCaller, ServerHarness, String, String) async throws -> Void
  ) async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let blocked = try await caller.post(
        Self.house + "/blocks",
        [
          "tables": ["T3", "T4", "T5", "T6"], "from": "2026-06-01T10:00:00Z", "until": "2026-06-01T23:00:00Z",
          "reason": "party",
        ])
      #expect(blocked.status == 201)
      let pair = try #require(try await caller.book().string("id"))
      #expect(try await caller.post("/v1/bookings/\(pair)/move", ["tables": ["T8"]]).status == 200)
      let large = try await caller.book(["party_size": 8, "needs": ["accessible"]])
      #expect(large.string("assignment_state") == "manual_review")
      try await test(caller, harness, pair, try #require(large.string("id")))
    }
  }
}
