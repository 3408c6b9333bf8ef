import CLibPQ

extension LibPQSession {
  /// Waits for notifications.
  /// - Returns: none if the time is up or the task is cancelled; nil if the connection is lost.
  func notifications(within time: Duration) -> [PostgresListener.Signal]? {
    let deadline = ContinuousClock.now + time
    while true {
      let signals = takeNotifications()
      guard signals.isEmpty else { return signals }
      guard isOpen else { return nil }
      let event = SocketWait.wait(
        for: PQsocket(handle), reading: true, writing: false, interrupt: interrupt.descriptor, until: deadline)
      guard case .ready = event else { return [] }
      guard PQconsumeInput(handle) == 1 else { return nil }
    }
  }

  private func takeNotifications() -> [PostgresListener.Signal] {
    var signals: [PostgresListener.Signal] = []
    while let notification = PQnotifies(handle) {
      let channel = String(cString: notification.pointee.relname)
      signals.append(.notification(channel: channel, payload: String(cString: notification.pointee.extra)))
      PQfreemem(notification)
    }
    return signals
  }
}
