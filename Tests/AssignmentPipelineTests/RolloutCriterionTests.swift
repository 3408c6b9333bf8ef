import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import Testing

@testable import AssignmentPipeline

/// Every criterion that is measured, from stored bookings to its verdict: pass, fail, and not enough data.
@Suite("Criteria, from the store to the verdict") struct RolloutCriterionTests {
  typealias Seed = @Sendable (PipelineHarness) async throws -> Void

  struct Case: Sendable, CustomStringConvertible {
    var kind: CriterionKind
    var limit: Double
    var phase = "ten"
    var verdict: CriterionVerdict
    var seed: Seed

    var description: String { "\(kind.rawValue) \(verdict.rawValue)" }
  }

  static let rates: [Case] = [
    Case(kind: .confirmation, limit: 95, verdict: .pass) { try await $0.seed(60, .confirmed) },
    Case(kind: .confirmation, limit: 95, verdict: .fail) {
      try await $0.seed(40, .confirmed)
      try await $0.seed(20, .reviewed, "r")
    },
    Case(kind: .confirmation, limit: 95, verdict: .notEnoughData) { try await $0.seed(20, .confirmed) },
    Case(kind: .review, limit: 10, verdict: .pass) { try await $0.seed(60, .confirmed) },
    Case(kind: .review, limit: 10, verdict: .fail) {
      try await $0.seed(40, .confirmed)
      try await $0.seed(20, .reviewed, "r")
    },
    Case(kind: .review, limit: 10, verdict: .notEnoughData) {
      try await $0.seed(19, .confirmed)
      try await $0.seed(1, .reviewed, "r")
    },
    Case(kind: .errorRate, limit: 5, verdict: .pass) { try await $0.seed(60, .confirmed) },
    Case(kind: .errorRate, limit: 5, verdict: .fail) {
      try await $0.seed(40, .confirmed)
      try await $0.seed(10, .failed, "f")
    },
    Case(kind: .errorRate, limit: 5, verdict: .notEnoughData) { try await $0.seed(20, .confirmed) },
    Case(kind: .errors, limit: 0, verdict: .pass) { try await $0.seed(1, .confirmed) },
    Case(kind: .errors, limit: 0, verdict: .fail) { try await $0.seed(1, .failed) },
    Case(kind: .errors, limit: 0, verdict: .notEnoughData) { _ in },
    Case(kind: .fullHouse, limit: 5, verdict: .pass) {
      try await $0.seed(20, .confirmed)
      try await $0.seed(20, .confirmed, "l", flow: .legacy)
    },
    Case(kind: .fullHouse, limit: 5, verdict: .fail) {
      try await $0.seed(18, .confirmed)
      try await $0.seed(2, .fullHouse, "f")
      try await $0.seed(20, .confirmed, "l", flow: .legacy)
    },
    Case(kind: .fullHouse, limit: 5, verdict: .notEnoughData) { try await $0.seed(20, .confirmed) },
  ]

  static let comparisons: [Case] = [
    Case(kind: .notWorseThanLegacy, limit: 5, phase: "shadow", verdict: .pass) {
      try await $0.compare(80, .equivalent, "s")
    },
    Case(kind: .notWorseThanLegacy, limit: 5, phase: "shadow", verdict: .fail) {
      try await $0.compare(40, .equivalent, "s")
      try await $0.compare(40, .legacyOnly, "l")
    },
    Case(kind: .notWorseThanLegacy, limit: 5, phase: "shadow", verdict: .notEnoughData) {
      try await $0.compare(10, .equivalent, "s")
    },
    Case(kind: .errors, limit: 0, phase: "shadow", verdict: .fail) {
      try await $0.compare(9, .equivalent, "s")
      try await $0.compare(1, .shadowError, "e")
    },
    Case(kind: .confirmation, limit: 95, phase: "shadow", verdict: .pass) {
      // Legacy's bookings are no shadow's: what it has to review does not count against V3.
      try await $0.compare(60, .sameTables, "s")
      try await $0.seed(30, .reviewed, "r", flow: .legacy)
    },
    // V3 has every restaurant: legacy's figures are those of the last run in which it decided.
    Case(kind: .fullHouse, limit: 5, verdict: .fail) {
      try await $0.seed(20, .confirmed, "l", flow: .legacy)
      try await $0.perform(.force(reason: "test", to: "all"))
      try await $0.seed(18, .confirmed)
      try await $0.seed(2, .fullHouse, "f")
    },
    Case(kind: .notWorseThanBefore, limit: 5, phase: "fifty", verdict: .pass) {
      try await $0.after(100, .confirmed, then: 100, .confirmed)
    },
    Case(kind: .notWorseThanBefore, limit: 5, phase: "fifty", verdict: .fail) {
      try await $0.after(100, .confirmed, then: 40, .reviewed)
    },
    Case(kind: .notWorseThanBefore, limit: 5, phase: "fifty", verdict: .notEnoughData) {
      try await $0.after(100, .confirmed, then: 10, .confirmed)
    },
  ]

  static let facts: [Case] = [
    Case(kind: .events, limit: 99, verdict: .pass) { try await $0.seed(10, .confirmed) },
    Case(kind: .events, limit: 99, verdict: .notEnoughData) { _ in },
    // Legacy decided, and shadow never looked.
    Case(kind: .events, limit: 99, phase: "shadow", verdict: .fail) {
      try await $0.seed(10, .confirmed, flow: .legacy)
    },
    Case(kind: .breakerOpen, limit: 300, verdict: .pass) { try await $0.breaker(openFor: 300) },
    Case(kind: .breakerOpen, limit: 300, verdict: .fail) { try await $0.breaker(openFor: 301) },
    Case(kind: .stuck, limit: 0, verdict: .pass) { try await $0.seed(1, .confirmed) },
    Case(kind: .stuck, limit: 0, verdict: .fail) { try await $0.rescue() },
    Case(kind: .duplicateNotices, limit: 0, verdict: .pass) { try await $0.seed(1, .confirmed) },
    Case(kind: .latency, limit: 3_000, verdict: .pass) { try await $0.seed(60, .confirmed) },
    Case(kind: .latency, limit: 3_000, verdict: .fail) {
      try await $0.seed(30, .confirmed)
      try await $0.seed(10, .confirmed, "slow", ms: 3_000)
      $0.clock.advance(by: .seconds(5))
    },
    Case(kind: .latency, limit: 3_000, verdict: .notEnoughData) { try await $0.seed(58, .confirmed) },
    Case(kind: .lockWait, limit: 100, verdict: .pass) { try await $0.locks(60, waitMilliseconds: 99) },
    Case(kind: .lockWait, limit: 100, verdict: .fail) { try await $0.locks(60, waitMilliseconds: 100) },
    Case(kind: .lockWait, limit: 100, verdict: .notEnoughData) { try await $0.locks(10, waitMilliseconds: 1) },
    Case(kind: .everyDay, limit: 2, phase: "all", verdict: .pass) {
      for day in 1...2 { try await $0.day("d\(day)", .confirmed) }
    },
    Case(kind: .everyDay, limit: 2, phase: "all", verdict: .fail) {
      try await $0.day("d1", .confirmed)
      try await $0.day("d2", .reviewed)
    },
    Case(kind: .everyDay, limit: 2, phase: "all", verdict: .notEnoughData) { try await $0.day("d1", .confirmed) },
    Case(kind: .incidents, limit: 0, verdict: .pass) { try await $0.perform(.incident(.p2, text: "slow")) },
    Case(kind: .drill, limit: 300, verdict: .notEnoughData) { _ in },
  ]

  @Test(arguments: rates + comparisons + facts) func verdict(_ example: Case) async throws {
    let harness = try await PipelineHarness()
    var rules = [CriterionRule(example.kind, example.limit)]
    if example.kind == .everyDay { rules += [CriterionRule(.confirmation, 95), CriterionRule(.review, 10)] }
    try await harness.begin(example.phase == "fifty" ? "ten" : example.phase, PipelineHarness.plan(rules))
    try await example.seed(harness)
    harness.clock.advance(by: .milliseconds(1))
    let result = try await harness.result(example.kind)
    #expect(result?.verdict == example.verdict, "\(result?.sentence ?? "no result")")
  }
}

extension PipelineHarness {
  /// What was in the phase before, then in the next one.
  fileprivate func after(_ count: Int, _ ending: Ending, then later: Int, _ laterEnding: Ending) async throws {
    try await seed(count, ending, "before")
    try await perform(.force(reason: "test", to: "fifty"))
    try await seed(later, laterEnding, "later")
  }

  /// Seen open until now, for so long.
  fileprivate func breaker(openFor seconds: Int) async throws {
    let opened = clock.now()
    clock.advance(by: .seconds(seconds))
    try await store.noteOpenBreakers(
      [BreakerOpening(instance: "i-1", name: "storage", openedAt: opened)], at: clock.now())
  }

  /// A booking whose worker died, past its deadline.
  fileprivate func rescue() async throws {
    try await store.append([
      ObservabilityEvent(
        .coordinator, "coordinator.retry", severity: .warning, restaurantID: "house", bookingID: "b-1",
        context: ["reason": "deadline"], at: clock.now())
    ])
  }

  fileprivate func locks(_ count: Int, waitMilliseconds: Double) async throws {
    try await store.append(
      (0..<count).map { number in
        ObservabilityEvent(
          .coordinator, "coordinator.lock_acquired", restaurantID: "house", bookingID: BookingID("b-\(number)"),
          context: ["wait_ms": .double(waitMilliseconds)], at: clock.now())
      })
  }

  /// A day of bookings, and on to the next one.
  fileprivate func day(_ prefix: String, _ ending: Ending) async throws {
    try await seed(3, ending, prefix)
    clock.advance(by: .seconds(86_400))
  }
}
