import AssignmentPipeline
import AssignmentStore
import BookingDomain

/// The hosts of all restaurants: a booking in review gets a table that is free some time after it came there; where none is, its
/// deadline declines it.
final class HostDesk {
  private static let caller = Caller(name: "host", id: "host", role: .host)
  private static let page = 200

  private let stage: RehearsalStage
  private let patience: Duration
  /// Those that no table was found for.
  private var left: Set<BookingID> = []

  init(stage: RehearsalStage, people: RehearsalPeople) {
    self.stage = stage
    patience = .seconds(people.hostMinutes * 60)
  }

  /// Decides on what has waited long enough.
  func look() async {
    var query = BookingQuery()
    query.states = [.manualReview]
    query.limit = Self.page
    guard let waiting = try? await stage.store.bookings(query) else { return }
    let now = stage.clock.now()
    for booking in waiting where !left.contains(booking.id) && now.since(booking.stateEnteredAt) >= patience {
      if await !seat(booking) { left.insert(booking.id) }
    }
  }

  private func seat(_ booking: Booking) async -> Bool {
    do {
      let suggestions = try await stage.review.item(booking.id, caller: Self.caller).tables
      guard let free = suggestions.first(where: { $0.moves.isEmpty && !$0.needsSqueeze }) else { return false }
      _ = try await stage.review.forceConfirm(booking.id, tables: free.tables, ChangeRequest(caller: Self.caller))
      return true
    } catch { return false }
  }
}
