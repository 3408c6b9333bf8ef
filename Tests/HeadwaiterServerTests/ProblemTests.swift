import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Foundation
import HeadwaiterAPI
import HeadwaiterTesting
import Hummingbird
import Testing

@testable import HeadwaiterServer

@Suite("Problems")
struct ProblemTests {
  /// Body, status, code, pointer.
  struct Case: Sendable, CustomTestStringConvertible {
    var body: String
    var status: Int
    var code: String
    var pointer: String?
    var testDescription: String { body }
  }

  private static let cases = [
    Case(body: "{", status: 400, code: "malformed_json"),
    Case(body: "", status: 400, code: "body_missing"),
    Case(body: "[]", status: 422, code: "invalid_body"),
    Case(body: "{}", status: 422, code: "invalid_body", pointer: "/restaurant_id"),
    Case(body: booking(#""party_sise":2"#), status: 422, code: "invalid_body", pointer: "/party_sise"),
    Case(body: booking(#""party_size":"two""#), status: 422, code: "invalid_body", pointer: "/party_size"),
    Case(body: booking(#""party_size":0"#), status: 422, code: "invalid_body", pointer: "/party_size"),
    Case(body: booking(#""party_size":2.5"#), status: 422, code: "invalid_body", pointer: "/party_size"),
    Case(body: booking(#""party_size":1e300"#), status: 422, code: "invalid_body", pointer: "/party_size"),
    Case(body: booking(#""party_size":2,"origin":"walk_in""#), status: 422, code: "invalid_body", pointer: "/origin"),
    Case(body: booking(#""party_size":2,"tags":["a","a"]"#), status: 422, code: "invalid_body", pointer: "/tags"),
    Case(body: booking(#""party_size":2,"tags":["a",7]"#), status: 422, code: "invalid_body", pointer: "/tags/1"),
    Case(body: booking(#""party_size":2,"needs":["wings"]"#), status: 422, code: "invalid_body", pointer: "/needs"),
    Case(body: booking(#""party_size":2,"date":"2026-06-01""#), status: 422, code: "invalid_body", pointer: "/start"),
    Case(
      body: booking(#""party_size":2,"guest":{"name":"a\u0000b"}"#), status: 422, code: "invalid_body",
      pointer: "/guest/name"),
    Case(
      body: booking(#""party_size":2,"wait_seconds":31"#), status: 422, code: "invalid_body", pointer: "/wait_seconds"),
    Case(
      body: #"{"restaurant_id":"house","party_size":2,"start":"2026-02-30T10:00:00Z"}"#, status: 422,
      code: "invalid_body", pointer: "/start"),
    Case(
      body: #"{"restaurant_id":"nowhere","party_size":2,"start":"2026-06-01T10:00:00Z"}"#, status: 404,
      code: "not_found"),
    Case(
      body: #"{"restaurant_id":"house","party_size":2,"start":"2199-06-01T10:00:00Z"}"#, status: 422,
      code: "invalid_field", pointer: "/start"),
  ]

  private static func booking(_ members: String) -> String {
    #"{"restaurant_id":"house","start":"2026-06-01T18:00:00Z",\#(members)}"#
  }

  @Test(arguments: cases) func create_badBody_isToldWithItsPlace(_ bad: Case) async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.send(.post, "/v1/bookings", text: bad.body)
      #expect(answer.status == bad.status, "\(answer.text)")
      #expect(answer.string("code") == bad.code)
      #expect(answer.string("type") == "/problems/\(bad.code)")
      #expect(answer.string("pointer") == bad.pointer)
      #expect(answer.header("Content-Type") == "application/problem+json")
      #expect(answer.int("status") == answer.status)
    }
  }

  @Test func unknownMember_isToldWithASuggestion() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.send(.post, "/v1/bookings", text: Self.booking(#""party_sise":2"#))
      #expect(answer.string("errors.0.suggestion") == "party_size")
      #expect(answer.list("errors").count == 2)
    }
  }

  @Test func paths_andMethods_areTold() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let missing = try await caller.get("/v1/nothing")
      #expect(missing.status == 404)
      #expect(missing.string("code") == "not_found")
      let method = try await caller.send(.delete, "/v1/bookings")
      #expect(method.status == 405)
      #expect(method.header("Allow") == "GET, HEAD, POST")
      let odd = try await caller.send(HTTPRequest.Method("BREW")!, "/v1/bookings/x")
      #expect(odd.status == 405)
      #expect(try await caller.get("/nothing").string("code") == "not_found")
      #expect(try await caller.get("/v1/bookings/no-such").status == 404)
      #expect(try await caller.get("/v1/bookings/%00").status == 404)
      #expect(try await caller.get("/v1/restaurants/nowhere/floor").status == 404)
      let head = try await caller.send(.head, "/v1/state-machine")
      #expect(head.status == 200)
      #expect(head.text.isEmpty)
    }
  }

  @Test func queries_areReadStrictly() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let unknown = try await caller.get("/v1/bookings?restaurant=house")
      #expect(unknown.status == 400)
      #expect(unknown.string("code") == "unknown_parameter")
      #expect(unknown.string("detail")?.contains("did you mean restaurant_id?") == true)
      for query in [
        "limit=0", "limit=1001", "limit=x", "limit=%2B5", "limit=", "limit=5&limit=6", "status=happy",
        "restaurant_id=%FF", "restaurant_id=house&date=2026-02-30", "after=-", "restaurant_id=..",
      ] {
        let answer = try await caller.get("/v1/bookings?" + query)
        #expect(answer.status == 400, "\(query): \(answer.status)")
        #expect(answer.string("parameter") != nil)
      }
      #expect(try await caller.get("/v1/restaurants/house/availability?party_size=2").status == 400)
      #expect(try await caller.get("/v1/restaurants/house/availability?date=2026-06-01&party_size=2").status == 200)
    }
  }

  @Test func bodies_ofAnotherKindOrTooLarge_areRefused() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let form = try await caller.send(
        .post, "/v1/bookings", text: "a=b", headers: ["Content-Type": "application/x-www-form-urlencoded"])
      #expect(form.status == 415)
      #expect(form.string("allowed") == "application/json")
      let large = try await caller.send(
        .post, "/v1/bookings", text: "\"" + String(repeating: "x", count: 70_000) + "\"")
      #expect(large.status == 413)
      let unwanted = try await caller.send(.post, "/v1/bookings/x/pin", text: #"{"a":1}"#)
      #expect(unwanted.status == 400)
      #expect(unwanted.string("code") == "body_not_expected")
    }
  }

  @Test func restaurant_badFile_isToldFindingByFinding() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      var text = String(decoding: RestaurantFile.encode(.sample()), as: UTF8.self)
      text = text.replacing("\"capacity\"", with: "\"capcity\"")
      let answer = try await caller.send(.put, "/v1/restaurants/house", text: text)
      #expect(answer.status == 422)
      #expect(answer.string("code") == "invalid_restaurant")
      #expect(answer.string("errors.0.pointer")?.hasPrefix("/tables/0") == true)
      let other = String(decoding: RestaurantFile.encode(.sample(id: "another")), as: UTF8.self)
      #expect(try await caller.send(.put, "/v1/restaurants/house", text: other).string("pointer") == "/id")
      #expect(try await caller.send(.put, "/v1/restaurants/house", text: "{").status == 400)
    }
  }

  @Test func restaurant_put_createsReplacesAndGuards() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let path = "/v1/restaurants/another"
      let file = String(decoding: RestaurantFile.encode(.sample(id: "another")), as: UTF8.self)
      #expect(try await caller.send(.put, path, text: file, headers: ["If-Match": "*"]).status == 412)
      let created = try await caller.send(.put, path, text: file)
      #expect(created.status == 201)
      #expect(created.header("ETag") == "\"1\"")
      let replaced = try await caller.send(.put, path, text: file, headers: ["If-Match": "\"1\""])
      #expect(replaced.status == 200)
      let stale = try await caller.send(.put, path, text: file, headers: ["If-Match": "\"1\""])
      #expect(stale.status == 412)
      #expect(stale.int("revision") == replaced.int("revision"))
      let read = try await caller.get(path)
      #expect(try RestaurantFile.decode(Array(read.text.utf8), source: "answer") == .sample(id: "another"))
    }
  }

  @Test func everyDeskError_hasAStatusAndItsCode() async throws {
    let booking = Booking(stored: .sample())
    let renderer = ProblemRenderer(calendars: CalendarCache(store: try await ServerHarness().store))
    let expected: [(DeskError, Int)] = [
      (.notFound(kind: "booking", id: "x"), 404), (.invalid(field: "a", message: "b", allowed: "c"), 422),
      (.rejected(.closed), 422), (.noTable(alternatives: []), 409), (.tableTaken("T1"), 409),
      (.unsuitableTables(code: "too_few_seats", message: "m"), 409), (.holdExpired("h"), 409),
      (.tooManyHolds(limit: 5), 429), (.stale(booking), 412), (.staleRestaurant(revision: 3), 412),
      (.transition(TransitionError(from: .created, to: .assigned, actor: .person, cause: .move)), 409),
      (.status(StatusError(from: .pending, to: .seated)), 409), (.nothingToUndo("none"), 409),
      (.dayPlan(.state(.undone, wanted: .ready)), 409), (.dayPlan(.state(.ready, wanted: .applied)), 409),
      (.dayPlan(.changed("b")), 409), (.dayPlan(.tooSoon("b", freezeMinutes: 60)), 409),
      (.affected(["b"]), 409), (.idempotencyConflict, 409), (.unavailable(retryAfter: .milliseconds(1_500)), 503),
    ]
    for (error, status) in expected {
      let problem = renderer.problem(error, CalendarCache.utc).problem
      #expect(problem.status == status)
      #expect(problem.code == error.code)
    }
    for rejection in CapacityRejection.allCases {
      #expect(renderer.problem(.rejected(rejection), CalendarCache.utc).problem.code == rejection.rawValue)
    }
  }

  @Test func noTable_namesOtherTimesInTheHousesZone() async throws {
    let time = AvailableTime(start: ManualClock.start, service: "Dinner", tables: ["T1"], spareSeats: 0, moves: 2)
    let harness = try await ServerHarness { dependencies in
      dependencies.bookings = RefusingBookingDesk(error: .noTable(alternatives: [time]))
    }
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.book()
      #expect(answer.status == 409)
      #expect(answer.string("alternatives.0.start") == "2026-06-01T13:00:00+01:00")
      #expect(answer.int("alternatives.0.moves") == 2)
    }
  }
}
