import AssignmentStore
import BookingDomain
import Rollout

extension StoreConformance {
  static let rolloutChecks: [ConformanceCheck] = [
    ConformanceCheck("rollout: a step is stored whole, and read after a restart", stored),
    ConformanceCheck("rollout: a stale writer is refused, and nothing of its step is stored", stale),
    ConformanceCheck("rollout: flags are set and let go with one rise of the epoch; without flags it stays", flags),
    ConformanceCheck(
      "rollout: runs are replaced by their number, records stay in order and are found by kind", records),
    ConformanceCheck("rollout: the kill switch shows, and instances say which flags they heed", seen),
    ConformanceCheck("rollout: openings of breakers are measured within a span, and now", breakers),
    ConformanceCheck("rollout: bookings under way in V3 are counted, others not", underWay),
    ConformanceCheck("shadow: comparisons are deleted by age", prunedShadow),
  ]

  private static func stored(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.store.rollout(), StoredRollout(), "rollout of an empty database")
    var write = step(bench, 0)
    write.drill = RunningDrill(run: 1, by: actor, startedAt: bench.clock.now())
    write.events = [ObservabilityEvent(.rollout, "rollout.phase_entered", at: bench.clock.now())]
    let answer = try await bench.store.storeRollout(write)
    let reopened = try await bench.reopen()
    let read = try await reopened.rollout()
    try bench.expect(read, answer, "rollout after a restart")
    try bench.expect(read.revision, 1, "revision")
    try bench.expect(read.state, write.state, "state")
    try bench.expect(read.plan, .standard, "plan")
    try bench.expect(read.drill, write.drill, "drill")
    try bench.expect(read.updatedAt, bench.clock.now(), "time")
    try bench.expect(try await told(reopened, .rollout), ["rollout.phase_entered"], "events")
    _ = try await reopened.storeRollout(step(bench, 1))
    try bench.expect(try await reopened.rollout().drill, nil, "drill after it was let go")
  }

  private static func stale(_ bench: ConformanceBench) async throws {
    _ = try await bench.store.storeRollout(step(bench, 0))
    let before = try await bench.store.rollout()
    let epoch = try await bench.store.flagsEpoch()
    for revision in [0, 2] {
      var write = step(bench, revision)
      write.overrides = [override(bench, .flag(.shadow), "true")]
      write.records = [RolloutRecord(.held, run: run, by: actor, at: bench.clock.now())]
      write.runs = [row(bench)]
      write.events = [ObservabilityEvent(.rollout, "rollout.held", at: bench.clock.now())]
      do {
        _ = try await bench.store.storeRollout(write)
        throw ConformanceViolation("revision \(revision) was not refused")
      } catch let error as StoreError {
        try bench.expect(error, .staleRollout, "refusal of revision \(revision)")
      }
    }
    try bench.expect(try await bench.store.rollout(), before, "rollout")
    try bench.expect(try await bench.store.flagsEpoch(), epoch, "epoch")
    try bench.expect(try await bench.store.flagOverrides(), [], "flags")
    try bench.expect(try await bench.store.rolloutRuns(), [], "runs")
    try bench.expect(try await allRecords(bench.store), [], "records")
    try bench.expect(try await told(bench.store, .rollout), [], "events")
  }

  private static func flags(_ bench: ConformanceBench) async throws {
    let first = try await bench.store.flagsEpoch()
    var write = step(bench, 0)
    let share = override(bench, .flag(.rolloutShare), "10")
    let out = override(bench, .restaurant("house"), "out")
    write.overrides = [override(bench, .flag(.shadow), "true"), share, out]
    write.cleared = [.flag(.pipelineV3)]
    let stored = try await bench.store.storeRollout(write)
    try bench.expect(try await bench.store.flagsEpoch(), first + 1, "epoch")
    try bench.expect(stored.flagsEpoch, first + 1, "the rollout's epoch")
    write = step(bench, 1)
    write.cleared = [.flag(.shadow), .flag(.pipelineV3)]
    _ = try await bench.store.storeRollout(write)
    try bench.expect(try await bench.store.flagOverrides(), [out, share], "flags")
    try bench.expect(try await bench.store.flagsEpoch(), first + 2, "epoch after one was let go")
    let last = try await bench.store.storeRollout(step(bench, 2))
    try bench.expect(try await bench.store.flagsEpoch(), first + 2, "epoch after a step without flags")
    try bench.expect(last.flagsEpoch, first + 2, "the rollout's epoch after it")
  }

  private static func records(_ bench: ConformanceBench) async throws {
    var write = step(bench, 0)
    var content = RolloutRecord.Content(text: "it is \"slow\"")
    content.level = .p2
    let incident = RolloutRecord(.incident, run: run, by: actor, at: bench.clock.now(), content: content)
    write.records = [RolloutRecord(.advanced, run: nil, by: actor, at: bench.clock.now()), incident]
    write.runs = [row(bench)]
    _ = try await bench.store.storeRollout(write)
    write = step(bench, 1)
    write.records = [RolloutRecord(.held, run: run, by: actor, at: bench.clock.now())]
    var ended = row(bench)
    (ended.enteredAt, ended.endedAt, ended.ending) = (bench.clock.now(), bench.clock.now(), .rolledBack)
    write.runs = [ended]
    _ = try await bench.store.storeRollout(write)
    try bench.expect(try await bench.store.rolloutRuns(), [ended], "runs")
    let kinds = try await allRecords(bench.store).map(\.kind)
    try bench.expect(kinds, [.advanced, .incident, .held], "records")
    let last = try await bench.store.rolloutRecords(of: [], limit: 2, latest: true)
    try bench.expect(last.map(\.kind), [.incident, .held], "the last two")
    let found = try await bench.store.rolloutRecords(of: [.incident, .drill], limit: 9, latest: false)
    var wanted = incident
    wanted.revision = 1
    try bench.expect(found, [wanted], "incidents and drills")
  }

  private static func seen(_ bench: ConformanceBench) async throws {
    try bench.expect(try await bench.store.rollout().isKilled, false, "killed")
    try await bench.store.setFlags([override(bench, .flag(.killSwitch), "true")], events: [])
    try bench.expect(try await bench.store.rollout().isKilled, true, "killed")
    let record = InstanceRecord(
      id: "i-1", host: "h", flags: FlagSettings(), startedAt: bench.clock.now(), flagsEpoch: 7)
    try await bench.store.publishInstance(record)
    try bench.expect(try await bench.store.liveInstances(within: .seconds(10)), [record], "instances")
    var later = record
    later.flagsEpoch = 8
    try await bench.store.publishInstance(later)
    try bench.expect(try await bench.store.liveInstances(within: .seconds(10)), [later], "instances later")
  }

  private static func breakers(_ bench: ConformanceBench) async throws {
    let begin = bench.clock.now()
    func note(_ instance: String, _ name: String, opened: Int, seen: Int) async throws {
      try await bench.store.noteOpenBreakers(
        [BreakerOpening(instance: instance, name: name, openedAt: begin.adding(.seconds(opened)))],
        at: begin.adding(.seconds(seen)))
    }
    try await note("i-1", "storage", opened: -100, seen: 20)
    try await note("i-1", "engine:house", opened: 30, seen: 60)
    try await note("i-1", "engine:house", opened: 30, seen: 90)
    try await note("i-2", "engine:house", opened: 85, seen: 95)
    func longest(_ from: Int, _ until: Int) async throws -> Double? {
      try await bench.store.phaseFigures(
        PhaseFigureQuery(.init(from: begin.adding(.seconds(from)), until: begin.adding(.seconds(until))))
      ).breakerOpenSeconds
    }
    try bench.expect(try await longest(0, 200), 60, "longest of the run")
    try bench.expect(try await longest(0, 50), 20, "longest of its beginning")
    try bench.expect(try await longest(-200, 10), 110, "longest of before")
    try bench.expect(try await longest(200, 300), 0, "longest of later")
    func openNow(_ seconds: Int) async throws -> Double {
      try await bench.store.rollbackFigures(
        RollbackFigureQuery(since: begin, now: begin.adding(.seconds(seconds)), rules: RollbackRules())
      ).breakerOpenSeconds
    }
    try bench.expect(try await openNow(96), 60, "open while it is heard of")
    try bench.expect(try await openNow(102), 10, "open when one instance is silent")
    try bench.expect(try await openNow(110), 0, "open when all are silent")
  }

  private static func underWay(_ bench: ConformanceBench) async throws {
    for (id, flow, state) in [
      ("b-1", AssignmentFlow.v3, AssignmentState.assignmentInProgress), ("b-2", .legacy, .assignmentInProgress),
      ("b-3", .v3, .assignmentPending),
    ] as [(BookingID, AssignmentFlow, AssignmentState)] {
      var mutation = BookingMutation(try await bench.create(id))
      let context = ChangeContext.sample(at: bench.clock.now())
      try mutation.transition(to: .capacityVerified, cause: .verify, context: context)
      try mutation.transition(to: .assignmentPending, cause: .queue, context: context)
      if state == .assignmentInProgress {
        try mutation.transition(to: .assignmentInProgress, cause: .start, context: context)
      }
      mutation.edit { $0.flow = flow }
      let changed = mutation
      try await bench.commit {
        $0.bookings = [changed]
        $0.jobs = [.enqueue(id, bench.house, after: .zero, deadline: .seconds(600), resetRetries: true)]
      }
    }
    try bench.expect(try await bench.store.bookingsUnderWayInV3(), 1, "under way")
  }

  private static func prunedShadow(_ bench: ConformanceBench) async throws {
    for id in ["b-1", "b-2"] as [BookingID] {
      var batch = ShadowBatch()
      batch.comparisons = [
        ShadowComparison(
          bookingID: id, restaurantID: "house", createdAt: bench.clock.now(), verdict: .bothFailed,
          legacy: ShadowSide(outcome: "retry"), v3: ShadowSide(outcome: "manual_review"))
      ]
      try await bench.store.appendShadow(batch)
      bench.clock.advance(by: .seconds(60))
    }
    let before = bench.clock.now().adding(.seconds(-60))
    try bench.expect(try await bench.store.prunable(.shadow, before: before), 1, "would be deleted")
    try bench.expect(try await bench.store.prune(.shadow, before: before, limit: 9), 1, "deleted")
    try bench.expect(try await bench.store.shadowComparison(of: "b-1", in: "house"), nil, "the older one")
    try bench.require(try await bench.store.shadowComparison(of: "b-2", in: "house") != nil, "the newer one is gone")
  }

  // MARK: Samples

  private static let actor = RolloutActor(name: "ann", role: .onCallEngineer)
  private static let run = PhaseRun(number: 1, phase: "production_10", enteredAt: ManualClock.start)

  private static func step(_ bench: ConformanceBench, _ revision: Int) -> RolloutWrite {
    var state = RolloutState()
    state.lastRun = 1
    state.status = .holding(run, .init(reason: "a \"quoted\" reason", by: "ann", at: bench.clock.now()))
    state.signOffs = [SignOff(role: .productOwner, by: "pat", run: 1, at: bench.clock.now())]
    return RolloutWrite(expectedRevision: revision, state: state, plan: .standard, at: bench.clock.now())
  }

  private static func row(_ bench: ConformanceBench) -> RolloutRun {
    RolloutRun(
      number: 1, phase: "production_10", environment: .production, decidesV3: true, shadow: false, sharePercent: 10,
      decidedAt: bench.clock.now())
  }

  private static func override(_ bench: ConformanceBench, _ key: FlagKey, _ value: String) -> FlagOverride {
    FlagOverride(key: key, value: value, reason: "drill", actor: "ann", at: bench.clock.now())
  }

  private static func allRecords(_ store: any AssignmentStore) async throws -> [RolloutRecord] {
    try await store.rolloutRecords(of: [], limit: 100, latest: false)
  }

  private static func told(_ store: any AssignmentStore, _ source: EventSource) async throws -> [String] {
    var query = EventQuery()
    query.source = source
    return try await store.events(query).map(\.event.type)
  }
}
