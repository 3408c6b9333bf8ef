import AssignmentPipeline
public import AssignmentStore
public import BookingDomain
import Rollout

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
    let run = try runs.chosen(choice, plan: stored.plan ?? .standard)
    let records = RunRecords(
      of: run, runs: runs,
      all: try await read { store async throws(StoreError) in
        try await store.rolloutRecords(of: [], limit: Self.recordLimit, latest: true)
      })
    let plan = records.plan ?? stored.plan ?? .standard
    let phase: RolloutPhase
    do { phase = try plan.named(run.phase) } catch { throw .refused(error) }
    var subject = VerificationSubject(phase: phase, run: run, ending: records.ending, writtenAt: now, criteria: [])
    subject.budget = plan.budget(of: phase)
    try await judge(&subject, plan, runs, stored, records)
    subject.take(stored.state)
    subject.story = records.story
    return try await read { [subject] store async throws(StoreError) in
      try await VerificationGatherer(store).report(subject)
    }
  }

  private func read<Value>(
    _ body: (any AssignmentStore) async throws(StoreError) -> Value
  ) async throws(VerificationRefusal) -> Value {
    do { return try await body(store) } catch { throw .store(error) }
  }

  /// What the gate said when the run was left; for one that goes on, what it says now, and what else is missing.
  private func judge(
    _ subject: inout VerificationSubject, _ plan: RolloutPlan, _ runs: [RolloutRun], _ stored: StoredRollout,
    _ records: RunRecords
  ) async throws(VerificationRefusal) {
    let (run, now) = (subject.run, subject.writtenAt)
    if run.endedAt != nil, let said = records.gate {
      subject.criteria = said
      return
    }
    let figures = try await read { store async throws(StoreError) in
      try await RolloutMeter(store: store).figures(of: run, plan: plan, runs: runs, state: stored.state, now: now)
    }
    subject.criteria = PhaseGate(subject.phase, of: plan).evaluate(figures)
    guard run.endedAt == nil else { return }
    let live = try await read { store async throws(StoreError) in
      try await store.liveInstances(within: SeenInstance.patience)
    }
    let missing = RolloutObstacles.missing(in: stored, plan: plan, figures: figures, live: live, now: now)
    subject.missing = missing.compactMap { if case .criterion = $0 { nil } else { $0.description } }
    subject.next = plan.phase(after: run.phase)?.name
    if case .holding(_, let stop) = stored.state.status { subject.held = stop }
  }
}

extension [RolloutRun] {
  fileprivate func chosen(_ choice: RunChoice, plan: RolloutPlan) throws(VerificationRefusal) -> RolloutRun {
    guard let last else { throw .noRun }
    switch choice {
    case .latest: return last
    case .number(let number):
      guard let run = first(where: { $0.number == number }) else { throw .noSuchRun(number, last: last.number) }
      return run
    case .phase(let name):
      if let run = self.last(where: { $0.phase == name }) { return run }
      do { _ = try plan.named(name) } catch { throw .refused(error) }
      throw .notEntered(name, entered: entered)
    }
  }

  /// Names of phases, each once.
  private var entered: [String] {
    reduce(into: []) { names, run in if !names.contains(run.phase) { names.append(run.phase) } }
  }
}

extension RolloutPlan {
  /// What percentiles are held against: the phase's own limits, else those of the first phase that has one.
  fileprivate func budget(of phase: RolloutPhase) -> VerificationReport.Budget {
    func limit(_ kind: CriterionKind) -> Double? {
      ([phase] + phases).lazy.compactMap { phase in criteria(of: phase).first { $0.kind == kind }?.limit }.first
    }
    return VerificationReport.Budget(latency: limit(.latency), leaseWait: limit(.lockWait))
  }
}

extension VerificationSubject {
  /// What people recorded of the run.
  fileprivate mutating func take(_ state: RolloutState) {
    if case .rolledBack(let rollback) = state.status, rollback.from.number == run.number {
      ending?.resumesAt = rollback.resumesAt
    }
    signOffs = state.signOffs.filter { $0.run == run.number }
    incidents = state.incidents.filter { $0.run == run.number }
    knownIssues = state.knownIssues.filter { $0.run == run.number }
    drills = state.drills.filter { $0.run == run.number }
  }
}
