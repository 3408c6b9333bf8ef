import BookingDomain
import Rehearsal
import Resilience

/// How far rehearsals are, for the progress line.
final class RehearsalTicker: Sendable {
  private let line = Locked("making up guests")

  func set(_ progress: RehearsalProgress, round: Int, of rounds: Int) {
    let which = rounds > 1 ? "rehearsal \(round) of \(rounds): " : ""
    let text =
      "\(which)\(progress.at.description.prefix(16)), \(progress.phase ?? "not begun"), "
      + "\(progress.booked) of \(progress.total) bookings"
    line.withLock { $0 = text }
  }

  var text: String { line.withLock { $0 } }
}
