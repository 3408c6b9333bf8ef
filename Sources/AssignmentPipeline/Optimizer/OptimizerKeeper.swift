import AssignmentStore
import BookingDomain
import Logging
import Resilience
import SeatingEngine

/// Looks again at days on which something has changed: a booking that ended, one that found no table, a block, a party that
/// stays longer (product specification §5). What is worth it is offered as a plan, or applied at once where the restaurant
/// wants that, more bookings or guests find a table, and the gain passes its threshold.
///
/// Every instance that works runs one; a lease lets one of them act at a time.
public final class OptimizerKeeper: MaintenanceService {
  public let name = "day_optimizer"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(2)

  /// Days read, and looked at, in one turn.
  private static let read = 200
  private static let batch = 8
  /// A day on which much happens is looked at so often at most.
  private static let pause = Duration.seconds(10)
  private static let leaseTTL = Duration.seconds(60)

  private let machine: BookingStateMachine
  private let looked = Locked([RestaurantDay: ContinuousClock.Instant]())

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
  }

  public func runOnce() async throws {
    let due = try await environment.store.replans(limit: Self.read).filter(isDue).prefix(Self.batch)
    guard !due.isEmpty else { return }
    let lease = try await environment.store.acquireLease(name, owner: environment.instance, ttl: Self.leaseTTL)
    guard case .acquired(let lease) = lease else { return }
    let fence = Fence(name: lease.name, token: lease.token)
    for replan in due { await look(at: replan, fence) }
    try await environment.store.releaseLease(fence)
  }

  private func isDue(_ replan: Replan) -> Bool {
    let now = environment.monotonic.now
    return looked.withLock { looked in
      looked = looked.filter { $0.value.duration(to: now) < Self.pause }
      return looked[replan.day] == nil
    }
  }

  /// One that fails is looked at again; it does not keep the others waiting.
  private func look(at replan: Replan, _ fence: Fence) async {
    looked.withLock { $0[replan.day] = environment.monotonic.now }
    do {
      guard var answer = try await DayLook(environment: environment, replan: replan).answer() else { return }
      answer.unit.fences = [fence]
      answer.unit.settledReplan = replan
      for mutation in answer.mutations { machine.add(mutation, flow: nil, to: &answer.unit) }
      try await environment.store.commit(answer.unit)
      for mutation in answer.mutations { machine.log(mutation) }
      if !answer.mutations.isEmpty { environment.workSignal.wake() }
      environment.outboxSignal.wake()
    } catch {
      environment.logger.tell(error, "day plan", source: EventSource.optimizer.rawValue)
    }
  }
}

/// What is done about one day.
private struct DayLook: Sendable {
  let environment: PipelineEnvironment
  let replan: Replan

  struct Answer: Sendable {
    var unit = WriteUnit(label: "optimizer.keeper")
    /// Bookings that change.
    var mutations: [BookingMutation] = []
  }

  /// - Returns: nil if the planner gave no answer; then the day is still to be looked at.
  func answer() async throws -> Answer? {
    guard let context = try await environment.restaurants.fresh(replan.restaurantID) else { return Answer() }
    let flags = environment.flags()
    let drafter = DayPlanDrafter(environment: environment, person: nil)
    let reader = LiveDayReader(environment: environment)
    var known: (day: LiveDay, plan: StoredDayPlan)?
    if isAutomatic(context, flags) {
      let made = try await environment.store.automaticMoves(replan.restaurantID, date: replan.date)
      let reading = try await reader.read(
        context, on: replan.date, automaticallyWith: context.restaurant.optimisation.churnBudget - made)
      guard let (found, plan) = await searched(reading, drafter) else { return nil }
      if plan.gainsGuests, isWorthIt(plan, context) { return try applied(found, plan, reading, drafter, flags) }
      known = (reading.day, plan)
    }
    // A person has a budget of their own, and may do again what a person has taken back.
    let reading = try await reader.read(context, on: replan.date)
    if let known, known.day == reading.day { return try await offered(known.plan, context, by: drafter.author) }
    guard let (_, plan) = await searched(reading, drafter) else { return nil }
    return try await offered(plan, context, by: drafter.author)
  }

  private func searched(_ reading: DayReading, _ drafter: DayPlanDrafter) async -> (LiveDayPlan, StoredDayPlan)? {
    let limits = environment.searchLimits
    let searched = await environment.compute(for: replan.restaurantID) {
      DayOptimizer(floor: reading.context.floor).improve(reading.day, limits: limits)
    }
    guard case .finished(let found, _) = searched else { return nil }
    let plan = StoredDayPlan(
      found, of: reading, id: environment.ids.next(), cause: replan.cause, state: .ready, by: drafter.author)
    return (found, plan)
  }

  private func isAutomatic(_ context: RestaurantContext, _ flags: FeatureFlags) -> Bool {
    context.restaurant.optimisation.automatic && flags.flow(for: replan.restaurantID) == .v3
      && !flags.isPaused(replan.restaurantID)
  }

  private func isWorthIt(_ plan: StoredDayPlan, _ context: RestaurantContext) -> Bool {
    plan.gainPercent >= Double(context.restaurant.optimisation.minimumGainPercent)
  }

  private func applied(
    _ found: LiveDayPlan, _ plan: StoredDayPlan, _ reading: DayReading, _ drafter: DayPlanDrafter, _ flags: FeatureFlags
  ) throws -> Answer {
    var (plan, answer) = (plan, Answer())
    plan.apply(by: drafter.author)
    answer.mutations = try drafter.mutations(found.moves, in: reading, plan: plan.id)
    answer.unit.takeOver = answer.mutations.map(\.booking.id).sorted()
    answer.unit.flagsEpoch = flags.epoch
    answer.unit.restaurantRevision = reading.context.guardRevision
    drafter.add(plan, moving: answer.mutations, in: reading, as: .apply, to: &answer.unit)
    return answer
  }

  /// What was offered before stays as long as it is still the best there is; else it gives way, to nothing if need be.
  private func offered(
    _ plan: StoredDayPlan, _ context: RestaurantContext, by author: ChangeContext
  ) async throws -> Answer {
    var (plan, answer) = (plan, Answer())
    let before = try await environment.store.readyPlan(replan.restaurantID, date: replan.date)
    let isOffer = plan.after.bookings > plan.before.bookings || isWorthIt(plan, context)
    if before?.moves != plan.moves, !isOffer { plan.moves = [] }
    plan.offer(inPlaceOf: before, by: author, in: &answer.unit)
    return answer
  }
}

extension StoredDayPlan {
  /// More than fewer spare seats and joined tables.
  fileprivate var gainsGuests: Bool { after.bookings > before.bookings || after.covers > before.covers }

  /// By no person.
  fileprivate mutating func apply(by author: ChangeContext) {
    state = .applied
    isAutomatic = true
    decidedAt = author.at
    decidedBy = author.actorName
  }
}

extension DayPlanStore {
  /// The plan that is offered for a date; nil if there is none.
  func readyPlan(_ restaurant: RestaurantID, date: LocalDate) async throws(StoreError) -> StoredDayPlan? {
    // A later plan takes its place, so that it is the newest of those that were not applied.
    try await dayPlans(restaurant, date: date, limit: 20).first { $0.state == .ready }
  }
}
