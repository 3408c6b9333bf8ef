import AssignmentStore
import BookingDomain
import Resilience
import SeatingEngine

extension ProcessingShell {
  /// Plans and confirms: the next plan on a conflict, then one fresh snapshot.
  func seat(_ current: inout Try, planner: some FlowPlanner) async throws(StoreError) -> Outcome {
    for _ in 0..<2 {
      try stillDecides(current)
      let began = environment.monotonic.now
      let reading = try await snapshots.read(
        current.context, around: current.booking.slot.block, excluding: current.id)
      environment.measured(.read, since: began)
      try await reach(.snapshotRead)
      let isFirst = current.booking.work.feasible == nil
      noteRoom(reading, &current)
      let planned: Planned
      let asked = try await ask(reading.snapshot, &current, planner: planner)
      if isFirst { showShadow(reading, asked, current, planner: planner) }
      switch asked {
      case .ended(let outcome): return outcome
      case .planned(let answer, let took):
        planned = answer
        note(
          .planned(considered: answer.ranking.consideredCount, best: answer.plans.first, took: took), in: &current,
          planner)
      }
      try await reach(.planned)
      try stillDecides(current)
      if planned.plans.isEmpty {
        return try await noTable(reading, decision: planned.record, &current, planner: planner)
      }
      if current.context.restaurant.automation == .suggest {
        return try await suggest(planned, &current, planner: planner)
      }
      for plan in planned.plans.prefix(environment.settings.plansPerSnapshot) {
        guard let outcome = try await confirm(plan, record: planned.record, &current, planner: planner)
        else { continue }
        if !isFirst { showShadowSuccess(current, planner: planner) }
        return outcome
      }
    }
    return try await retry(.holdConflict, cause: .retry, &current, planner: planner)
  }

  /// What rates are about: whether the first snapshot had room, whatever the flow's planner says to it. Stored with the
  /// next change of state. A table that only a foreign hold is on is room: holds end.
  private func noteRoom(_ reading: SnapshotBuilder.Reading, _ current: inout Try) {
    guard current.booking.work.feasible == nil else { return }
    let question = current.question(now: environment.businessClock.now(for: current.id))
    current.booking.work.feasible =
      reading.snapshot.hasRoom(for: question)
      || (reading.firstHoldEnd != nil && reading.withoutHolds.hasRoom(for: question))
  }

  /// `→ assigned → confirmed` with claims, attempt, notice and the end of job, permit and lease: one transaction that
  /// checks the lease's token, the version, the floor's revision and the flags' epoch.
  /// - Parameter room: others who move for it.
  /// - Returns: nil when another booking took one of the tables meanwhile.
  func confirm(
    _ plan: SeatingPlan, record: DecisionRecord?, room: RoomPlan? = nil, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome? {
    try await reach(.confirming)
    let before = current.events
    let mutation = try confirmation(plan, record: record, room: room, current)
    let took = current.startedAt.duration(to: environment.monotonic.now)
    note(
      .confirmed(strategy: plan.strategy, tables: plan.tables, attempts: current.attemptNumber, took: took),
      in: &current, planner)
    var unit = unit("coordinator.confirm", current)
    addSeating(mutation.booking, plan: plan, record: record, current, to: &unit)
    let others = try room.map { room throws(StoreError) in try add(room, for: current.booking, to: &unit) } ?? []
    let began = environment.monotonic.now
    do throws(StoreError) { try await commit(mutation, unit, &current) } catch {
      // Nothing was confirmed, and nothing must tell that it was.
      current.events = before
      guard case .claimConflict = error else { throw error }
      return nil
    }
    environment.measured(.confirm, since: began)
    for other in others { machine.log(other) }
    try await reach(.confirmed)
    settled(current.booking)
    return .confirmed(strategy: plan.strategy, tables: plan.tables)
  }

  private func confirmation(
    _ plan: SeatingPlan, record: DecisionRecord?, room: RoomPlan?, _ current: Try
  ) throws(StoreError) -> BookingMutation {
    var mutation = BookingMutation(current.booking)
    let context = context(current)
    mutation.edit {
      $0.tables = plan.tables
      $0.strategy = plan.strategy
      $0.flow = current.flow
      $0.attempts = current.attemptNumber
      // What was decided when no table was free does not say why it has these.
      $0.decisionID = room == nil ? record?.id : nil
    }
    var metadata = room?.metadata ?? [:]
    metadata["strategy"] = plan.strategy.rawValue
    metadata["tables"] = plan.tables.map(\.rawValue).joined(separator: "+")
    if room != nil { metadata["decision"] = record?.id }
    try move(&mutation, to: .assigned, cause: .assign, metadata: metadata, context: context)
    try move(&mutation, to: .confirmed, cause: .confirm, context: context)
    return mutation
  }

  private func addSeating(
    _ booking: Booking, plan: SeatingPlan, record: DecisionRecord?, _ current: Try, to unit: inout WriteUnit
  ) {
    unit.flagsEpoch = current.flags.epoch
    unit.restaurantRevision = current.context.guardRevision
    // A pending change that kept its old tables gives them up for the new ones.
    if current.booking.holdsTables { unit.releases = [.allocations(booking.id)] }
    unit.claims = Claim.allocations(of: booking, window: booking.slot.block)
    unit.attempts = [attempt(.success, strategy: plan.strategy, reason: nil, current)]
    unit.decisions = [record.flatMap { StoredDecision($0, of: booking, at: environment.clock.now()) }].compactMap { $0 }
    let kind = current.booking.holdsTables ? NoticeKind.changed : .confirmed
    unit.notices = [notice(kind, booking)]
    unit.jobs = [.finish(booking.id)]
    unit.releasePermits = [booking.id]
    unit.releaseLeases = [current.fence]
  }

  /// No plan: a foreign hold in the way is waited for, a full house goes to a person at once.
  private func noTable(
    _ reading: SnapshotBuilder.Reading, decision: DecisionRecord?, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    if let end = reading.firstHoldEnd {
      switch try await ask(reading.withoutHolds, &current, planner: planner) {
      case .ended(let outcome): return outcome
      case .planned(let free, _) where !free.plans.isEmpty:
        let wait = end.since(try await store.storeNow())
        return try await retry(.holdConflict, cause: .retry, atMost: wait, &current, planner: planner)
      case .planned: break
      }
    }
    switch planner.whenNoTable(current.job) {
    case .review:
      if let outcome = try await makeRoom(decision: decision, &current, planner: planner) { return outcome }
      return try await end(
        .manualReview, cause: .giveUp, reason: .noTable, decision: decision, &current, planner: planner)
    case .wait(let delay):
      return try await wait(delay, reason: .noTable, countsAsAttempt: true, &current, planner: planner)
    }
  }

  /// Automation `suggest`: the three best plans go to a person.
  private func suggest(
    _ planned: Planned, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    let tables = planned.plans.prefix(3).map { $0.tables.map(\.rawValue).joined(separator: "+") }
    return try await end(
      .manualReview, cause: .giveUp, reason: .suggestOnly, metadata: ["plans": tables.joined(separator: ", ")],
      decision: planned.record, &current, planner: planner)
  }
}
