import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let leaseChecks: [ConformanceCheck] = [
    ConformanceCheck("leases: one owner at a time, until it expires by the database's clock", oneOwner),
    ConformanceCheck("leases: a later owner's token is higher, also after release, over all names", risingTokens),
    ConformanceCheck("leases: an extended lease is not taken, a lost one is reported", extend),
    ConformanceCheck("leases: extending one extends the booking's permit and running job", extendAll),
    ConformanceCheck("leases: release frees only with the right token", release),
    ConformanceCheck("fences: a worker whose lease was taken by another writes nothing", staleToken),
    ConformanceCheck("fences: an expired lease that nobody has taken still fences", expiredButOwn),
    ConformanceCheck("fences: a person's take-over aborts the worker", takeOver),
    ConformanceCheck("leases: a unit gives back its lease", releaseInUnit),
    ConformanceCheck("leases: 500 tasks want one lease, one gets it", race),
  ]

  private static func oneOwner(_ bench: ConformanceBench) async throws {
    let lease = try await bench.acquire("booking:b-1")
    try bench.expect(lease.expiresAt, bench.clock.now().adding(.seconds(30)), "end of the lease")
    bench.clock.advance(by: .seconds(29))
    let second = try await bench.store.acquireLease("booking:b-1", owner: "b", ttl: .seconds(30))
    try bench.expect(second, .taken(until: lease.expiresAt), "second try")
    bench.clock.advance(by: .seconds(1))
    let third = try await bench.acquire("booking:b-1", owner: "b")
    try bench.expect(third.owner, "b", "owner")
    try bench.require(third.token > lease.token, "the token did not rise")
  }

  private static func risingTokens(_ bench: ConformanceBench) async throws {
    var last: Int64 = 0
    for round in 0..<5 {
      let lease = try await bench.acquire("booking:b-\(round % 2)")
      try bench.require(lease.token > last, "token \(lease.token) after \(last)")
      last = lease.token
      try await bench.store.releaseLease(Fence(name: lease.name, token: lease.token))
      _ = try await bench.prune(olderThan: .zero, limit: 100)
    }
    let reopened = try await bench.reopen()
    guard case .acquired(let lease) = try await reopened.acquireLease("x", owner: "a", ttl: .seconds(1)) else {
      throw ConformanceViolation("a free lease is taken")
    }
    try bench.require(lease.token > last, "token \(lease.token) after \(last), reopened")
  }

  private static func extend(_ bench: ConformanceBench) async throws {
    let first = try await bench.acquire("booking:b-1")
    let second = try await bench.acquire("booking:b-2")
    let fences = [first, second].map { Fence(name: $0.name, token: $0.token) }
    bench.clock.advance(by: .seconds(20))
    try bench.expect(try await bench.store.extendLeases(fences, ttl: .seconds(30)), [], "lost leases")
    bench.clock.advance(by: .seconds(29))
    let attempt = try await bench.store.acquireLease("booking:b-1", owner: "b", ttl: .seconds(30))
    try bench.require(attempt != .acquired(first), "an extended lease was taken")
    bench.clock.advance(by: .seconds(1))
    _ = try await bench.acquire("booking:b-2", owner: "b")
    let lost = try await bench.store.extendLeases(fences, ttl: .seconds(30))
    try bench.expect(lost, [fences[1]], "lost leases")
  }

  private static func extendAll(_ bench: ConformanceBench) async throws {
    try await enqueue(bench, "b-1")
    try await enqueue(bench, "b-2")
    guard let lease = try await claim(bench, limit: 1, parallel: 2).first?.lease else {
      throw ConformanceViolation("no job with its lease")
    }
    try await bench.store.commit(permit(bench, "b-1", limit: 1))
    bench.clock.advance(by: .seconds(20))
    _ = try await bench.store.extendLeases([Fence(name: lease.name, token: lease.token)], ttl: .seconds(30))
    bench.clock.advance(by: .seconds(20))
    try bench.expect(try await bench.store.reviveJobs(), 0, "revived though its worker lives")
    try await bench.refuse(permit(bench, "b-2", limit: 1), "an extended permit") { $0 == .noPermit("house") }
    bench.clock.advance(by: .seconds(10))
    try bench.expect(try await bench.store.reviveJobs(), 1, "revived when its worker is dead")
    try await bench.store.commit(permit(bench, "b-2", limit: 1))
  }

  private static func release(_ bench: ConformanceBench) async throws {
    let lease = try await bench.acquire("booking:b-1")
    try await bench.store.releaseLease(Fence(name: lease.name, token: lease.token - 1))
    let attempt = try await bench.store.acquireLease(lease.name, owner: "b", ttl: .seconds(30))
    try bench.expect(attempt, .taken(until: lease.expiresAt), "after a release with a wrong token")
    try await bench.store.releaseLease(Fence(name: lease.name, token: lease.token))
    _ = try await bench.acquire(lease.name, owner: "b")
  }

  private static func staleToken(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    let old = try await bench.acquire("booking:b-1")
    bench.clock.advance(by: .seconds(30))
    let new = try await bench.acquire("booking:b-1", owner: "b")
    try await bench.refuse(touching(bench, booking, under: old), "a dead worker's write") {
      $0 == .leaseLost("booking:b-1")
    }
    try bench.expect(try await bench.load("b-1").version, 1, "version")
    try await bench.store.commit(touching(bench, booking, under: new))
  }

  private static func expiredButOwn(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    let lease = try await bench.acquire("booking:b-1")
    bench.clock.advance(by: .seconds(31))
    try await bench.store.commit(touching(bench, booking, under: lease))
  }

  private static func takeOver(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    try await enqueue(bench, "b-1")
    guard let lease = try await claim(bench).first?.lease else { throw ConformanceViolation("no job with its lease") }
    try await bench.store.commit(permit(bench, "b-1", limit: 1))
    var cancel = BookingMutation(booking)
    try cancel.transition(to: .failed, cause: .cancel, context: .sample(.person))
    let change = cancel
    try await bench.commit {
      $0.takeOver = ["b-1"]
      $0.bookings = [change]
    }
    try await bench.refuse(touching(bench, change.booking, under: lease), "an aborted worker's write") {
      $0 == .leaseLost("booking:b-1")
    }
    let lost = try await bench.store.extendLeases([Fence(name: lease.name, token: lease.token)], ttl: .seconds(30))
    try bench.expect(lost.count, 1, "lost leases")
    try await bench.store.commit(permit(bench, "b-2", limit: 1))
    try bench.expect(try await bench.store.queueDepth().running, 0, "running jobs")
    try bench.require(try await bench.acquire("booking:b-1", owner: "b").token > lease.token, "the token did not rise")
  }

  private static func releaseInUnit(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    let lease = try await bench.acquire("booking:b-1")
    var unit = touching(bench, booking, under: lease)
    unit.releaseLeases = unit.fences
    try await bench.store.commit(unit)
    _ = try await bench.acquire("booking:b-1", owner: "b")
  }

  private static func race(_ bench: ConformanceBench) async throws {
    let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<500 {
        group.addTask {
          let attempt = try await bench.store.acquireLease("x", owner: "\(number)", ttl: .seconds(30))
          if case .acquired = attempt { return true } else { return false }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    try bench.expect(wins, 1, "owners of one lease")
  }

  static func touching(_ bench: ConformanceBench, _ booking: Booking, under lease: Lease) -> WriteUnit {
    var mutation = BookingMutation(booking)
    mutation.touch(cause: "touch", context: .sample(at: bench.clock.now()))
    let change = mutation
    return bench.unit {
      $0.fences = [Fence(name: lease.name, token: lease.token)]
      $0.bookings = [change]
    }
  }
}
