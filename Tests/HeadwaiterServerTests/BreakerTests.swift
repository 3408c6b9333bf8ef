import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Hummingbird
import Resilience
import Testing

@testable import HeadwaiterServer

@Suite("Circuit breakers by hand") struct BreakerTests {
  private static let path = "/v1/admin/breakers"

  private static func force(_ position: String, _ reason: String = "drill") -> String {
    #"{"position":"\#(position)","reason":"\#(reason)"}"#
  }

  @Test func forced_isStoredShownAndTold_andLetGoAgain() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.onCallEngineer, name: "pager")
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      #expect(try await caller.get(Self.path).string("breakers.0.position") == "closed")
      let forced = try await caller.send(.put, Self.path + "/storage", text: Self.force("open", "disk is full"))
      #expect(forced.status == 200)
      #expect(forced.string("position") == "open")
      #expect(forced.string("forced.actor") == "pager")
      #expect(try await caller.get(Self.path).string("breakers.0.forced.reason") == "disk is full")
      #expect(try await open.with(key).get("/v1/restaurants/house/floor").status == 503)
      let released = try await caller.send(.delete, Self.path + "/storage?reason=disk+is+free")
      #expect(released.status == 200)
      #expect(released.string("position") == "closed")
      #expect(try await harness.store.breakerOverrides().isEmpty)
      #expect(try await caller.send(.delete, Self.path + "/storage?reason=again").status == 404)
    }
    var query = EventQuery()
    query.type = "flag.changed"
    let events = try await harness.store.events(query).map(\.event)
    #expect(events.map { $0.context["value"] } == ["open", "auto"])
    #expect(
      events.first?.context == [
        "flag": "breaker:storage", "value": "open", "reason": "disk is full", "actor": "pager",
      ])
    #expect(events.first?.source == .flags)
  }

  @Test func forced_bodyIsChecked() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (open: TestCaller) async throws in
      let path = Self.path + "/engine:house"
      #expect(try await open.send(.put, path, text: Self.force("half_open")).status == 422)
      #expect(try await open.send(.put, path, text: #"{"position":"open"}"#).status == 422)
      #expect(try await open.send(.put, path, text: Self.force("open", " ")).status == 422)
      #expect(try await open.send(.delete, path).status == 400)
      for name in ["engine", "engine:nowhere", "engine:", "disk", "engine:house:x", "notifier:%20"] {
        #expect(try await open.send(.put, Self.path + "/" + name, text: Self.force("open")).status == 404, "\(name)")
      }
      #expect(try await open.send(.put, Self.path + "/engine%3Ahouse", text: Self.force("closed")).status == 200)
      #expect(try await open.send(.put, Self.path + "/notifier:recording", text: Self.force("open")).status == 200)
      #expect(try await open.get(Self.path).list("breakers").count == 3)
    }
  }

  @Test func keyOfOneRestaurant_hasItsPlannerOnly() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.engineeringLead, restaurants: ["house"])
    harness.environment.breakers[.engine("other")].force(.open)
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      #expect(try await caller.send(.put, Self.path + "/engine:house", text: Self.force("open")).status == 200)
      #expect(try await caller.send(.put, Self.path + "/engine:other", text: Self.force("open")).status == 404)
      #expect(try await caller.send(.put, Self.path + "/storage", text: Self.force("open")).status == 404)
      let shown = try await caller.get(Self.path)
      #expect(shown.list("breakers").count == 2)
      #expect(shown.string("breakers.0.name") == "engine:house")
    }
  }
}
