import Resilience
import Testing

@testable import PostgresClient

/// A point in time that tests make up.
private struct Moment: InstantProtocol {
  var time: Duration = .zero

  func advanced(by duration: Duration) -> Moment { Moment(time: time + duration) }
  func duration(to other: Moment) -> Duration { other.time - time }
  static func < (left: Moment, right: Moment) -> Bool { left.time < right.time }
}

private typealias Machine = PoolStateMachine<String, String, Moment>

/// The pool decides without a clock, a connection or a task.
@Suite struct PoolStateMachineTests {
  private static let refusal = PostgresError(.connection("refused"))

  private func machine(limit: Int) -> Machine {
    Machine(
      limit: limit, waitTimeout: .seconds(5),
      backoff: Backoff(base: .seconds(1), limit: .seconds(4), jitter: .seconds(0)))
  }

  private func at(_ seconds: Int) -> Moment { Moment(time: .seconds(seconds)) }

  private func show(_ actions: [Machine.Action]) -> [String] {
    actions.map { action in
      switch action {
      case .grant(let waiter, let connection): "\(waiter) gets \(connection)"
      case .fail(let waiter, let error): "\(waiter) fails: \(error)"
      case .open: "open"
      case .end(let connection): "end \(connection)"
      case .wake(let moment): "wake at \(moment.time)"
      case .drained: "drained"
      }
    }
  }

  /// A machine with that many connections in use.
  private func busyMachine(limit: Int) -> Machine {
    var machine = machine(limit: limit)
    for number in 1...limit {
      _ = machine.acquire("first \(number)", id: -number, now: at(0))
      _ = machine.opened("c\(number)", now: at(0))
    }
    return machine
  }

  @Test func acquire_withoutConnections_opensOneForEachUpToTheLimit() {
    var machine = machine(limit: 2)
    #expect(show(machine.acquire("a", id: 1, now: at(0))) == ["open", "wake at 5.0 seconds"])
    #expect(show(machine.acquire("b", id: 2, now: at(1))) == ["open"])
    #expect(show(machine.acquire("c", id: 3, now: at(1))).isEmpty)
    #expect(show(machine.opened("c1", now: at(1))) == ["a gets c1"])
    #expect(show(machine.opened("c2", now: at(1))) == ["b gets c2"])
    #expect(show(machine.release("c1", isUsable: true, now: at(2))) == ["c gets c1"])
  }

  @Test func takeIdle_givesTheOneUsedLast() {
    var machine = busyMachine(limit: 2)
    #expect(machine.takeIdle() == nil)
    #expect(machine.release("c1", isUsable: true, now: at(1)).isEmpty)
    #expect(machine.release("c2", isUsable: true, now: at(1)).isEmpty)
    #expect(machine.takeIdle() == "c2")
    #expect(show(machine.acquire("a", id: 1, now: at(1))) == ["a gets c1"])
  }

  @Test func acquire_whileOneIsBeingOpened_takesWhicheverIsFreeFirst() {
    var machine = machine(limit: 2)
    _ = machine.acquire("a", id: 1, now: at(0))
    _ = machine.acquire("b", id: 2, now: at(0))
    _ = machine.opened("c1", now: at(0))
    #expect(show(machine.release("c1", isUsable: true, now: at(1))) == ["b gets c1"])
    #expect(machine.opened("c2", now: at(1)).isEmpty)
    #expect(machine.counts.idle == 1)
  }

  @Test func release_ofALostOne_opensAnotherForWhoeverWaits() {
    var machine = busyMachine(limit: 1)
    _ = machine.acquire("a", id: 1, now: at(0))
    #expect(show(machine.release("c1", isUsable: false, now: at(1))) == ["end c1", "open"])
    #expect(machine.ended().isEmpty)
    #expect(show(machine.opened("c2", now: at(1))) == ["a gets c2"])
    #expect(machine.counts.lost == 1)
  }

  @Test func release_ofALostOneWhenNobodyWaits_opensNone() {
    var machine = busyMachine(limit: 1)
    #expect(show(machine.release("c1", isUsable: false, now: at(1))) == ["end c1"])
  }

  @Test func expire_endsTheWaitsThatAreDueAndNoOthers() {
    var machine = busyMachine(limit: 1)
    _ = machine.expire(now: at(5))
    #expect(show(machine.acquire("a", id: 1, now: at(6))) == ["wake at 11.0 seconds"])
    #expect(show(machine.acquire("b", id: 2, now: at(8))).isEmpty)
    #expect(
      show(machine.expire(now: at(11))) == [
        "a fails: no connection of the pool became free in time", "wake at 13.0 seconds",
      ])
    #expect(show(machine.release("c1", isUsable: true, now: at(12))) == ["b gets c1"])
    #expect(machine.expire(now: at(13)).isEmpty)
  }

  @Test func cancel_endsTheWaitOnce() {
    var machine = busyMachine(limit: 1)
    _ = machine.acquire("a", id: 1, now: at(0))
    #expect(show(machine.cancel(1)) == ["a fails: cancelled"])
    #expect(machine.cancel(1).isEmpty)
    #expect(machine.release("c1", isUsable: true, now: at(0)).isEmpty)
  }

  @Test func openingFailed_withNoneInUse_failsAllAndThenFailsFast() {
    var machine = machine(limit: 4)
    _ = machine.acquire("a", id: 1, now: at(0))
    _ = machine.acquire("b", id: 2, now: at(0))
    #expect(machine.openingFailed(Self.refusal, now: at(10), random: 0).isEmpty)
    #expect(
      show(machine.openingFailed(Self.refusal, now: at(10), random: 0)) == [
        "a fails: connection: refused", "b fails: connection: refused",
      ])
    // The second failure doubles the wait.
    #expect(show(machine.acquire("c", id: 3, now: at(11))) == ["c fails: connection: refused"])
    #expect(show(machine.acquire("d", id: 4, now: at(12))) == ["open"])
    #expect(show(machine.acquire("e", id: 5, now: at(12))).isEmpty)
  }

  @Test func opened_afterARefusal_opensForAllWhoWait() {
    var machine = machine(limit: 3)
    _ = machine.acquire("a", id: 1, now: at(0))
    _ = machine.openingFailed(Self.refusal, now: at(0), random: 0)
    for (id, waiter) in ["b", "c", "d", "e"].enumerated() { _ = machine.acquire(waiter, id: 2 + id, now: at(1)) }
    #expect(machine.counts.opening == 1)
    #expect(show(machine.opened("c1", now: at(1))) == ["b gets c1", "open", "open"])
  }

  @Test func openingFailed_withOthersInUse_letsThemWait() {
    var machine = machine(limit: 2)
    _ = machine.acquire("a", id: 1, now: at(0))
    _ = machine.opened("c1", now: at(0))
    _ = machine.acquire("b", id: 2, now: at(0))
    #expect(machine.openingFailed(Self.refusal, now: at(0), random: 0).isEmpty)
    #expect(show(machine.release("c1", isUsable: true, now: at(0))) == ["b gets c1"])
    _ = machine.acquire("c", id: 3, now: at(0))
    // The last one is lost and the server has just refused: there is nothing left to wait for.
    #expect(show(machine.release("c1", isUsable: false, now: at(0))) == ["end c1", "c fails: connection: refused"])
  }

  @Test func close_refusesEndsAndWaitsForTheBusyOnes() {
    var machine = busyMachine(limit: 2)
    _ = machine.release("c1", isUsable: true, now: at(0))
    #expect(show(machine.close()) == ["end c1"])
    #expect(machine.ended().isEmpty)
    #expect(show(machine.acquire("a", id: 1, now: at(0))) == ["a fails: closed"])
    #expect(machine.takeIdle() == nil)
    #expect(show(machine.release("c2", isUsable: true, now: at(0))) == ["end c2"])
    #expect(show(machine.ended()) == ["drained"])
    #expect(show(machine.close()) == ["drained"])
  }

  @Test func close_whileOpening_endsWhatComes() {
    var machine = machine(limit: 2)
    _ = machine.acquire("a", id: 1, now: at(0))
    _ = machine.acquire("b", id: 2, now: at(0))
    #expect(show(machine.close()) == ["a fails: closed", "b fails: closed"])
    #expect(show(machine.opened("c1", now: at(0))) == ["end c1"])
    #expect(machine.openingFailed(Self.refusal, now: at(0), random: 0).isEmpty)
    #expect(show(machine.ended()) == ["drained"])
  }

  @Test func close_ofAnUnusedPool_isOverAtOnce() {
    var machine = machine(limit: 2)
    #expect(show(machine.close()) == ["drained"])
  }
}

/// Whatever happens in whatever order: nobody waits for nothing, nobody is answered twice, no connection is used twice.
@Suite struct PoolInvariantTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private struct World {
    var machine: Machine
    var now = Moment()
    var waiting: [Int] = []
    var granted: [String] = []
    var openings = 0
    var endings: [String] = []
    var lastConnection = 0
    var isDrained = false

    mutating func take(_ actions: [Machine.Action]) {
      for action in actions {
        switch action {
        case .grant(let waiter, let connection):
          #expect(waiting.first == Int(waiter), "out of turn")
          waiting.removeFirst()
          #expect(!granted.contains(connection) && !endings.contains(connection), "lent twice")
          granted.append(connection)
        case .fail(let waiter, _):
          #expect(waiting.contains(Int(waiter) ?? -1), "answered twice")
          waiting.removeAll { $0 == Int(waiter) }
        case .open: openings += 1
        case .end(let connection):
          #expect(!granted.contains(connection))
          endings.append(connection)
        case .wake: break
        case .drained: isDrained = true
        }
      }
    }
  }

  @Test(arguments: 0..<200)
  func anyOrder_keepsThePromises(seed: Int) {
    var random = Random(state: UInt64(seed))
    let limit = Int.random(in: 1...4, using: &random)
    var world = World(
      machine: Machine(
        limit: limit, waitTimeout: .seconds(5),
        backoff: Backoff(base: .seconds(1), limit: .seconds(4), jitter: .seconds(1))))
    for step in 0..<300 {
      world.now = world.now.advanced(by: .milliseconds(Int.random(in: 0...500, using: &random)))
      act(on: &world, step, &random)
      let counts = world.machine.counts
      #expect(counts.idle + counts.busy + counts.opening <= limit)
      #expect(counts.waiting == world.waiting.count && counts.busy == world.granted.count)
      #expect(counts.waiting == 0 || counts.busy + counts.opening > 0, "somebody waits for nothing")
      #expect(counts.waiting == 0 || counts.idle == 0, "somebody waits beside a free connection")
    }
    finish(&world)
  }

  private func act(on world: inout World, _ step: Int, _ random: inout Random) {
    switch Int.random(in: 0..<7, using: &random) {
    case 0, 1: acquire(&world, step)
    case 2:
      guard let connection = world.granted.randomElement(using: &random) else { return }
      world.granted.removeAll { $0 == connection }
      world.take(world.machine.release(connection, isUsable: .random(using: &random), now: world.now))
    case 3 where world.openings > 0: open(&world)
    case 4 where world.openings > 0:
      world.openings -= 1
      let error = PostgresError(.connection("refused"))
      world.take(world.machine.openingFailed(error, now: world.now, random: .random(in: 0...1, using: &random)))
    case 5:
      guard let waiter = world.waiting.randomElement(using: &random) else { return }
      world.take(world.machine.cancel(waiter))
    default: world.take(world.machine.expire(now: world.now))
    }
  }

  private func acquire(_ world: inout World, _ id: Int) {
    if let connection = world.machine.takeIdle() { return world.granted.append(connection) }
    world.waiting.append(id)
    world.take(world.machine.acquire("\(id)", id: id, now: world.now))
  }

  private func open(_ world: inout World) {
    world.openings -= 1
    world.lastConnection += 1
    world.take(world.machine.opened("\(world.lastConnection)", now: world.now))
  }

  private func finish(_ world: inout World) {
    world.take(world.machine.close())
    #expect(world.waiting.isEmpty)
    while world.openings > 0 { open(&world) }
    while let connection = world.granted.popLast() {
      world.take(world.machine.release(connection, isUsable: true, now: world.now))
    }
    while world.endings.popLast() != nil { world.take(world.machine.ended()) }
    #expect(world.isDrained)
  }
}
