import BookingDomain
import Hummingbird
import Testing

/// The verification report over HTTP.
@Suite struct RolloutReportTests {
  private static let path = "/v1/admin/rollout/report"

  @Test func report_isAPageOfTheRunAskedFor() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.productOwner, name: "grace")
    let mover = try await harness.key(.onCallEngineer, name: "pager")
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      #expect(try await caller.get(Self.path).status == 404)
      _ = try await open.with(mover).send(
        .post, "/v1/admin/rollout/advance", text: #"{"environment":"production"}"#)
      let page = try await caller.get(Self.path)
      #expect(page.status == 200)
      #expect(page.header("Content-Type") == "text/html; charset=utf-8")
      #expect(page.header("Content-Security-Policy") != nil)
      #expect(page.text.contains("<h1>Verification report: production_shadow, run 1</h1>"))
      #expect(try await caller.get(Self.path + "?run=1").text.contains("run 1</h1>"))
      #expect(try await caller.get(Self.path + "?run=2").status == 404)
      #expect(try await caller.get(Self.path + "?run=0").status == 400)
    }
  }

  @Test func report_isNotForAKeyOfSomeRestaurants() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.productOwner, restaurants: ["house"], name: "grace")
    try await harness.run { (open: TestCaller) async throws in
      #expect(try await open.with(key).get(Self.path).status == 404)
    }
  }
}
