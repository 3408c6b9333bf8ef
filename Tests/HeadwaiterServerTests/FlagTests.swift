import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Hummingbird
import Testing

@testable import HeadwaiterServer

@Suite("Run-time flags and the kill switch") struct FlagTests {
  private static let path = "/v1/admin/flags"

  private static func value(_ value: String, _ reason: String = "drill") -> String {
    #"{"value":"\#(value)","reason":"\#(reason)"}"#
  }

  @Test func flag_isSetShownAndTold_andLetGoAgain() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.onCallEngineer, name: "pager")
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      let before = try await caller.get(Self.path)
      #expect(before.string("flags.0.value") == "false")
      #expect(before.list("flags.0.decided_by") as? [String] == ["default"])
      #expect(before.list("overrides").isEmpty)
      let path = Self.path + "/" + FlagName.pipelineV3.rawValue
      let set = try await caller.send(.put, path, text: Self.value("true", "first day"))
      #expect(set.status == 200)
      #expect(set.string("flags.0.value") == "true")
      #expect(set.list("flags.0.decided_by") as? [String] == ["override"])
      #expect(set.string("overrides.0.actor") == "pager")
      #expect(set.string("overrides.0.reason") == "first day")
      #expect(try await caller.get("/v1/admin/config").string("flags.0.value") == "true")
      #expect(try await caller.send(.delete, path + "?reason=over").string("flags.0.value") == "false")
      #expect(try await caller.send(.delete, path + "?reason=again").status == 404)
    }
    #expect(try await told(harness, "flag.changed").map { $0.context["value"] } == ["true", "unset"])
    #expect(
      try await told(harness, "flag.changed").first?.context == [
        "flag": .string(FlagName.pipelineV3.rawValue), "value": "true", "reason": "first day", "actor": "pager",
      ])
  }

  @Test func killSwitch_beatsEverything_untilItIsReleased() async throws {
    let harness = try await ServerHarness()
    try await harness.store.publishInstance(
      InstanceRecord(id: "i-1", host: "h", flags: FlagSettings(pipelineV3: true), startedAt: harness.clock.now()))
    try await harness.run { (caller: TestCaller) async throws in
      #expect(try await caller.get(Self.path).list("flags.0.decided_by") as? [String] == ["environment of i-1"])
      let killed = try await caller.send(.post, "/v1/admin/kill", text: #"{"reason":"it is wrong"}"#)
      #expect(killed.status == 200)
      #expect(killed.string("flags.0.value") == "false")
      #expect(killed.list("flags.0.decided_by") as? [String] == ["kill switch"])
      #expect(try await caller.send(.delete, "/v1/admin/kill?reason=repaired").string("flags.0.value") == "true")
      #expect(try await caller.send(.delete, "/v1/admin/kill?reason=again").status == 404)
    }
    #expect(try await told(harness, "rollout.killed").map { $0.context["reason"] } == ["it is wrong"])
  }

  @Test func killSwitch_underOneKey_actsOnce() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      for _ in 0..<2 {
        let answer = try await caller.send(
          .post, "/v1/admin/kill", text: #"{"reason":"drill"}"#, headers: ["Idempotency-Key": "k-1"])
        #expect(answer.status == 200)
      }
    }
    #expect(try await told(harness, "rollout.killed").count == 1)
  }

  @Test func restaurant_isForcedOrPaused() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let path = Self.path + "/restaurants/house"
      let paused = try await caller.send(.put, path, text: Self.value("paused"))
      #expect(paused.string("overrides.0.name") == "RESTAURANT")
      #expect(paused.string("overrides.0.restaurant_id") == "house")
      #expect(paused.string("overrides.0.value") == "paused")
      #expect(try await caller.send(.put, path, text: Self.value("in")).string("overrides.0.value") == "in")
      #expect(try await caller.send(.delete, path + "?reason=over").list("overrides").isEmpty)
    }
  }

  @Test func change_isChecked() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      for (name, value) in [
        (FlagName.pipelineV3, "yes"), (.shadow, "1"), (.maxParallel, "21"), (.rolloutShare, "101"),
      ] {
        let path = Self.path + "/" + name.rawValue
        let answer = try await caller.send(.put, path, text: Self.value(value))
        #expect(answer.status == 422, "\(name)")
        #expect(answer.text.contains(name.allowed), "\(answer.text)")
        #expect(try await caller.send(.put, path, text: Self.value("1", " ")).status == 422)
        #expect(try await caller.send(.delete, path).status == 400)
      }
      for path in ["/KILL_SWITCH", "/RESTAURANT", "/any", "/restaurants/nowhere"] {
        let body = Self.value(path.hasPrefix("/r") ? "in" : "true")
        #expect(try await caller.send(.put, Self.path + path, text: body).status == 404, "\(path)")
      }
      let house = Self.path + "/restaurants/house"
      #expect(try await caller.send(.put, house, text: Self.value("half")).status == 422)
      #expect(try await caller.send(.post, "/v1/admin/kill", text: "{}").status == 422)
      #expect(try await caller.get(Self.path).list("overrides").isEmpty)
    }
  }

  @Test func keyOfOneRestaurant_decidesThatOneOnly() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.admin, restaurants: ["house"])
    _ = try await LiveFlagDesk(environment: harness.environment).set(
      .restaurant("other"), "out", reason: "drill", .local())
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      #expect(try await caller.send(.put, Self.path + "/restaurants/house", text: Self.value("out")).status == 200)
      #expect(try await caller.send(.put, Self.path + "/restaurants/other", text: Self.value("in")).status == 404)
      #expect(try await caller.send(.put, Self.path + "/ROLLOUT_SHARE", text: Self.value("1")).status == 404)
      #expect(try await caller.send(.post, "/v1/admin/kill", text: #"{"reason":"drill"}"#).status == 404)
      let shown = try await caller.get(Self.path)
      #expect(shown.list("overrides").count == 1)
      #expect(shown.string("overrides.0.restaurant_id") == "house")
    }
  }

  @Test func processWithAFlowOfItsOwn_changesNothing() async throws {
    let harness = try await ServerHarness()
    let desk = LiveFlagDesk(environment: harness.environment, fixed: FeatureFlags(pipelineV3: true))
    #expect(try await desk.report(.local()).verdicts.first?.value == "true")
    await #expect(throws: DeskError.self) {
      _ = try await desk.set(.flag(.pipelineV3), "false", reason: "drill", .local())
    }
    #expect(try await harness.store.flagOverrides().isEmpty)
  }

  private func told(_ harness: ServerHarness, _ type: String) async throws -> [ObservabilityEvent] {
    var query = EventQuery()
    query.type = type
    return try await harness.store.events(query).map(\.event)
  }
}
