import BookingDomain
import Resilience

/// Whose new bookings this process decides in the transaction that stores them: of a restaurant no more at once than it
/// has permits, and none for a while after the database said that others are in line.
final class SeatingTurns: Sendable {
  private struct State {
    var underWay: [RestaurantID: Int] = [:]
    var crowded: [RestaurantID: ContinuousClock.Instant] = [:]
  }

  /// How long a restaurant with a line is left to its line.
  static let patience = Duration.milliseconds(250)
  /// More are not remembered: forgetting one costs a refused transaction.
  private static let remembered = 1_024

  private let clock: SteadyClock
  private let state = Locked(State())

  init(clock: SteadyClock) { self.clock = clock }

  /// Takes a turn; whoever gets one gives it back.
  func take(_ restaurant: RestaurantID, limit: Int) -> Bool {
    let now = clock.now
    return state.withLock { state in
      if let until = state.crowded[restaurant] {
        if now < until { return false }
        state.crowded[restaurant] = nil
      }
      guard state.underWay[restaurant, default: 0] < limit else { return false }
      state.underWay[restaurant, default: 0] += 1
      return true
    }
  }

  func giveBack(_ restaurant: RestaurantID) {
    state.withLock { state in
      let left = state.underWay[restaurant, default: 1] - 1
      state.underWay[restaurant] = left > 0 ? left : nil
    }
  }

  /// The database found others in line, or no permit free.
  func leaveToLine(_ restaurant: RestaurantID) {
    let until = clock.now.advanced(by: Self.patience)
    state.withLock { state in
      if state.crowded.count >= Self.remembered { state.crowded.removeAll() }
      state.crowded[restaurant] = until
    }
  }

  func isCrowded(_ restaurant: RestaurantID) -> Bool {
    let now = clock.now
    return state.withLock { $0.crowded[restaurant].map { now < $0 } ?? false }
  }
}
