public import BookingDomain

/// What processes on one database tell each other at once. Everything of it is also found by polling: a signal that is
/// lost costs time, nothing else.
public protocol PeerSignals: Sendable {
  /// Tells one instance that there is work. Returns at once.
  func tellWork(to instance: String)
  /// Tells all instances that the outbox has news, and which bookings' automatic work has ended. Returns at once.
  func tellNews(ended: [BookingID])
  /// Hands over what others tell, until the task is cancelled.
  func listen(_ handle: @escaping @Sendable (PeerSignal) async -> Void) async
}

public enum PeerSignal: Sendable, Hashable {
  case work
  case news(ended: [BookingID])
  /// The line was down: something may have been missed.
  case reconnected
}
