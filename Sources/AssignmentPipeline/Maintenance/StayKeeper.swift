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
  private let ledger: DeskLedger

  /// Before a window ends.
  private static let leadMinutes = 1
  /// After that nobody looks for the party any more; an instance that was away for longer leaves the claim as it is.
  private static let lookBackMinutes = 20

  public init(environment: PipelineEnvironment) {
    self.environment = environment
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
    guard let context = try await environment.restaurants.context(booking.restaurantID),
      context.verifier.isOpen(at: booking.slot.block.end)
    else { return }
    var request = ChangeRequest(caller: .local(environment.instance))
    request.expectedVersion = booking.version
    do throws(DeskError) {
      _ = try await ledger.change(booking.id, request) { booking async throws(DeskError) in
        var draft = try await ledger.longerStay(of: booking, past: now, by: author(of: booking))
        draft.flow = booking.flow
        return draft
      }
    } catch {
      switch error {
      // The next party's time begins, or somebody was faster: the party has left, or is extended.
      case .tableTaken, .stale: return
      default: throw error
      }
    }
  }

  private func author(of booking: Booking) -> ChangeContext {
    ChangeContext(
      actor: .pipeline, actorName: environment.instance, mode: booking.flow == .legacy ? .legacy : .v3,
      at: environment.clock.now())
  }
}
