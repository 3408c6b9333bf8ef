import AssignmentStore
import BookingDomain
import SeatingEngine

/// One try of a flow for one booking, from the moment its lease is held.
struct Try: Sendable {
  let job: Job
  let flow: AssignmentFlow
  let flags: FeatureFlags
  let fence: Fence
  let context: RestaurantContext
  let startedAt: ContinuousClock.Instant
  var booking: Booking
  /// Whether this try has taken its permit.
  var hasPermit = false
  /// Written with the next transaction.
  var events: [ObservabilityEvent]

  var id: BookingID { booking.id }
  var mode: HistoryMode { flow == .legacy ? .legacy : .v3 }
  /// Engine tries so far, this one included.
  var attemptNumber: Int { booking.attempts + 1 }

  /// What the engine is asked.
  func question(now: Timestamp) -> SeatingQuestion { SeatingQuestion(booking, now: now) }
}

extension SeatingQuestion {
  init(_ booking: Booking, now: Timestamp) {
    self.init(
      bookingID: booking.id, party: booking.party, slot: booking.slot, wishes: booking.wishes,
      extraChairs: booking.origin.isHost, now: now)
  }
}
