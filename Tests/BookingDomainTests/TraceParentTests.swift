import BookingDomain
import Testing

@Suite struct TraceParentTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let span = "00f067aa0ba902b7"

  @Test func header_ofVersion00_isReadAndWrittenAgain() throws {
    for (flags, isSampled) in [("00", false), ("01", true), ("03", true), ("fe", false)] {
      let parent = try #require(TraceParent("00-\(Self.trace)-\(Self.span)-\(flags)"))
      #expect(parent.trace.text == Self.trace)
      #expect(parent.span.text == Self.span)
      #expect(parent.isSampled == isSampled)
      #expect(parent.header == "00-\(Self.trace)-\(Self.span)-0\(isSampled ? 1 : 0)")
    }
  }

  @Test func header_ofALaterVersion_mayHaveMore() throws {
    for header in ["01-\(Self.trace)-\(Self.span)-01", "cc-\(Self.trace)-\(Self.span)-01-what-will-be"] {
      #expect(try #require(TraceParent(header)).trace.text == Self.trace)
    }
  }

  @Test(arguments: [
    "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-", "00-\(trace)-\(span)-1", "00-\(trace)-\(span)-011",
    "00-\(trace)-\(span)-01-", "00-\(trace)-\(span)-01-more", "01-\(trace)-\(span)-01more", "ff-\(trace)-\(span)-01",
    "0-\(trace)-\(span)-01", "0g-\(trace)-\(span)-01", "00-\(trace.uppercased())-\(span)-01", "00-\(trace)-\(span)-0X",
    "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01", "00_\(trace)_\(span)_01",
    "00-\(trace.dropLast())-\(span)-01", "00-\(trace)0-\(span.dropLast())-01", "00-\(trace.dropLast(2))é-\(span)-01",
    " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ", "00-\(trace)-\(span)-01, 00-\(trace)-\(span)-01",
  ])
  func header_againstTheGrammar_isIgnored(_ header: String) {
    #expect(TraceParent(header) == nil)
  }

  @Test func names_ofNumbers_areNeverZero() {
    #expect(TraceID(high: 0, low: 0).text == "00000000000000000000000000000001")
    #expect(TraceID(high: 0xa, low: 0).text == "000000000000000a0000000000000000")
    #expect(SpanID(0).text == "0000000000000001")
    #expect(TraceID("00000000000000000000000000000000") == nil)
    #expect(SpanID("g0f067aa0ba902b7") == nil)
  }

  @Test func event_ofATrace_namesItInItsContext() {
    let event = ObservabilityEvent(.coordinator, "x", context: ["reason": "y"], at: Timestamp(microseconds: 0))
    let trace = TraceID(high: 1, low: 2)
    #expect(event.traced(trace).context == ["reason": "y", "trace_id": .string(trace.text)])
    #expect(event.traced(nil) == event)
  }
}
