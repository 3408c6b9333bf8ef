import BookingDomain
import Bootstrap
import Foundation
import HeadwaiterTesting
import Logging
import Resilience
import Testing

@Suite struct LogLineTests {
  /// The lines that `body` logs.
  private func lines(_ format: LogFormat, level: Logger.Level = .trace, _ body: (Logger) -> Void) -> [String] {
    let written = Locked([String]())
    let log = LineLog(format: format, level: level, clock: ManualClock()) { line in written.withLock { $0.append(line) }
    }
    body(log.logger)
    return written.withLock { $0 }
  }

  @Test func text_hasTheSourceAsLabel_andWhatItIsAbout() {
    let shown = lines(.text) { logger in
      logger.info(
        "Transition: created -> capacity_verified", metadata: ["booking_id": "b-1", "trace_id": "4bf9"],
        source: "assignment.state_machine")
      logger.warning("odd", metadata: ["why": "two words", "empty": "", "quote": "a\"b"], source: "x")
    }
    #expect(
      shown == [
        "2026-06-01T12:00:00Z info [assignment.state_machine] Transition: created -> capacity_verified "
          + "booking_id=b-1 trace_id=4bf9\n",
        "2026-06-01T12:00:00Z warning [x] odd empty=\"\" quote=\"a\\\"b\" why=\"two words\"\n",
      ])
  }

  @Test func text_ofAHostileMessage_staysOneLine() {
    let shown = lines(.text) { logger in
      logger.error("one\ntwo\u{1B}[31m\u{2028}three", metadata: ["k": "a\nb\r"], source: "x\ny")
    }
    #expect(shown.count == 1)
    #expect(shown[0].dropLast().allSatisfy { !$0.isNewline })
    #expect(!shown[0].contains("\u{1B}"))
    #expect(shown[0].contains("one\\u{a}two\\u{1b}[31m\\u{2028}three k=a\\u{a}b\\u{d}"))
  }

  @Test(arguments: [
    "plain", "", "\"quoted\" \\ back/slash", "line\nfeed\r\ttab", "\u{0}\u{1}\u{1F}\u{7F}\u{80}", "é 漢字 👩‍👩‍👧 \u{202E}",
    "{\"a\":1}", "\u{2028}\u{2029}", "</script>", String(repeating: "x", count: 100_000),
  ])
  func json_ofAnyMessage_isOneObjectWithAllOfIt(_ message: String) throws {
    let written = lines(.json) { logger in
      logger.notice(
        "\(message)",
        metadata: [
          "text": "\(message)", "list": ["a", "\(message)"], "nested": ["\(message)": ["x": "\(message)"]],
          "number": .stringConvertible(7),
        ], source: "\(message)")
    }
    #expect(written.count == 1)
    #expect(written[0].utf8.filter { $0 == 0x0A }.count == 1, "one line")
    let object = try #require(JSONSerialization.jsonObject(with: Data(written[0].utf8)) as? [String: Any])
    #expect(Set(object.keys) == ["time", "level", "label", "message", "metadata"])
    #expect(object["message"] as? String == message)
    #expect(object["label"] as? String == message)
    #expect(object["level"] as? String == "notice")
    #expect(RFC3339.parse(object["time"] as? String ?? "") == ManualClock.start)
    let metadata = try #require(object["metadata"] as? [String: Any])
    #expect(metadata["text"] as? String == message)
    #expect(metadata["list"] as? [String] == ["a", message])
    #expect((metadata["nested"] as? [String: [String: String]])?[message]?["x"] == message)
    #expect(metadata["number"] as? String == "7")
  }

  @Test func level_belowTheLoggers_isNotWritten() {
    let written = lines(.json, level: .warning) { logger in
      logger.info("quiet", source: "x")
      logger.warning("loud", source: "x")
    }
    #expect(written.count == 1)
  }

  @Test func metadata_ofTheLogger_isInEachLine_andTheLinesOwnWins() {
    let written = lines(.text) { logger in
      var logger = logger
      logger[metadataKey: "trace_id"] = "request"
      logger.info("a", source: "x")
      logger.info("b", metadata: ["trace_id": "booking"], source: "x")
    }
    #expect(written.map { $0.hasSuffix("trace_id=request\n") } == [true, false])
    #expect(written.last?.hasSuffix("b trace_id=booking\n") == true)
  }
}
