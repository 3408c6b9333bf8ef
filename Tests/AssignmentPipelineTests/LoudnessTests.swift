import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Logging
import Resilience
import Testing

/// Errors are logged as loud as their kind says.
@Suite struct LoudnessTests {
  /// The lines that `body` logs, with their levels.
  private func lines(_ body: (Logger) -> Void) -> [String] {
    let written = Locked([String]())
    body(Logger(label: "test") { _ in Recorder(written: written) })
    return written.withLock { $0 }
  }

  private static let window = TimeWindow(start: Timestamp(seconds: 0), end: Timestamp(seconds: 60))

  @Test(arguments: [
    (StoreError.staleVersion("b-1"), "debug"), (.flagsChanged, "debug"), (.noPermit("house"), "debug"),
    (.pacingExceeded, "debug"), (.holdExpired("h"), "debug"), (.tooManyHolds(limit: 5), "debug"),
    (.idempotencyConflict, "debug"), (.staleRestaurant("house"), "debug"), (.staleDayPlan("p"), "debug"),
    (.claimConflict(ClaimConflict(restaurantID: "house", table: "T1", window: window)), "debug"),
    (.leaseLost("booking:b-1"), "info"), (.constraint("x"), "warning"), (.unavailable("x"), "warning"),
    (.invalid("x"), "error"),
  ])
  func storeError_hasTheLoudnessOfItsKind(_ error: StoreError, _ level: String) {
    #expect(lines { $0.tell(error, "storage", source: "x") } == ["\(level) [x] storage: \(error)"])
  }

  @Test func errorOfAnUnknownKind_isADefectAndNamedByItsTypeAlone() {
    struct Leaky: Error { let name = "Zebulon" }
    #expect(lines { $0.tell(Leaky(), source: "x") } == ["error [x] Leaky"])
    #expect(lines { $0.tell(CancellationError(), source: "x") } == ["debug [x] CancellationError"])
  }

  private struct Recorder: LogHandler {
    let written: Locked<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { written.withLock { $0.append("\(event.level) [\(event.source)] \(event.message)") } }
  }
}
