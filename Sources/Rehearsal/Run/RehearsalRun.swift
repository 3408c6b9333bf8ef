import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Rollout

/// Plays a scenario from its first booking to its end: moves the clock to what is due next, and does it.
final class RehearsalRun {
  /// What is due at a time of its own.
  enum Due {
    /// A guest who was told to come back.
    case guest(BookingRow)
    /// A job of the worker's line.
    case job
    /// Jobs until none is left that could be taken.
    case allJobs
    case beginFault(Int)
    case endFault(Int)
  }

  let scenario: RehearsalScenario
  let demand: RehearsalDemand
  let stage: RehearsalStage
  let rollout: RolloutDriver
  private let guests: GuestDesk
  let hosts: HostDesk
  let jobs: JobLine
  let progress: @Sendable (RehearsalProgress) -> Void

  private var due = DueTimes<Due>()
  var regular: RegularTurns
  private var nextRow = 0
  /// Whether ``Due/allJobs`` is due already.
  private var drains = false
  private(set) var tally = RehearsalTally()

  init(
    scenario: RehearsalScenario, demand: RehearsalDemand, stage: RehearsalStage, plan: RolloutPlan,
    progress: @escaping @Sendable (RehearsalProgress) -> Void
  ) {
    self.scenario = scenario
    self.demand = demand
    self.stage = stage
    self.progress = progress
    rollout = RolloutDriver(stage: stage, scenario: scenario, plan: plan)
    guests = GuestDesk(stage: stage, restaurants: demand.restaurants)
    hosts = HostDesk(stage: stage, people: scenario.people)
    jobs = JobLine(stage: stage)
    regular = RegularTurns(start: stage.clock.now(), people: scenario.people)
  }

  var now: Timestamp { stage.clock.now() }

  /// Until the demand has ended, or the last phase has been entered and nothing more is to happen.
  func play() async throws {
    try await prepare()
    while let next = [demand.time(of: nextRow), due.next, regular.next].compactMap(\.self).min(),
      next <= scenario.endTime, !isOver
    {
      stage.clock.advance(to: next)
      await step()
      if stage.isInTrouble { regular.hurry(at: now) }
    }
    await finish()
  }

  /// What was begun is brought to its end: retries, notices, reviews whose time has come.
  private func finish() async {
    for index in scenario.faults.indices { stage.play.end(index) }
    let limit = now.adding(.seconds(6 * 3_600))
    while let next = [due.next, regular.next].compactMap(\.self).min(), next <= limit, await hasOpenWork() {
      stage.clock.advance(to: next)
      await step()
      if stage.isInTrouble { regular.hurry(at: now) }
    }
    stage.clock.pass(.seconds(120))
    await stage.keepers.turn()
  }

  private func hasOpenWork() async -> Bool {
    if !due.isEmpty || stage.isInTrouble { return true }
    guard let depth = try? await stage.store.queueDepth() else { return true }
    return depth.ready + depth.running + depth.parked + depth.waiting > 0
  }

  private var isOver: Bool {
    rollout.isComplete(at: now) && !rollout.faults.isToCome && due.isEmpty && !stage.isInTrouble
  }

  private func prepare() async throws {
    for restaurant in demand.restaurants {
      _ = try await stage.floor.put(
        restaurant, document: RestaurantFile.encode(restaurant), affected: .refuse,
        ChangeRequest(caller: .local("rehearsal")))
    }
    await stage.keepers.heed()
    schedule(rollout.faults.due(entering: nil, at: now))
  }

  func schedule(_ items: [(Due, Timestamp)]) { for (item, time) in items { due.add(item, at: time) } }

  /// Everything that is due now, in an order that is always the same. Those who watch come first: they look twice a second,
  /// and see a breaker that the next job closes.
  private func step() async {
    await takeRegularTurns()
    while let item = due.take(by: now) { await carryOut(item) }
    while let time = demand.time(of: nextRow), time <= now {
      let row = demand.rows[nextRow]
      nextRow += 1
      await book(row, isFirst: true)
    }
  }

  private func carryOut(_ item: Due) async {
    switch item {
    case .guest(let row): await book(row, isFirst: false)
    case .job: await work()
    case .allJobs:
      drains = false
      if await work() { drain(at: now) }
    case .beginFault(let index): await begin(index)
    case .endFault(let index):
      stage.play.end(index)
      rollout.faults.ended(index, at: now)
      regular.hurry(at: now, by: .seconds(1))
    }
  }

  private func book(_ row: BookingRow, isFirst: Bool) async {
    if isFirst { tally.asked += 1 }
    switch await guests.book(row) {
    case .booked(let booking):
      tally.booked += 1
      if !booking.state.endsAutomaticWork { due.add(.job, at: now) }
    case .later(let wait):
      if isFirst { tally.askedAgain += 1 }
      due.add(.guest(row), at: now.adding(wait))
      regular.hurry(at: now)
    case .refused: tally.refused += 1
    }
  }

  /// - Returns: whether a job was taken.
  @discardableResult
  private func work() async -> Bool {
    let turn = await jobs.turn()
    for time in turn.next { due.add(.job, at: time) }
    if turn.wasBad { regular.watch(by: now.adding(.seconds(5))) }
    if turn.leftClaim { regular.turn(by: now.adding(stage.environment.settings.leaseTTL + .seconds(1))) }
    return turn.tookJob
  }

  func drain(at time: Timestamp) {
    if drains { return }
    drains = true
    due.add(.allJobs, at: time)
  }

  private func begin(_ index: Int) async {
    let fault = scenario.faults[index]
    guard fault.kind != .incident else { return await rollout.report(index, fault) }
    let hit = fault.restaurants.map { rollout.faults.busiest($0, in: demand, flags: stage.board.flags) }
    stage.play.begin(index, fault, restaurants: hit)
    rollout.faults.began(index, at: now)
    if let hours = fault.lastsHours { due.add(.endFault(index), at: now.adding(.seconds(1) * (hours * 3_600))) }
    regular.hurry(at: now)
  }
}
