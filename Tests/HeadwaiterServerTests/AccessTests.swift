import BookingDomain
import Foundation
import HeadwaiterTesting
import Hummingbird
import Rollout
import Testing

@testable import HeadwaiterServer

/// Who may do what, written by hand: the endpoints' table is held to it, not the other way round.
enum ExpectedAccess {
  static let all = Set(Role.allCases)
  static let staff: Set<Role> = [.host, .operator, .admin]
  static let booking: Set<Role> = [.guestApp, .host, .operator, .admin]
  static let readers: Set<Role> = [
    .host, .operator, .qaLead, .engineeringLead, .onCallEngineer, .productOwner, .admin,
  ]
  static let editors: Set<Role> = [.operator, .admin]
  static let observers: Set<Role> = [.operator, .qaLead, .engineeringLead, .onCallEngineer, .productOwner, .admin]
  static let overseers: Set<Role> = [.qaLead, .engineeringLead, .onCallEngineer, .productOwner, .admin]
  static let responders: Set<Role> = [.onCallEngineer, .engineeringLead, .admin]
  static let switchers: Set<Role> = [.onCallEngineer, .admin]
  static let admins: Set<Role> = [.admin]

  static let routes: [String: Set<Role>] = [
    "GET /v1/restaurants": readers,
    "GET /v1/restaurants/{restaurant_id}": readers,
    "PUT /v1/restaurants/{restaurant_id}": editors,
    "GET /v1/restaurants/{restaurant_id}/floor": readers,
    "GET /v1/restaurants/{restaurant_id}/availability": all,
    "GET /v1/restaurants/{restaurant_id}/blocks": readers,
    "POST /v1/restaurants/{restaurant_id}/blocks": staff,
    "DELETE /v1/restaurants/{restaurant_id}/blocks/{block_id}": staff,
    "GET /v1/restaurants/{restaurant_id}/events": readers,
    "POST /v1/restaurants/{restaurant_id}/optimise": staff,
    "GET /v1/restaurants/{restaurant_id}/plans": readers,
    "GET /v1/restaurants/{restaurant_id}/plans/{plan_id}": readers,
    "POST /v1/restaurants/{restaurant_id}/plans/{plan_id}/apply": staff,
    "POST /v1/restaurants/{restaurant_id}/plans/{plan_id}/undo": staff,
    "GET /v1/bookings": readers,
    "POST /v1/bookings": booking,
    "GET /v1/bookings/{booking_id}": all,
    "PATCH /v1/bookings/{booking_id}": booking,
    "POST /v1/bookings/{booking_id}/move": staff,
    "POST /v1/bookings/{booking_id}/swap": staff,
    "POST /v1/bookings/{booking_id}/squeeze": staff,
    "POST /v1/bookings/{booking_id}/pin": staff,
    "POST /v1/bookings/{booking_id}/unpin": staff,
    "POST /v1/bookings/{booking_id}/cancel": booking,
    "POST /v1/bookings/{booking_id}/seat": staff,
    "POST /v1/bookings/{booking_id}/complete": staff,
    "POST /v1/bookings/{booking_id}/no-show": staff,
    "POST /v1/bookings/{booking_id}/extend": staff,
    "POST /v1/bookings/{booking_id}/undo": staff,
    "GET /v1/bookings/{booking_id}/history": readers,
    "GET /v1/bookings/{booking_id}/attempts": readers,
    "GET /v1/bookings/{booking_id}/why": readers,
    "GET /v1/bookings/{booking_id}/notices": readers,
    "POST /v1/walk-ins": staff,
    "POST /v1/holds": booking,
    "GET /v1/holds/{hold_id}": all,
    "DELETE /v1/holds/{hold_id}": booking,
    "POST /v1/holds/{hold_id}/confirm": booking,
    "GET /v1/review": readers,
    "POST /v1/review/{booking_id}/requeue": staff,
    "POST /v1/review/{booking_id}/force-confirm": staff,
    "POST /v1/review/{booking_id}/decline": staff,
    "POST /v1/review/{booking_id}/keep": staff,
    "POST /v1/review/{booking_id}/undo": staff,
    "GET /v1/state-machine": all,
    "GET /v1/health": observers,
    "GET /v1/openapi.json": all,
    "GET /v1/demo": readers,
    "GET /v1/admin/config": overseers,
    "GET /v1/admin/breakers": responders,
    "PUT /v1/admin/breakers/{breaker}": responders,
    "DELETE /v1/admin/breakers/{breaker}": responders,
    "GET /v1/admin/flags": overseers,
    "PUT /v1/admin/flags/{flag}": switchers,
    "DELETE /v1/admin/flags/{flag}": switchers,
    "PUT /v1/admin/flags/restaurants/{restaurant_id}": switchers,
    "DELETE /v1/admin/flags/restaurants/{restaurant_id}": switchers,
    "POST /v1/admin/kill": switchers,
    "DELETE /v1/admin/kill": switchers,
    "GET /v1/admin/rollout": observers,
    "GET /v1/admin/rollout/history": observers,
    "GET /v1/admin/rollout/plan": observers,
    "GET /v1/admin/rollout/report": observers,
    "PUT /v1/admin/rollout/plan": responders,
    "POST /v1/admin/rollout/advance": responders,
    "POST /v1/admin/rollout/hold": responders,
    "POST /v1/admin/rollout/resume": responders,
    "POST /v1/admin/rollout/abort": responders,
    "POST /v1/admin/rollout/force": responders,
    "POST /v1/admin/rollout/drill": responders,
    "POST /v1/admin/rollout/sign-offs": observers,
    "POST /v1/admin/rollout/incidents": observers,
    "POST /v1/admin/rollout/known-issues": observers,
  ]
}

@Suite("Keys and roles")
struct AccessTests {
  private static let guarded = EndpointTable.all.filter { $0.path.hasPrefix("/v1/") }

  @Test func matrix_namesEveryRoute() {
    let routes = Self.guarded.map { "\($0.method.rawValue) \($0.path)" }
    #expect(Set(routes) == Set(ExpectedAccess.routes.keys))
    #expect(routes.count == ExpectedAccess.routes.count)
    #expect(Set(EndpointTable.all.map(\.operation)) == Set(Operation.allCases))
  }

  @Test(arguments: Role.allCases) func everyRoute_withAKeyOfThisRole_followsTheMatrix(_ role: Role) async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(role)
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      for endpoint in Self.guarded {
        let answer = try await Self.call(endpoint, caller)
        let route = "\(endpoint.method.rawValue) \(endpoint.path)"
        let isAllowed = ExpectedAccess.routes[route]?.contains(role) == true
        #expect((answer.status != 403) == isAllowed, "\(route) as \(role.rawValue): \(answer.status)")
        #expect(answer.status != 401 && answer.status != 500, "\(route): \(answer.text)")
      }
    }
  }

  @Test func everyRoute_withoutAKeyOrWithAWrongOne_is401_alsoUnknownPaths() async throws {
    let harness = try await ServerHarness()
    _ = try await harness.key(.admin)
    try await harness.run { (open: TestCaller) async throws in
      for endpoint in Self.guarded {
        #expect(try await Self.call(endpoint, open).status == 401)
        #expect(try await Self.call(endpoint, open.with("hw_wrong")).status == 401)
      }
      for path in ["/v1", "/v1/", "/v1/nothing", "//v1/bookings", "/v1//bookings", "/v1/bookings/"] {
        let answer = try await open.get(path)
        #expect(answer.status == 401, "\(path)")
        #expect(answer.header("WWW-Authenticate") == "Bearer")
        #expect(answer.header("Content-Type") == "application/problem+json")
      }
      #expect(try await open.get("/healthz").status == 200)
      #expect(try await open.get("/readyz").status == 200)
    }
  }

  @Test(arguments: Role.allCases) func everyRoute_withAKeyOfAnotherRestaurant_seesNothing(_ role: Role) async throws {
    let harness = try await ServerHarness()
    let own = try await harness.key(.admin, restaurants: ["house"])
    let key = try await harness.key(role, restaurants: ["other"])
    try await harness.run { (open: TestCaller) async throws in
      let booking = try #require(try await open.with(own).book().string("id"))
      let hold = try #require(try await open.with(own).post("/v1/holds", Self.hold).string("id"))
      for endpoint in Self.guarded where endpoint.access.allows(role) {
        guard !endpoint.pathParameters.isEmpty || endpoint.method == .post else { continue }
        let answer = try await Self.call(endpoint, open.with(key), booking: booking, hold: hold)
        #expect(answer.status == 404, "\(endpoint.method.rawValue) \(endpoint.path): \(answer.status) \(answer.text)")
      }
      let still = try await open.with(own).get("/v1/bookings/\(booking)")
      #expect(still.string("status") == "confirmed")
    }
  }

  @Test func lists_withAKeyOfOneRestaurant_holdOnlyIts() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.host, restaurants: ["other"])
    let admin = try await harness.key(.admin)
    try await harness.run { (open: TestCaller) async throws in
      _ = try await open.with(admin).book()
      let restaurants = try await open.with(key).get("/v1/restaurants")
      #expect(restaurants.list("restaurants").count == 1)
      #expect(restaurants.string("restaurants.0.id") == "other")
      #expect(try await open.with(key).get("/v1/bookings").list("bookings").isEmpty)
      #expect(try await open.with(admin).get("/v1/bookings").list("bookings").count == 1)
      #expect(try await open.with(key).get("/v1/bookings?restaurant_id=house").status == 404)
      #expect(try await open.with(key).get("/v1/review").status == 200)
    }
  }

  @Test func holds_ofAnotherGuestApp_areNotThere() async throws {
    let harness = try await ServerHarness()
    let mine = try await harness.key(.guestApp, name: "mine")
    let theirs = try await harness.key(.guestApp, name: "theirs")
    let host = try await harness.key(.host)
    try await harness.run { (open: TestCaller) async throws in
      let path = try #require(try await open.with(mine).post("/v1/holds", Self.hold).header("Location"))
      #expect(try await open.with(theirs).get(path).status == 404)
      #expect(try await open.with(theirs).send(.delete, path).status == 404)
      #expect(try await open.with(theirs).post(path + "/confirm").status == 404)
      #expect(try await open.with(host).get(path).status == 200)
      #expect(try await open.with(mine).send(.delete, path).status == 204)
    }
  }

  private static var hold: [String: Any] {
    ["restaurant_id": "house", "date": "2026-06-01", "start_time": "20:00", "party_size": 2]
  }

  /// A request that passes the form checks of an endpoint.
  private static func call(
    _ endpoint: Endpoint, _ caller: TestCaller, booking: String = "no-such", hold: String = "no-such"
  ) async throws -> Answer {
    var path = endpoint.path.replacing("{restaurant_id}", with: "house").replacing("{booking_id}", with: booking)
      .replacing("{hold_id}", with: hold).replacing("{block_id}", with: "no-such").replacing(
        "{plan_id}", with: "no-such"
      ).replacing(
        "{flag}", with: "ROLLOUT_SHARE"
      )
      .replacing("{breaker}", with: "engine:house")
    if endpoint.operation == .listDayPlans { path += "?date=2026-06-01" }
    if endpoint.operation == .readAvailability { path += "?date=2026-06-01&party_size=2" }
    if [.delete, .put].contains(endpoint.method), endpoint.query.contains(where: \.isRequired) {
      path += "?reason=drill"
    }
    return try await caller.send(endpoint.method, path, text: body(endpoint))
  }

  private static func body(_ endpoint: Endpoint) -> String? {
    switch endpoint.request {
    case nil: nil
    case "RestaurantFile": String(decoding: RestaurantFile.encode(.sample()), as: UTF8.self)
    case "NewBooking":
      #"{"restaurant_id":"house","start":"2026-06-01T18:00:00Z","party_size":2,"wait_seconds":0}"#
    case "NewHold": #"{"restaurant_id":"house","start":"2026-06-01T18:00:00Z","party_size":2}"#
    case "WalkIn": #"{"restaurant_id":"house","party_size":2}"#
    case "BookingChange": #"{"party_size":3}"#
    case "Tables", "ForceConfirm": #"{"tables":["T1"]}"#
    case "Optimise": #"{"date":"2026-06-01"}"#
    case "FlagValue": #"{"value":"50","reason":"drill"}"#
    case "RestaurantFlagValue": #"{"value":"out","reason":"drill"}"#
    case "Kill": #"{"reason":"drill"}"#
    case "BreakerForce": #"{"position":"open","reason":"drill"}"#
    case "RolloutReason", "RolloutForce": #"{"reason":"drill"}"#
    case "RolloutSignOff": #"{"run":999}"#
    case "RolloutIncident": #"{"level":"P3","text":"drill"}"#
    case "RolloutText": #"{"text":"drill"}"#
    case "RolloutPlan": String(decoding: RolloutPlanFile.encode(.standard), as: UTF8.self)
    case "Swap": #"{"with":"no-such-either"}"#
    case "NewBlock":
      #"{"tables":["T1"],"from":"2026-06-03T10:00:00Z","until":"2026-06-03T11:00:00Z","reason":"repair"}"#
    default: "{}"
    }
  }
}
