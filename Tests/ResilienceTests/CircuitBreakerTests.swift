import HeadwaiterTesting
import Resilience
import Testing

@Suite struct CircuitBreakerTests {
  let clock = ManualTicker()
  let breaker: CircuitBreaker<ManualTicker>

  init() { breaker = CircuitBreaker(clock: clock) }

  private func call(failed: Bool, lasting: Duration = .zero) {
    guard case .admitted(let ticket) = breaker.admit() else {
      Issue.record("the call was not let through")
      return
    }
    clock.advance(by: lasting)
    breaker.finish(ticket, failed: failed)
  }

  private func open() { for _ in 0..<5 { call(failed: true) } }

  private var retryAfter: Duration? {
    if case .rejected(let retryAfter) = breaker.admit() { retryAfter } else { nil }
  }

  @Test func `four failures in a row leave it closed`() {
    for _ in 0..<4 { call(failed: true) }
    #expect(breaker.position == .closed)
  }

  @Test func `five failures in a row open it for 15 seconds`() {
    open()
    #expect(breaker.position == .open)
    clock.advance(by: .seconds(5))
    #expect(retryAfter == .seconds(10))
  }

  @Test func `a success between failures starts the count anew`() {
    for _ in 0..<4 { call(failed: true) }
    call(failed: false)
    for _ in 0..<4 { call(failed: true) }
    #expect(breaker.position == .closed)
  }

  @Test func `more than half of the last 20 calls bad opens it`() {
    for index in 0..<20 { call(failed: index % 2 == 0) }
    #expect(breaker.position == .closed, "exactly half is not over half")
    call(failed: true)
    call(failed: true)
    #expect(breaker.position == .open)
  }

  @Test func `slow calls count as bad although they succeed`() {
    for _ in 0..<9 { call(failed: false) }
    for _ in 0..<11 { call(failed: false, lasting: .milliseconds(2_001)) }
    #expect(breaker.position == .open)
  }

  @Test func `calls of exactly two seconds are not slow`() {
    for _ in 0..<40 { call(failed: false, lasting: .seconds(2)) }
    #expect(breaker.position == .closed)
  }

  @Test func `half-open lets two probes through and closes when both succeed`() {
    open()
    clock.advance(by: .seconds(15))
    #expect(breaker.position == .halfOpen)
    guard case .admitted(let first) = breaker.admit(), case .admitted(let second) = breaker.admit() else {
      Issue.record("two probes are let through")
      return
    }
    #expect(retryAfter != nil, "a third is not")
    breaker.finish(first, failed: false)
    #expect(breaker.position == .halfOpen)
    breaker.finish(second, failed: false)
    #expect(breaker.position == .closed)
    #expect(breaker.openFor == nil)
  }

  @Test func `a failed probe opens it again`() {
    open()
    clock.advance(by: .seconds(15))
    call(failed: true)
    #expect(breaker.position == .open)
    #expect(breaker.openFor == .seconds(15))
  }

  @Test func `lost probes expire and cannot leave it half-open`() {
    open()
    clock.advance(by: .seconds(15))
    _ = breaker.admit()
    _ = breaker.admit()
    #expect(retryAfter != nil)
    clock.advance(by: .seconds(30))
    call(failed: false)
    call(failed: false)
    #expect(breaker.position == .closed)
  }

  @Test func `a probe that reports after it has expired changes nothing`() {
    open()
    clock.advance(by: .seconds(15))
    guard case .admitted(let lost) = breaker.admit() else { return }
    clock.advance(by: .seconds(31))
    _ = breaker.admit()
    breaker.finish(lost, failed: true)
    #expect(breaker.position == .halfOpen)
  }

  @Test func `forced open rejects, forced closed admits, released goes on as before`() {
    breaker.force(.open)
    #expect(retryAfter == .seconds(15))
    failWhileForcedClosed()
    breaker.force(nil)
    #expect(breaker.position == .open)
  }

  private func failWhileForcedClosed() {
    breaker.force(.closed)
    for _ in 0..<6 { call(failed: true) }
    #expect(breaker.position == .closed)
  }

  @Test func `time that was not the dependency's does not make a call slow`() {
    for _ in 0..<20 {
      guard case .admitted(let ticket) = breaker.admit() else { break }
      clock.advance(by: .seconds(6))
      breaker.finish(ticket, failed: false, elsewhere: .seconds(5))
    }
    #expect(breaker.position == .closed)
  }

  @Test func `forced open, it counts how long, also what it was forced elsewhere before`() {
    breaker.force(.open, ago: .seconds(10))
    clock.advance(by: .seconds(5))
    #expect(breaker.openFor == .seconds(15))
    breaker.force(.open)
    #expect(breaker.openFor == .seconds(15), "the same again changes nothing")
    breaker.force(.closed)
    #expect(breaker.openFor == nil)
    breaker.force(nil)
    #expect(breaker.openFor == nil)
  }

  @Test func `forced closed and let go, it is as open as it was`() {
    open()
    breaker.force(.closed)
    #expect(breaker.position == .closed)
    #expect(breaker.openFor == nil)
    clock.advance(by: .seconds(5))
    breaker.force(nil)
    #expect(breaker.openFor == .seconds(5))
    #expect(retryAfter == .seconds(10))
  }
}
