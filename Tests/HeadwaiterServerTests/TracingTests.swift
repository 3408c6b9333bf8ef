import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Hummingbird
import HummingbirdTesting
import Testing

@testable import HeadwaiterServer

@Suite("Traces, from the request to the last event") struct TracingTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let parent = "00-\(trace)-00f067aa0ba902b7-01"

  private func booked(_ caller: TestCaller, traceparent: String?) async throws -> Answer {
    var body = ServerHarness.newBooking()
    body["wait_seconds"] = 30
    return try await caller.post("/v1/bookings", body, headers: traceparent.map { ["traceparent": $0] } ?? [:])
  }

  /// The span that an answer names.
  private func span(_ answer: Answer) throws -> TraceParent {
    try #require(answer.header("traceparent").flatMap { TraceParent($0) })
  }

  @Test func booking_withATraceparent_carriesItIntoEventsLogsAndAnswer() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await booked(caller, traceparent: Self.parent)
      let span = try self.span(made)
      #expect(span.trace.text == Self.trace)
      #expect(span.span.text != "00f067aa0ba902b7", "our own span")
      #expect(span.isSampled, "as the caller says")
      let id = BookingID(try #require(made.string("id")))
      var query = EventQuery()
      query.bookingID = id
      let events = try await harness.store.events(query)
      #expect(events.count > 8)
      #expect(events.allSatisfy { $0.event.context["trace_id"] == .string(Self.trace) })
      #expect(try await harness.store.booking(id)?.trace?.text == Self.trace)
      let about = try harness.logs.objects.compactMap { $0["metadata"] as? [String: Any] }.filter {
        $0["booking_id"] as? String == id.rawValue
      }
      #expect(about.count >= 6)
      #expect(about.allSatisfy { $0["trace_id"] as? String == Self.trace })
    }
  }

  @Test func request_withoutATraceparent_getsATrace() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await booked(caller, traceparent: nil)
      let span = try self.span(made)
      #expect(!span.isSampled)
      let id = BookingID(try #require(made.string("id")))
      #expect(try await harness.store.booking(id)?.trace == span.trace)
      let read = try await caller.get("/v1/bookings/\(id)")
      #expect(try self.span(read).trace != span.trace, "another request")
    }
  }

  @Test(arguments: ["00-\(trace)-00f067aa0ba902b7", "ff-\(trace)-00f067aa0ba902b7-01", "nonsense", "00-\(trace)--01"])
  func traceparent_againstTheGrammar_isIgnored(_ header: String) async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let made = try await booked(caller, traceparent: header)
      #expect(made.status == 201)
      #expect(try span(made).trace.text != Self.trace)
    }
  }

  @Test func traceparent_givenTwice_isIgnored() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      var fields = HTTPFields()
      let name = try #require(HTTPFields.Element.Name("traceparent"))
      for _ in 0..<2 { fields.append(HTTPFields.Element(name: name, value: Self.parent)) }
      let answer = try await caller.client.execute(uri: "/healthz", method: .get, headers: fields)
      let span = try #require(answer.headers[name].flatMap { TraceParent($0) })
      #expect(span.trace.text != Self.trace)
    }
  }

  @Test func everyAnswer_problemsToo_namesItsSpan() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      for path in ["/healthz", "/readyz", "/v1/bookings/none", "/v1/nothing", "/nothing"] {
        let answer = try await caller.get(path, headers: ["traceparent": Self.parent])
        #expect(answer.header("traceparent")?.contains(Self.trace) == true, "\(path)")
      }
    }
  }
}
