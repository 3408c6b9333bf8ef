import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// When the storage breaker was open for over 5 minutes, gives to people what starts within 2 hours (product
/// specification §3).
///
/// Nothing can be written while storage is away. So the outage is remembered, workers take no job, and the bookings are
/// given over as soon as storage answers; then the workers go on with the rest. A breaker that a person forced open keeps
/// nobody from writing: there they are given over while it is open. Only bookings that have waited all the while are meant:
/// where other instances reached storage, theirs went on.
public final class OutageKeeper: MaintenanceService {
  public let name = "outage_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(1)
  /// Bookings read at once.
  private static let batch = 200
  /// How often it looks while a person keeps the breaker open.
  private static let rhythm = Duration.seconds(10)

  private let handOver: ReviewHandOver
  private let lastLook = Locked<ContinuousClock.Instant?>(nil)

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    handOver = ReviewHandOver(environment: environment)
  }

  public func runOnce() async throws {
    let breaker = environment.breakers[.storage]
    if let openFor = breaker.openFor, openFor > environment.settings.breakerPatience {
      environment.outage.set(isLong: true)
      if breaker.isForced, isTimeToLook { try await giveOver() }
      await probe(breaker)
    }
    guard environment.outage.isLong, breaker.openFor == nil else { return }
    try await giveOver()
    environment.outage.set(isLong: false)
    environment.workSignal.wake()
  }

  /// The workers, whose calls would show that storage is well again, wait for this service.
  private func probe(_ breaker: BreakerBoard.Breaker) async {
    while breaker.position == .halfOpen {
      let answer = await environment.behindStorageBreaker(isSick: \.isStorageFailure) { () async throws(StoreError) in
        try await environment.store.acquireLease(
          "probe:\(environment.instance)", owner: environment.instance, ttl: .seconds(1))
      }
      guard case .answered(.success) = answer else { return }
    }
  }

  private var isTimeToLook: Bool {
    let now = environment.monotonic.now
    return lastLook.withLock { last in
      if let last, last.duration(to: now) < OutageKeeper.rhythm { return false }
      last = now
      return true
    }
  }

  private func giveOver() async throws {
    var last: BookingID?
    repeat {
      let page = try await environment.store.unfinishedBookings(after: last, limit: OutageKeeper.batch)
      for booking in page where hasWaited(booking) && environment.startsSoon(booking) { try await give(booking) }
      last = page.count == OutageKeeper.batch ? page.last?.id : nil
    } while last != nil
  }

  private func hasWaited(_ booking: Booking) -> Bool {
    environment.clock.now().since(booking.updatedAt) > environment.settings.breakerPatience
      && !booking.state.endsAutomaticWork
  }

  /// One that cannot be given over does not keep the others, and the workers, waiting.
  private func give(_ booking: Booking) async throws {
    do {
      try await handOver.give(booking, cause: .breakerOpen, reason: .circuitOpen, event: .circuitOpen)
    } catch let error as StoreError where error.isStorageFailure {
      throw error
    } catch {
      environment.logger.tell(error, "not given to a person", metadata: booking.logged, source: label)
    }
  }
}
