import Foundation

/// Waits for a socket, for an interrupt, or for a point in time, whatever comes first.
enum SocketWait {
  enum Event {
    case ready(readable: Bool, writable: Bool)
    case interrupted
    case timedOut
  }

  /// - Parameters:
  ///   - interrupt: another descriptor that ends the wait when it becomes readable; none if negative.
  ///   - deadline: nil waits for ever.
  static func wait(
    for socket: Int32, reading: Bool, writing: Bool, interrupt: Int32, until deadline: ContinuousClock.Instant?
  ) -> Event {
    let events = Int16(reading ? POLLIN : 0) | Int16(writing ? POLLOUT : 0)
    var descriptors = [
      pollfd(fd: socket, events: events, revents: 0), pollfd(fd: interrupt, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let timeout = deadline.map(milliseconds(until:)) ?? -1
      let count = poll(&descriptors, 2, timeout)
      if count == 0, timeout >= 0 { return .timedOut }
      guard count > 0 else { continue }
      if descriptors[1].revents != 0 { return .interrupted }
      let found = descriptors[0].revents
      let isBroken = found & ~(Int16(POLLIN) | Int16(POLLOUT)) != 0
      return .ready(readable: isBroken || found & Int16(POLLIN) != 0, writable: isBroken || found & Int16(POLLOUT) != 0)
    }
  }

  /// Rounded up, so that nothing wakes up too early and waits again.
  private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    let parts = ContinuousClock.now.duration(to: deadline).components
    guard parts.seconds >= 0, parts.attoseconds >= 0 else { return 0 }
    let milliseconds = parts.seconds * 1000 + (parts.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: milliseconds)
  }
}
