import BookingDomain
import Foundation
import Hummingbird
import Testing

@testable import HeadwaiterAPI
@testable import HeadwaiterServer

@Suite("The API's document")
struct DocumentTests {
  private let document = OpenAPIDocument.value(version: "1.2.3")

  /// What the server answers and the document does not tell: pages and probes.
  private static let undocumented: Set<String> = [
    "GET /healthz", "GET /readyz", "GET /metrics", "GET /", "GET /floor/{restaurant_id}", "GET /console/{file}",
  ]

  private var documented: Set<String> {
    let paths = document["paths"] ?? [:]
    return Set(paths.keys.flatMap { path in (paths[path]?.keys ?? []).map { "\($0.uppercased()) \(path)" } })
  }

  @Test func document_tellsEveryRouteAndNoOther() {
    let routes = Set(EndpointTable.all.map { "\($0.method.rawValue) \($0.path)" })
    #expect(documented == routes.subtracting(Self.undocumented))
    #expect(Self.undocumented.isSubset(of: routes))
  }

  @Test func router_answersEveryDocumentedPath() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      for route in documented {
        let parts = route.split(separator: " ").map(String.init)
        let path = parts[1].split(separator: "/").map { $0.hasPrefix("{") ? "x" : String($0) }.joined(separator: "/")
        let method = try #require(HTTPRequest.Method(parts[0]))
        let answer = try await caller.send(method, "/" + path)
        #expect(answer.status != 405, "\(route)")
        #expect(answer.string("detail") != "there is nothing at this path", "\(route)")
      }
    }
  }

  @Test func served_isOpenAPI31WithATag() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.get("/v1/openapi.json")
      #expect(answer.string("openapi") == "3.1.0")
      #expect(answer.string("info.version") == "1.2.3")
      let tag = try #require(answer.header("ETag"))
      #expect(try await caller.get("/v1/openapi.json", headers: ["If-None-Match": tag]).status == 304)
    }
  }

  @Test func references_allLeadSomewhere() {
    let names = Set(Schemas.all.map { "#/components/schemas/\($0.name)" })
    #expect(names.count == Schemas.all.count)
    let used = references(in: document)
    #expect(used.subtracting(names).isEmpty)
    #expect(names.subtracting(used).isEmpty)
  }

  private func references(in value: JSONValue) -> Set<String> {
    switch value {
    case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
    case .object(let members):
      members.reduce(into: []) { found, member in
        if member.key == "$ref", case .string(let name) = member.value { found.insert(name) }
        found.formUnion(references(in: member.value))
      }
    default: []
    }
  }

  /// Schemas and the members that the code reads or writes.
  private static let members: [(schema: String, keys: [String])] = [
    ("Guest", GuestBody.keys), ("NewBooking", NewBookingBody.keys), ("BookingChange", BookingChangeBody.keys),
    ("Optimise", OptimiseBody.keys), ("ForceConfirm", ForceConfirmBody.keys),
    ("DayFigures", names(DayFiguresBody.CodingKeys.self)), ("DayMove", names(DayMoveBody.CodingKeys.self)),
    ("DayPlan", names(DayPlanBody.CodingKeys.self)), ("DayPreview", names(DayPreviewBody.CodingKeys.self)),
    ("TableSuggestion", names(TableSuggestionBody.CodingKeys.self)),
    ("Tables", TablesBody.keys), ("Swap", SwapBody.keys), ("WalkIn", WalkInBody.keys), ("NewHold", NewHoldBody.keys),
    ("HoldConfirm", HoldConfirmBody.keys), ("NewBlock", NewBlockBody.keys),
    ("RestaurantFile", RestaurantFile.keys), ("Booking", names(BookingBody.CodingKeys.self)),
    ("FloorBooking", names(FloorBooking.CodingKeys.self)), ("FloorTable", names(TableBody.CodingKeys.self)),
    ("RestaurantSummary", names(RestaurantSummary.CodingKeys.self)),
    ("AvailableTime", names(AvailableTimeBody.CodingKeys.self)),
    ("Availability", names(AvailabilityBody.CodingKeys.self)), ("Block", names(BlockBody.CodingKeys.self)),
    ("Hold", names(HoldBody.CodingKeys.self)), ("ReviewItem", names(ReviewItemBody.CodingKeys.self)),
    ("Explanation", names(ExplanationBody.CodingKeys.self)), ("Health", names(HealthBody.CodingKeys.self)),
    ("Configuration", names(ConfigurationBody.CodingKeys.self)), ("LiveEvent", names(LiveEventBody.CodingKeys.self)),
    ("Breaker", names(BreakerBody.CodingKeys.self)), ("BreakerForce", BreakerForceBody.keys),
    ("Flag", names(FlagBody.CodingKeys.self)), ("Flags", names(FlagsBody.CodingKeys.self)),
    ("FlagOverride", names(FlagOverrideBody.CodingKeys.self)), ("FlagValue", FlagValueBody.keys),
    ("RestaurantFlagValue", RestaurantFlagBody.keys), ("Kill", KillBody.keys),
    ("Problem", names(Problem.CodingKeys.self)),
  ]

  private static func names<Keys: CodingKey & CaseIterable>(_: Keys.Type) -> [String] {
    Keys.allCases.map(\.stringValue)
  }

  @Test func schemas_haveTheMembersOfTheirTypes() throws {
    for (name, keys) in Self.members {
      let schema = try #require(Schemas.all.first { $0.name == name }?.schema)
      #expect(Set(schema["properties"]?.keys ?? []) == Set(keys), "\(name)")
      #expect(schema["additionalProperties"] == false)
    }
  }

  @Test func patterns_takeWhatIsMeant() throws {
    let date = try Regex("^\(DatePattern.date)$")
    for good in ["2026-12-25", "2024-02-29", "2000-02-29", "1970-01-01", "2199-12-31"] {
      #expect(good.wholeMatch(of: date) != nil, "\(good)")
    }
    for bad in ["2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "1969-12-31", "2200-01-01"] {
      #expect(bad.wholeMatch(of: date) == nil, "\(bad)")
    }
  }
}
