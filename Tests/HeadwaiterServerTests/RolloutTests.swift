import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Hummingbird
import Rollout
import Testing

@testable import HeadwaiterServer

@Suite("The rollout over HTTP") struct RolloutTests {
  private static let path = "/v1/admin/rollout"

  @Test func rollout_isBegunReadAndHeld_underItsRevision() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.onCallEngineer, name: "pager")
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      let before = try await caller.get(Self.path)
      #expect(before.string("status") == "not_started")
      #expect(before.string("next_step.command") == "headwaiter rollout advance")
      #expect(before.header("ETag") == "\"0\"")
      let begun = try await caller.send(
        .post, Self.path + "/advance", text: #"{"environment":"production"}"#, headers: ["If-Match": "\"0\""])
      #expect(begun.status == 200, "\(begun.text)")
      #expect(begun.string("phase") == "production_shadow")
      #expect(begun.string("status") == "entered")
      #expect(begun.string("gate.0.name") == "least_time")
      #expect(begun.string("gate.0.verdict") == "not_enough_data")
      #expect(begun.int("v3.bookings") == 0 && begun.int("legacy.eligible") == 0)
      let tag = begun.header("ETag")
      let stale = try await caller.send(
        .post, Self.path + "/hold", text: #"{"reason":"lunch"}"#, headers: ["If-Match": "\"0\""])
      #expect(stale.status == 412)
      #expect(stale.header("ETag") == tag)
      let held = try await caller.send(
        .post, Self.path + "/hold", text: #"{"reason":"lunch"}"#, headers: ["If-Match": tag ?? ""])
      #expect(held.string("status") == "holding")
      #expect(held.string("stop.reason") == "lunch")
      #expect(held.string("stop.by") == "pager")
      #expect(try await caller.send(.post, Self.path + "/resume").string("status") == "entered")
      let records = try await caller.get(Self.path + "/history").list("records")
      #expect(records.count == 5)
    }
  }

  @Test func advance_thatIsNotReady_saysEverythingThatIsMissing() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      _ = try await caller.send(.post, Self.path + "/advance")
      let refused = try await caller.send(.post, Self.path + "/advance")
      #expect(refused.status == 409)
      #expect(refused.string("code") == "rollout_not_ready")
      let missing = refused.list("missing") as? [String] ?? []
      #expect(missing.contains("sign-off by qa_lead"))
      #expect(missing.contains { $0.hasPrefix("least_time (not_enough_data)") })
      let again = try await caller.send(.post, Self.path + "/resume")
      #expect(again.status == 409)
      #expect(again.string("code") == "rollout_not_now")
      let unsigned = try await caller.send(.post, Self.path + "/sign-offs", text: #"{"run":1}"#)
      #expect(unsigned.status == 403)
      #expect(unsigned.string("code") == "rollout_sign_off_needs_key")
    }
  }

  @Test func signOffs_areOfTheKeysRole() async throws {
    let harness = try await ServerHarness()
    let (admin, ann, pat) = (
      try await harness.key(.admin), try await harness.key(.qaLead, name: "ann"), try await harness.key(.productOwner)
    )
    try await harness.run { (open: TestCaller) async throws in
      _ = try await open.with(admin).send(.post, Self.path + "/advance")
      let lead = open.with(ann)
      let signed = try await lead.send(.post, Self.path + "/sign-offs", text: #"{"run":1}"#)
      #expect(signed.string("sign_offs.0.role") == "qa_lead")
      #expect(signed.string("sign_offs.0.by") == "ann")
      #expect(try await lead.send(.post, Self.path + "/sign-offs", text: #"{"run":9}"#).status == 422)
      let owner = open.with(pat)
      let other = try await owner.send(.post, Self.path + "/sign-offs", text: #"{"run":1}"#)
      #expect(other.status == 403)
      #expect(other.string("code") == "rollout_not_a_signer")
      #expect(try await owner.send(.post, Self.path + "/advance").status == 403)
    }
  }

  @Test func incident_underOneKey_isRecordedOnce_andRollsBack() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      _ = try await caller.send(
        .post, Self.path + "/force", text: #"{"reason":"test","phase":"production_10"}"#)
      for _ in 0..<2 {
        let answer = try await caller.send(
          .post, Self.path + "/incidents", text: #"{"level":"P1","text":"wrong tables"}"#,
          headers: ["Idempotency-Key": "k-1"])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.string("status") == "rolled_back")
      }
      #expect(try await caller.get(Self.path).list("incidents").count == 1)
      let wrong = try await caller.send(.post, Self.path + "/incidents", text: #"{"level":"P9","text":"x"}"#)
      #expect(wrong.status == 422)
    }
  }

  @Test func plan_isReadAsAFile_andPutBack() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let plan = try await caller.get(Self.path + "/plan")
      #expect(plan.text.contains("production_10"))
      let put = try await caller.send(.put, Self.path + "/plan?reason=stricter", text: plan.text)
      #expect(put.status == 200, "\(put.text)")
      #expect(try await caller.send(.put, Self.path + "/plan?reason=x", text: #"{"phases":[]}"#).status == 422)
      #expect(try await caller.send(.put, Self.path + "/plan?reason=x", text: "{").status == 400)
      // A key that makes one character with the slash before it.
      let odd = "{\"\u{1F3FB}\": 1}"
      #expect(try await caller.send(.put, Self.path + "/plan?reason=x", text: odd).status == 422)
      #expect(try await caller.send(.put, Self.path + "/plan", text: plan.text).status == 400)
    }
  }
}
