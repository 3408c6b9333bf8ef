import AssignmentStore
import BookingDomain

/// Keeps the tables of those who still sit when their window ends, so that nobody else is given them: 15 minutes at a time,
/// as long as the house is open, never past the next claim (product specification §2). Whom that claim belongs to is shown
/// at risk.
///
/// A party is extended in the last minute of its window, so that there is no moment at which its table looks free.
public struct StayKeeper: MaintenanceService {
  public let name = "stay_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(10)
  private let machine: BookingStateMachine
  private let ledger: DeskLedger

  /// Before a window ends.
  private static let leadMinutes = 1
  /// After that nobody looks for the party any more; an instance that was away for longer leaves the claim as it is.
  private static let lookBackMinutes = 20

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
    ledger = DeskLedger(environment: environment)
  }

  public func runOnce() async throws {
    let now = environment.businessClock.now(for: nil)
    var query = BookingQuery()
    query.statuses = [.seated]
    query.endsWithin = TimeWindow(
      start: now.adding(minutes: -Self.lookBackMinutes), end: now.adding(minutes: Self.leadMinutes))
    for booking in try await environment.store.allBookings(query) { try await extend(booking, past: now) }
  }

  private func extend(_ booking: Booking, past now: Timestamp) async throws {
    let end = booking.slot.block.end
    guard let context = try await environment.restaurants.context(booking.restaurantID),
      context.verifier.isOpen(at: end)
    else { return }
    let stay = LongerStay(booking, next: try await ledger.nextClaim(after: booking))
    let author = ChangeContext(
      actor: .pipeline, actorName: environment.instance, mode: booking.flow == .legacy ? .legacy : .v3,
      at: environment.clock.now())
    guard let mutation = try? stay.mutation(past: now, by: author) else { return }
    var unit = WriteUnit(label: "stay.extend")
    unit.resizes = [ClaimResize(bookingID: booking.id, window: mutation.booking.slot.block)]
    unit.replans = [environment.replan(booking, .overstay)]
    machine.add(mutation, flow: booking.flow, to: &unit)
    do throws(StoreError) { try await environment.store.commit(unit) } catch {
      switch error {
      // Somebody was faster: the party has left, or somebody else has the time. The next turn sees.
      case .staleVersion, .claimConflict: return
      default: throw error
      }
    }
    machine.log(mutation)
    environment.outboxSignal.wake()
  }
}
