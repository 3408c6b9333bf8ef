import AssignmentPipeline
public import AssignmentStore
public import BookingDomain
import Rollout

/// Which run of a rollout a report is about.
public enum RunChoice: Sendable, Hashable {
  /// The one that goes on, or that ended last.
  case latest
  /// The last one of a phase.
  case phase(String)
  case number(Int)
}

/// Why there is no report.
public enum VerificationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The rollout has not begun.
  case noRun
  case unknownPhase(String, allowed: [String], suggestion: String?)
  case notEntered(String, entered: [String])
  case noSuchRun(Int, last: Int)
  case store(StoreError)

  public var description: String {
    switch self {
    case .noRun: "the rollout has not begun: there is no run to verify; `headwaiter rollout advance` begins it"
    case .unknownPhase(let name, let allowed, let suggestion):
      "there is no phase \"\(name)\"" + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
        + " Allowed: \(allowed.joined(separator: ", "))"
    case .notEntered(let name, let entered):
      "the phase \(name) has not been entered; there are runs of \(entered.joined(separator: ", "))"
    case .noSuchRun(let number, let last): "there is no run \(number); allowed: 1 to \(last)"
    case .store(let error): "\(error)"
    }
  }
}

/// Writes the verification report of a run, while it goes on or later, from stored data alone.
public struct RunVerifier: Sendable {
  /// Records of a rollout that are read at most; a rollout has some dozens.
  private static let recordLimit = 10_000
  private let store: any AssignmentStore

  public init(_ store: any AssignmentStore) { self.store = store }

  /// - Parameter now: when the report is written; the end of a run that goes on.
  public func report(
    of choice: RunChoice, now: Timestamp
  ) async throws(VerificationRefusal) -> VerificationReport {
    let stored = try await read { store async throws(StoreError) in try await store.rollout() }
    let runs = try await read { store async throws(StoreError) in try await store.rolloutRuns() }
    let plan = stored.plan ?? .standard
    let run = try Self.run(choice, runs, plan)
    // A plan that was put in force later may have dropped the phase.
    guard let phase = plan.phase(run.phase) ?? RolloutPlan.standard.phase(run.phase) else {
      throw .unknownPhase(run.phase, allowed: plan.phases.map(\.name), suggestion: nil)
    }
    let records = try await records(of: run)
    let judged = try await results(run, phase, plan, runs, stored.state, records, now)
    let subject = VerificationSubject(run, phase, stored.state, records, criteria: judged, now: now)
    var report = try await read { store async throws(StoreError) in
      try await VerificationGatherer(store).report(subject)
    }
    if run.endedAt == nil, stored.isKilled { report.decision.missing.append("the kill switch to be released") }
    return report
  }

  private func records(of run: RolloutRun) async throws(VerificationRefusal) -> [RolloutRecord] {
    try await read { store async throws(StoreError) in
      try await store.rolloutRecords(of: [], limit: Self.recordLimit, latest: true)
    }.filter { $0.run == run.number }
  }

  private func read<Value>(
    _ body: (any AssignmentStore) async throws(StoreError) -> Value
  ) async throws(VerificationRefusal) -> Value {
    do { return try await body(store) } catch { throw .store(error) }
  }

  /// What the gate said when the run was left; for one that goes on, what it says now.
  private func results(
    _ run: RolloutRun, _ phase: RolloutPhase, _ plan: RolloutPlan, _ runs: [RolloutRun], _ state: RolloutState,
    _ records: [RolloutRecord], _ now: Timestamp
  ) async throws(VerificationRefusal) -> [CriterionResult] {
    let last = records.last { $0.kind == .gateEvaluated }
    if run.endedAt != nil, let said = last?.content.results { return said }
    let figures = try await read { store async throws(StoreError) in
      try await RolloutMeter(store: store).figures(of: run, plan: plan, runs: runs, state: state, now: now)
    }
    return PhaseGate(phase, of: plan).evaluate(figures)
  }

  private static func run(
    _ choice: RunChoice, _ runs: [RolloutRun], _ plan: RolloutPlan
  ) throws(VerificationRefusal) -> RolloutRun {
    guard let last = runs.last else { throw .noRun }
    switch choice {
    case .latest: return last
    case .number(let number):
      guard let run = runs.first(where: { $0.number == number }) else {
        throw .noSuchRun(number, last: last.number)
      }
      return run
    case .phase(let name):
      if let run = runs.last(where: { $0.phase == name }) { return run }
      let names = plan.phases.map(\.name)
      guard names.contains(name) else {
        throw .unknownPhase(name, allowed: names, suggestion: Spelling.closest(to: name, in: names))
      }
      throw .notEntered(name, entered: entered(runs))
    }
  }

  private static func entered(_ runs: [RolloutRun]) -> [String] {
    runs.reduce(into: []) { names, run in if !names.contains(run.phase) { names.append(run.phase) } }
  }
}

extension VerificationSubject {
  fileprivate init(
    _ run: RolloutRun, _ phase: RolloutPhase, _ state: RolloutState, _ records: [RolloutRecord],
    criteria: [CriterionResult], now: Timestamp
  ) {
    self.init(
      phase: phase, run: run.number, from: run.enteredAt ?? run.decidedAt, until: run.endedAt ?? now,
      ending: run.ending?.words, writtenAt: now, criteria: criteria,
      signOffs: state.signOffs.filter { $0.run == run.number },
      incidents: state.incidents.filter { $0.run == run.number },
      knownIssues: state.knownIssues.filter { $0.run == run.number },
      drills: state.drills.filter { $0.run == run.number }, story: records.compactMap(\.storyLine))
  }
}

extension RolloutRun.Ending {
  fileprivate var words: String {
    switch self {
    case .left: "left for another phase"
    case .rolledBack: "rolled back"
    case .aborted: "aborted"
    }
  }
}

extension RolloutRecord {
  /// Nil for what has a section of its own.
  fileprivate var storyLine: VerificationReport.StoryLine? {
    switch kind {
    case .signedOff, .incident, .knownIssue, .drill, .gateEvaluated: nil
    case .planned, .advanced, .forced, .entered, .held, .resumed, .aborted, .rolledBack, .restaurantOut, .drillStarted,
      .drillStopped, .cleanupChecklist:
      VerificationReport.StoryLine(
        at: at, what: kind.rawValue.replacing("_", with: " "), by: by.name,
        text: ([content.text].compactMap(\.self) + (content.checklist ?? [])).joined(separator: "; "))
    }
  }
}
