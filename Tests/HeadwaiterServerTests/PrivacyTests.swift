import Hummingbird
import Testing

@testable import HeadwaiterServer

@Suite("Personal data stays with the booking")
struct PrivacyTests {
  @Test func logsEventsFloorAndProblems_nameNoGuest() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await caller.book()
      let path = try #require(made.header("Location"))
      var texts: [String] = []
      texts.append(try await caller.get("/v1/restaurants/house/events?after=0").text)
      texts.append(try await caller.get("/v1/restaurants/house/floor?date=2026-06-01").text)
      for trail in ["history", "attempts", "why", "notices"] {
        texts.append(try await caller.get(path + "/" + trail).text)
      }
      let guest: [String: Any] = ["name": "Ada Unmistakable", "phone": ["Ada Unmistakable"]]
      texts.append(try await caller.send(.patch, path, json: ["guest": guest]).text)
      texts.append(try await caller.send(.patch, path, json: ["guest": "Ada Unmistakable"]).text)
      texts.append(
        try await caller.send(.patch, path, json: ["party_size": 3], headers: ["If-Match": "\"99\""]).text)
      texts.append(harness.logs.text)
      for text in texts {
        #expect(!text.isEmpty)
        #expect(!text.contains("Unmistakable"))
        #expect(!text.contains("946 0123"))
        #expect(!text.contains("ada@example.org"))
      }
      #expect(try await caller.get(path).text.contains("Unmistakable"))
    }
  }
}
