import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// When V3 is switched off, for all or for a restaurant, gives what it had under way to legacy (product specification §7).
///
/// Looks once after each change of the flags that this process sees. Several processes may do it at once: whoever comes
/// second finds the booking changed. A try of V3 that goes on all the same, because its process has not seen the change
/// yet, is refused when it would confirm, and hands its booking over itself.
public final class HandOverKeeper: MaintenanceService {
  public let name = "hand_over_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.milliseconds(250)
  /// Bookings read at once.
  private static let batch = 200

  private let handOver: LegacyHandOver
  /// The flags that bookings were looked at for last.
  private let seen = Locked<FeatureFlags?>(nil)

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    handOver = LegacyHandOver(environment: environment)
  }

  public func runOnce() async throws {
    let flags = environment.flags()
    guard seen.withLock({ $0 }) != flags else { return }
    var (last, count) = (BookingID?.none, 0)
    while true {
      // Only what has a job is under way: however many bookings there are, these are few.
      let page = try await environment.store.unfinishedBookings(after: last, limit: Self.batch)
      for booking in page where handOver.isNeeded(for: booking) { count += try await give(booking) ? 1 : 0 }
      guard page.count == Self.batch else { break }
      last = page.last?.id
    }
    if count > 0 { environment.logger.notice("\(count) bookings given to legacy", source: label) }
    seen.withLock { $0 = flags }
  }

  /// One that cannot be given does not keep the others.
  private func give(_ booking: Booking) async throws -> Bool {
    do throws(StoreError) {
      return try await handOver.give(booking)
    } catch {
      guard !error.isStorageFailure else { throw error }
      environment.logger.tell(error, "not given to legacy", metadata: booking.logged, source: label)
      return false
    }
  }
}
