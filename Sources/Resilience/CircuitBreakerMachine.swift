/// The breaker's state machine: pure, time comes in with each call.
struct CircuitBreakerMachine<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
  let settings: CircuitBreakerSettings
  var state = CircuitBreakerState<Instant>.closed(failuresInARow: 0)
  private var forced: CircuitPosition?
  private var forcedSince: Instant?
  /// The last calls, oldest first; true is bad.
  private var recent: [Bool] = []
  private var nextProbe = 0
  private var openedAt: Instant?

  init(settings: CircuitBreakerSettings) { self.settings = settings }

  func position(now: Instant) -> CircuitPosition {
    if let forced { return forced }
    switch state {
    case .closed: return .closed
    case .open(let until): return now < until ? .open : .halfOpen
    case .halfOpen: return .halfOpen
    }
  }

  var isForced: Bool { forced != nil }

  func openFor(now: Instant) -> Duration? {
    switch forced {
    case .closed?: nil
    // Open by itself before it was forced, it has been open since then.
    case .open?, .halfOpen?: [openedAt, forcedSince].compactMap { $0 }.min().map { $0.duration(to: now) }
    case nil: openedAt.map { $0.duration(to: now) }
    }
  }

  /// The same position again changes nothing.
  mutating func force(_ position: CircuitPosition?, since: Instant) {
    guard position != forced else { return }
    forced = position
    forcedSince = position == nil ? nil : since
  }

  mutating func admit(now: Instant) -> CircuitAdmission<Instant> {
    if let forced {
      return forced == .open ? .rejected(retryAfter: settings.coolDown) : .admitted(ticket(now, probe: nil))
    }
    switch state {
    case .closed:
      return .admitted(ticket(now, probe: nil))
    case .open(let until) where now < until:
      return .rejected(retryAfter: now.duration(to: until))
    case .open:
      return admitProbe(probes: [:], successes: 0, now: now)
    case .halfOpen(let probes, let successes):
      return admitProbe(probes: probes.filter { now < $0.value }, successes: successes, now: now)
    }
  }

  mutating func finish(_ ticket: CircuitTicket<Instant>, failed: Bool, elsewhere: Duration, now: Instant) {
    let isBad = failed || ticket.startedAt.duration(to: now) - elsewhere > settings.slowCall
    switch state {
    case .closed(let failures):
      guard ticket.probe == nil else { return }
      recordClosed(failures: failed ? failures + 1 : 0, isBad: isBad, now: now)
    case .open:
      // A call that began before it opened says nothing new.
      return
    case .halfOpen(var probes, let successes):
      guard let probe = ticket.probe, probes.removeValue(forKey: probe) != nil else { return }
      if isBad { return open(now: now) }
      if successes + 1 >= settings.probes { return close() }
      state = .halfOpen(probes: probes, successes: successes + 1)
    }
  }

  private mutating func recordClosed(failures: Int, isBad: Bool, now: Instant) {
    recent.append(isBad)
    if recent.count > settings.window { recent.removeFirst() }
    let badCalls = recent.count(where: { $0 })
    let tooMany = recent.count == settings.window && Double(badCalls) > settings.badShare * Double(settings.window)
    if failures >= settings.failuresInARow || tooMany {
      open(now: now)
    } else {
      state = .closed(failuresInARow: failures)
    }
  }

  private mutating func admitProbe(
    probes: [Int: Instant], successes: Int, now: Instant
  ) -> CircuitAdmission<Instant> {
    guard probes.count + successes < settings.probes else {
      state = .halfOpen(probes: probes, successes: successes)
      let next = probes.values.min().map { now.duration(to: $0) } ?? settings.coolDown
      return .rejected(retryAfter: min(next, settings.coolDown))
    }
    var probes = probes
    nextProbe += 1
    probes[nextProbe] = now.advanced(by: settings.probeExpiry)
    state = .halfOpen(probes: probes, successes: successes)
    return .admitted(ticket(now, probe: nextProbe))
  }

  private mutating func open(now: Instant) {
    state = .open(until: now.advanced(by: settings.coolDown))
    openedAt = openedAt ?? now
    recent = []
  }

  private mutating func close() {
    state = .closed(failuresInARow: 0)
    openedAt = nil
    recent = []
  }

  private func ticket(_ now: Instant, probe: Int?) -> CircuitTicket<Instant> {
    CircuitTicket(startedAt: now, probe: probe)
  }
}
