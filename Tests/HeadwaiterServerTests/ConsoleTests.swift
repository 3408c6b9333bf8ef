import Foundation
import Testing

@testable import HeadwaiterServer

@Suite("The console's files")
struct ConsoleTests {
  /// What the page names in `href` and `src`.
  private static func named(in page: String) -> [String] {
    page.split(separator: "\"").map(String.init).filter { $0.hasPrefix("/console/") }
  }

  /// What a module imports, as paths.
  private static func imports(of module: String) -> [String] {
    module.components(separatedBy: " from \"./").dropFirst().map { "/console/" + $0.prefix(while: { $0 != "\"" }) }
  }

  @Test func files_thatThePageNamesOrImports_areServedWithTypeTagAndPolicy() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      var waiting = Self.named(in: try await caller.get("/").text)
      var seen = Set<String>()
      #expect(waiting.contains("/console/main.js"))
      while let path = waiting.popLast() {
        guard seen.insert(path).inserted else { continue }
        let file = try await caller.get(path)
        #expect(file.status == 200, "\(path)")
        #expect(file.header("Content-Security-Policy")?.hasPrefix("default-src 'self'; object-src 'none'") == true)
        guard path.hasSuffix(".js") else { continue }
        #expect(file.header("Content-Type") == "text/javascript; charset=utf-8")
        waiting += Self.imports(of: file.text)
      }
      #expect(seen.count > 20)
    }
  }

  @Test(arguments: [
    "/", "/?date=2026-06-01", "/floor/house", "/floor/house?date=2026-06-01", "/console/main.js", "/console/floor.css",
  ])
  func file_thatTheBrowserHas_isNotSentAgain(path: String) async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let first = try await caller.get(path)
      let tag = try #require(first.header("ETag"))
      #expect(first.header("Cache-Control") == "no-cache")
      let again = try await caller.get(path, headers: ["If-None-Match": tag])
      #expect(again.status == 304)
      #expect(again.text.isEmpty)
      #expect(again.header("Cache-Control") == "no-cache")
      #expect(try await caller.get(path, headers: ["If-None-Match": "\"other\""]).status == 200)
    }
  }

  @Test func page_hasTheConsolesOwnPolicy_withoutInlineCodeOrStyle() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let policy = try await caller.get("/").header("Content-Security-Policy")
      #expect(policy?.hasPrefix("default-src 'self'; object-src 'none'") == true)
      #expect(policy?.contains("unsafe") == false)
    }
  }
}
