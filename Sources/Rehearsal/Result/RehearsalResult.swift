public import AssignmentStore
public import BookingDomain
public import Rollout

/// What came of a rehearsal.
public struct RehearsalResult: Sendable {
  public let scenario: RehearsalScenario
  public let seed: UInt64
  /// How many.
  public let restaurants: Int
  public let tally: RehearsalTally
  /// All zero on a sound store.
  public let invariants: InvariantReport
  public let beganAt: Timestamp
  public let endedAt: Timestamp
  public let moments: [RehearsalMoment]
  /// The furthest phase that was entered; nil if none was.
  public let furthestPhase: String?
  /// Where the rollout stands at the end, and as what, by ``RolloutStatus/name``.
  public let phase: String?
  public let status: String
  /// The number of the run to report on: in which a rule fired first, else whose gate somebody looked at last; nil where
  /// there is neither.
  public let reportedRun: Int?
  /// What the gate said that somebody looked at last.
  public let lastGate: [CriterionResult]
  /// What caught it first, or keeps it at the end.
  public let caughtBy: RehearsalCatch
  /// Nil where nothing did.
  public let caught: Caught?
  /// Rules that fired, in order.
  public let fired: [RollbackFinding.Rule]
  /// Rules that fired before the first fault began, or without one.
  public let falseAlarms: Int

  /// How long it took until a fault was caught.
  public struct Caught: Sendable, Hashable {
    public var at: Timestamp
    /// Since the fault began; since the phase was entered, where there is no fault.
    public var after: Duration
    /// Bookings made in that time, and those that V3 decided.
    public var bookings: Int
    public var bookingsByV3: Int
  }

  /// Every booking has ended and no invariant is broken.
  public var isSound: Bool {
    tally.unfinished == 0 && invariants.total == 0 && tally.asked == tally.booked + tally.refused
  }

  /// Sound, and what the scenario expects.
  public var isAsExpected: Bool { isSound && unexpected.isEmpty }

  /// What is other than the scenario expects, in words.
  public var unexpected: [String] {
    var words: [String] = []
    if falseAlarms > 0 { words.append("\(falseAlarms) rollbacks without a fault") }
    guard let expected = scenario.expected else { return words }
    if !expected.phases.isEmpty, !expected.phases.contains(phase ?? "") {
      words.append("stands in \(phase ?? "no phase"), expected \(expected.phases.joined(separator: " or "))")
    }
    if !expected.caughtBy.isEmpty, !expected.caughtBy.contains(caughtBy.name) {
      words.append("caught by \(caughtBy), expected \(expected.caughtBy.joined(separator: " or "))")
    }
    let others = fired.map { RehearsalCatch.rollback($0).name }.filter { !expected.caughtBy.contains($0) }
    if !expected.caughtBy.isEmpty, !others.isEmpty {
      words.append("fired beside it: \(others.joined(separator: ", "))")
    }
    return words
  }
}
