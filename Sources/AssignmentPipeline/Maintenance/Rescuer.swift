import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// Takes up what dead workers left, and gives to a person what is past its state's deadline (product specification §2, §3).
public final class Rescuer: MaintenanceService {
  public let name = "rescuer"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(1)
  /// Bookings looked at in one turn.
  private static let batch = 100

  private let handOver: ReviewHandOver
  private let outageBegan = Locked<ContinuousClock.Instant?>(nil)
  private let rescued = Locked(0)

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    handOver = ReviewHandOver(environment: environment)
  }

  /// Bookings found past their deadline since the start, rescued ones included.
  public var stuckCount: Int { rescued.withLock { $0 } }

  public func runOnce() async throws {
    // Where a person keeps it open too, bookings wait for storage, and nothing is to be done for them.
    guard environment.breakers[.storage].position != .open else { return noteOutage() }
    do {
      try await giveBackOutage()
      if try await environment.store.reviveJobs() > 0 { environment.workSignal.wake() }
      for overdue in try await environment.store.overdueJobs(limit: Rescuer.batch) { try await rescue(overdue) }
    } catch let error as StoreError where error.isStorageFailure {
      noteOutage()
      throw error
    }
  }

  private func noteOutage() {
    let now = environment.monotonic.now
    outageBegan.withLock { $0 = $0 ?? now }
  }

  /// Deadlines do not run while bookings wait for storage: they get the outage back.
  private func giveBackOutage() async throws {
    guard let began = outageBegan.withLock({ $0 }) else { return }
    try await environment.store.extendDeadlines(by: began.duration(to: environment.monotonic.now))
    outageBegan.withLock { $0 = nil }
  }

  private func rescue(_ overdue: OverdueJob) async throws {
    rescued.withLock { $0 += 1 }
    environment.metrics.stuck()
    let booking = try await environment.store.booking(overdue.job.bookingID)
    let about = booking?.logged ?? ["booking_id": "\(overdue.job.bookingID)"]
    environment.logger.warning(
      "stuck past its deadline", metadata: about, source: EventSource.coordinator.rawValue)
    do {
      if !overdue.workerIsAlive && overdue.job.rescues == 0 {
        try await requeue(overdue.job, trace: booking?.trace)
      } else {
        try await giveToPerson(overdue.job)
      }
    } catch let error as StoreError where error.isStorageFailure {
      throw error
    } catch {
      // One that changed meanwhile, or that cannot be given over, does not keep the others waiting.
      environment.logger.tell(error, "not rescued", metadata: about, source: label)
    }
  }

  /// Once, with a new deadline, from the state that it was in.
  private func requeue(_ job: Job, trace: TraceID?) async throws {
    var unit = WriteUnit(label: "rescuer.requeue")
    unit.takeOver = [job.bookingID]
    unit.jobs = [.rescue(job.bookingID, deadline: .seconds(600))]
    unit.events = [retried(job).traced(trace)]
    try await environment.store.commit(unit)
    environment.workSignal.wake()
  }

  private func giveToPerson(_ job: Job) async throws {
    guard let booking = try await environment.store.booking(job.bookingID), !booking.state.endsAutomaticWork else {
      var unit = WriteUnit(label: "rescuer.finish")
      unit.jobs = [.finish(job.bookingID)]
      return try await environment.store.commit(unit)
    }
    try await handOver.give(booking, cause: .deadline, reason: booking.reason ?? .deadline, event: .deadline)
  }

  private func retried(_ job: Job) -> ObservabilityEvent {
    ObservabilityEvent(
      .coordinator, "coordinator.retry", severity: .warning, restaurantID: job.restaurantID, bookingID: job.bookingID,
      context: ["reason": "deadline"], at: environment.clock.now())
  }
}
