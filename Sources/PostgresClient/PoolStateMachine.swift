import Resilience

/// What the pool knows and decides, without doing anything: it returns what is to be done.
///
/// Whenever somebody waits, a connection is in use or being opened, so nobody waits for nothing.
struct PoolStateMachine<Connection: Sendable, Waiter: Sendable, Instant: InstantProtocol & Sendable>: Sendable
where Instant.Duration == Duration {
  enum Action: Sendable {
    case grant(Waiter, Connection)
    case fail(Waiter, PostgresError)
    /// Open a connection, then say ``opened(_:now:)`` or ``openingFailed(_:now:random:)``.
    case open
    /// Close it, then say ``ended()``.
    case end(Connection)
    /// Say ``expire(now:)`` at this time.
    case wake(at: Instant)
    /// Nothing is left; whoever closes the pool may go on.
    case drained
  }

  private struct Waiting: Sendable {
    let id: Int
    let waiter: Waiter
    let deadline: Instant
  }

  /// The server did not let us in; it is asked again when this time has come and somebody wants a connection.
  private struct Refusal: Sendable {
    var count: Int
    var error: PostgresError
    var until: Instant
  }

  private let limit: Int
  private let waitTimeout: Duration
  private let backoff: Backoff
  /// The one used last comes last and is used first: the others get their rest.
  private var idle: [Connection] = []
  private var busy = 0
  private var opening = 0
  private var ending = 0
  private var waiting: [Waiting] = []
  private var refusal: Refusal?
  private var isClosed = false
  private var isWakeSet = false
  private var lastWaiter = 0
  private var totals = (opened: 0, refused: 0, lost: 0)

  init(limit: Int, waitTimeout: Duration, backoff: Backoff) {
    self.limit = max(limit, 1)
    self.waitTimeout = waitTimeout
    self.backoff = backoff
  }

  var counts: PostgresPoolCounts {
    PostgresPoolCounts(
      idle: idle.count, busy: busy, opening: opening, waiting: waiting.count, opened: totals.opened,
      refused: totals.refused, lost: totals.lost)
  }

  /// A connection that is free right now.
  mutating func takeIdle() -> Connection? {
    guard let connection = idle.popLast() else { return nil }
    busy += 1
    return connection
  }

  /// A number for somebody who is about to wait, by which ``cancel(_:)`` finds them.
  mutating func nextWaiterID() -> Int {
    lastWaiter += 1
    return lastWaiter
  }

  mutating func acquire(_ waiter: Waiter, id: Int, now: Instant) -> [Action] {
    if isClosed { return [.fail(waiter, PostgresError(.closed))] }
    if let connection = takeIdle() { return [.grant(waiter, connection)] }
    if let refusal, now < refusal.until, busy + opening == 0 { return [.fail(waiter, refusal.error)] }
    waiting.append(Waiting(id: id, waiter: waiter, deadline: now.advanced(by: waitTimeout)))
    return openIfWanted(now: now) + setWake()
  }

  /// The user is done with a connection.
  /// - Parameter isUsable: false if it was lost or must not be used again.
  mutating func release(_ connection: Connection, isUsable: Bool, now: Instant) -> [Action] {
    busy -= 1
    guard isUsable else {
      totals.lost += 1
      ending += 1
      return [.end(connection)] + openIfWanted(now: now) + failIfHopeless()
    }
    return hand(connection) + openIfWanted(now: now)
  }

  mutating func opened(_ connection: Connection, now: Instant) -> [Action] {
    opening -= 1
    totals.opened += 1
    refusal = nil
    return hand(connection) + openIfWanted(now: now)
  }

  mutating func openingFailed(_ error: PostgresError, now: Instant, random: Double) -> [Action] {
    opening -= 1
    totals.refused += 1
    let count = refusal?.count ?? 0
    refusal = Refusal(
      count: count + 1, error: error, until: now.advanced(by: backoff.delay(retries: count, random: random)))
    return failIfHopeless() + drainedIfSo()
  }

  /// Gives up on a wait; nothing happens if it is over.
  mutating func cancel(_ id: Int) -> [Action] {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return [] }
    return [.fail(waiting.remove(at: index).waiter, PostgresError(.cancelled))]
  }

  /// Ends the waits that last too long. All waits are equally long, so the first in line is due first.
  mutating func expire(now: Instant) -> [Action] {
    isWakeSet = false
    let due = waiting.prefix { $0.deadline <= now }
    waiting.removeFirst(due.count)
    return due.map { .fail($0.waiter, PostgresError(.poolExhausted)) } + setWake()
  }

  /// Lets nobody in any more. Connections in use may finish.
  mutating func close() -> [Action] {
    isClosed = true
    let refused = waiting.map { Action.fail($0.waiter, PostgresError(.closed)) }
    let ends = idle.map { Action.end($0) }
    waiting = []
    ending += idle.count
    idle = []
    return refused + ends + drainedIfSo()
  }

  mutating func ended() -> [Action] {
    ending -= 1
    return drainedIfSo()
  }

  private mutating func hand(_ connection: Connection) -> [Action] {
    if isClosed {
      ending += 1
      return [.end(connection)]
    }
    guard !waiting.isEmpty else {
      idle.append(connection)
      return []
    }
    busy += 1
    return [.grant(waiting.removeFirst().waiter, connection)]
  }

  /// As many connections more as there are people waiting for none that is on its way; after a refusal one at a time.
  private mutating func openIfWanted(now: Instant) -> [Action] {
    var wanted = min(waiting.count - opening, limit - idle.count - busy - opening)
    if let refusal { wanted = min(wanted, now >= refusal.until && opening == 0 ? 1 : 0) }
    guard wanted > 0 else { return [] }
    opening += wanted
    return Array(repeating: .open, count: wanted)
  }

  private mutating func failIfHopeless() -> [Action] {
    guard let refusal, busy + opening == 0 else { return [] }
    let all = waiting
    waiting = []
    return all.map { .fail($0.waiter, refusal.error) }
  }

  private mutating func setWake() -> [Action] {
    guard !isWakeSet, let first = waiting.first else { return [] }
    isWakeSet = true
    return [.wake(at: first.deadline)]
  }

  private func drainedIfSo() -> [Action] {
    isClosed && busy + opening + ending == 0 ? [.drained] : []
  }
}
