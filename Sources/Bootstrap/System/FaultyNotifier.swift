import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Foundation

/// A notifier that goes wrong as a test asks, and writes down what it delivers: a line of id, booking, version and kind.
///
/// One that is to hang does so for good, whether or not it is cancelled. One that is to deliver twice does, and then
/// fails, so that it is asked again.
struct FaultyNotifier: Notifier {
  let name = "faulty"
  let faults: ProcessFaults

  func deliver(_ notice: Notice) async throws {
    switch faults.strike(.notifier) {
    case .fail?: throw ProcessFaults.Injected()
    case .hang?: while true { await Task { try? await Task.sleep(for: .seconds(3600)) }.value }
    case .delay(let duration)?: try await Task.sleep(for: duration)
    case .twice?:
      try record(notice)
      try record(notice)
      throw ProcessFaults.Injected()
    default: break
    }
    try record(notice)
  }

  private func record(_ notice: Notice) throws {
    guard let path = faults.fixed.noticeLog else { return }
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
    guard file >= 0 else { throw ProcessFaults.Injected() }
    defer { close(file) }
    let line = "\(notice.id)\t\(notice.bookingID)\t\(notice.version)\t\(notice.kind.rawValue)\n"
    guard write(file, line, line.utf8.count) == line.utf8.count else { throw ProcessFaults.Injected() }
  }
}

extension HeadwaiterSystem.Options {
  /// Makes a process one that goes wrong as a test asks.
  public mutating func inject(_ faults: ProcessFaults) {
    self.faults = faults
    clock = ShiftedWallClock(faults: faults)
    notifier = FaultyNotifier(faults: faults)
    if let lease = faults.fixed.lease {
      settings.leaseTTL = lease
      settings.heartbeat = lease / 3
    }
    if let delay = faults.fixed.noticeDelay { settings.noticeDelay = delay }
  }
}
