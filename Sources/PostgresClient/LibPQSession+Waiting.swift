import CLibPQ

extension LibPQSession {
  /// Blocks until libpq has a result to give. Sends what is still unsent meanwhile, and asks the server to cancel once the
  /// time is up or the task is cancelled.
  func awaitResult(_ watch: inout CallWatch) throws(CallEnd) {
    // After an error in writing libpq goes on reading, since the server may have said why.
    watch.isSent = watch.isSent || PQflush(handle) == 0
    while PQisBusy(handle) == 1 {
      try awaitInput(writing: !watch.isSent, &watch)
      watch.isSent = watch.isSent || PQflush(handle) == 0
    }
  }

  /// Nothing is known to be wrong with the connection, and the server has not hung up while it was idle.
  func isAlive() -> Bool {
    while isOpen {
      let socket = PQsocket(handle)
      guard
        case .ready = SocketWait.wait(for: socket, reading: true, writing: false, interrupt: -1, until: .now)
      else { return true }
      // A notice or a changed setting, or the end: libpq tells which.
      guard PQconsumeInput(handle) == 1 else { return false }
      _ = PQisBusy(handle)
    }
    return false
  }

  private func awaitInput(writing: Bool, _ watch: inout CallWatch) throws(CallEnd) {
    guard !hasHiddenInput else { return try consumeInput() }
    let interrupt = watch.stop == nil ? interrupt.descriptor : -1
    let limit = mayHideInput ? min(watch.limit, .now + Self.hiddenInputInterval) : watch.limit
    switch SocketWait.wait(for: PQsocket(handle), reading: true, writing: writing, interrupt: interrupt, until: limit) {
    case .ready(readable: true, _): try consumeInput()
    case .ready: break
    case .interrupted: watch.stop(.cancelled, by: CancelRequest(for: handle))
    case .timedOut where limit < watch.limit: try consumeInput()
    case .timedOut:
      if let stop = watch.stop { throw .abandoned(stop.reason) }
      watch.stop(.timeout, by: CancelRequest(for: handle))
    }
  }

  private func consumeInput() throws(CallEnd) {
    guard PQconsumeInput(handle) == 1 else { throw .lost(errorText) }
  }
}
