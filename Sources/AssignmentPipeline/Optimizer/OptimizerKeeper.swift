import AssignmentStore
import BookingDomain
import Logging
import Resilience
import SeatingEngine

/// Looks again at days on which something has changed: a booking that ended, one that found no table, a block, a party that
/// stays longer (product specification §5). What is worth it is offered as a plan, or applied at once where the restaurant
/// wants that and the gain passes its threshold.
///
/// Every instance that works runs one; a lease lets one of them act at a time.
public final class OptimizerKeeper: MaintenanceService {
  public let name = "day_optimizer"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(2)

  /// Days looked at in one turn.
  private static let batch = 16
  /// A day on which much happens is looked at so often at most.
  static let pause = Duration.seconds(10)
  private static let leaseTTL = Duration.seconds(60)

  private let reader: LiveDayReader
  private let machine: BookingStateMachine
  private let looked = Locked([Day: ContinuousClock.Instant]())

  private struct Day: Hashable {
    var restaurant: RestaurantID
    var date: LocalDate
  }

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    reader = LiveDayReader(environment: environment)
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
  }

  public func runOnce() async throws {
    let due = try await environment.store.replans(limit: Self.batch).filter(isDue)
    guard !due.isEmpty else { return }
    let lease = try await environment.store.acquireLease(name, owner: environment.instance, ttl: Self.leaseTTL)
    guard case .acquired(let lease) = lease else { return }
    let fence = Fence(name: lease.name, token: lease.token)
    for replan in due { try await look(at: replan, fence) }
    try await environment.store.releaseLease(fence)
  }

  private func isDue(_ replan: Replan) -> Bool {
    let (day, now) = (Day(restaurant: replan.restaurantID, date: replan.date), environment.monotonic.now)
    return looked.withLock { looked in
      looked = looked.filter { $0.value.duration(to: now) < Self.pause }
      return looked[day] == nil
    }
  }

  private func look(at replan: Replan, _ fence: Fence) async throws {
    let day = Day(restaurant: replan.restaurantID, date: replan.date)
    looked.withLock { $0[day] = environment.monotonic.now }
    var unit = WriteUnit(label: "optimizer.keeper")
    unit.fences = [fence]
    unit.settledReplan = replan
    let mutations = try await planned(replan, in: &unit)
    do throws(StoreError) {
      try await environment.store.commit(unit)
    } catch {
      // Somebody changed one of the bookings, or a flag, meanwhile: the day is looked at again.
      guard !error.isStorageFailure else { throw error }
      environment.logger.tell(error, "day plan", source: EventSource.optimizer.rawValue)
      return
    }
    for mutation in mutations { machine.log(mutation) }
    if !mutations.isEmpty { environment.workSignal.wake() }
    environment.outboxSignal.wake()
  }

  /// Adds to the unit what is done about a day.
  /// - Returns: the bookings that change with it.
  private func planned(_ replan: Replan, in unit: inout WriteUnit) async throws -> [BookingMutation] {
    guard let context = try await environment.restaurants.fresh(replan.restaurantID) else { return [] }
    let flags = environment.flags()
    let policy = context.restaurant.optimisation
    let isAutomatic =
      policy.automatic && flags.flow(for: replan.restaurantID) == .v3 && !flags.isPaused(replan.restaurantID)
    let made =
      isAutomatic
      ? try await environment.store.automaticMoves(replan.restaurantID, date: replan.date) : 0
    let reading = try await reader.read(
      context, on: replan.date, churnBudget: isAutomatic ? policy.churnBudget - made : nil)
    let limits = environment.searchLimits
    let answer = await environment.compute(for: replan.restaurantID) {
      DayOptimizer(floor: context.floor).improve(reading.day, limits: limits)
    }
    guard case .finished(let found, _) = answer, !found.moves.isEmpty else { return [] }
    let drafter = DayPlanDrafter(environment: environment, person: nil)
    var plan = StoredDayPlan(
      found, of: reading, id: environment.ids.next(), cause: replan.cause, state: .ready, by: drafter.author)
    let isWorthIt = plan.gainPercent >= Double(policy.minimumGainPercent)
    guard isAutomatic && isWorthIt else {
      if isWorthIt || plan.after.bookings > plan.before.bookings { offer(plan, by: drafter.author, in: &unit) }
      return []
    }
    plan.apply(by: drafter.author)
    unit.flagsEpoch = flags.epoch
    unit.restaurantRevision = context.guardRevision
    return try apply(plan, reading, drafter, in: &unit)
  }

  private func offer(_ plan: StoredDayPlan, by author: ChangeContext, in unit: inout WriteUnit) {
    unit.dayPlan = .add(plan)
    unit.events = [plan.event(of: .preview, by: author)]
  }

  private func apply(
    _ plan: StoredDayPlan, _ reading: DayReading, _ drafter: DayPlanDrafter, in unit: inout WriteUnit
  ) throws -> [BookingMutation] {
    let mutations = try plan.moves.compactMap { move in
      try reading.bookings[move.bookingID].map {
        try drafter.mutation($0, to: move.to, why: ["plan": plan.id])
      }
    }
    unit.takeOver = mutations.map(\.booking.id).sorted()
    drafter.add(mutations, to: &unit)
    for mutation in mutations { machine.add(mutation, flow: nil, to: &unit) }
    unit.dayPlan = .add(plan)
    unit.events.append(plan.event(of: .apply, by: drafter.author))
    return mutations
  }
}

extension StoredDayPlan {
  /// By no person.
  fileprivate mutating func apply(by author: ChangeContext) {
    state = .applied
    isAutomatic = true
    decidedAt = author.at
    decidedBy = author.actorName
  }
}
