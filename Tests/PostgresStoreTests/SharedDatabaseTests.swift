import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PostgresClient
import Testing

@testable import PostgresStore

/// Several processes on one database, as stores with connections of their own.
@Suite struct SharedDatabaseTests {
  private func stores(_ count: Int) async throws -> (PostgresStoreBench, [PostgresStore]) {
    let bench = try await PostgresStoreBench()
    var stores = [bench.store]
    for _ in 1..<count { stores.append(try await PostgresStoreBench.open(bench.database, bench.clock)) }
    return (bench, stores)
  }

  @Test func jobs_takenByThreeAtOnce_areTakenOnceEach() async throws {
    let (bench, stores) = try await stores(3)
    defer { withExtendedLifetime(bench) {} }
    for number in 0..<60 {
      var unit = WriteUnit(label: "test")
      unit.jobs = [
        .enqueue(
          BookingID("b-\(number)"), RestaurantID("r-\(number % 20)"), after: .zero, deadline: .seconds(600),
          resetRetries: true)
      ]
      try await stores[0].commit(unit)
    }
    let taken = try await withThrowingTaskGroup(of: [Job].self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask {
          var jobs: [Job] = []
          while true {
            let request = JobClaimRequest(
              owner: "worker-\(number)", limit: 7, after: jobs.last?.restaurantID, maxParallel: 3, ttl: .seconds(30))
            let more = try await store.claimJobs(request)
            if more.isEmpty { return jobs }
            jobs += more
          }
        }
      }
      return try await group.reduce(into: [Job]()) { $0 += $1 }
    }
    #expect(taken.count == 60)
    #expect(Set(taken.map(\.bookingID)).count == 60)
  }

  @Test func lanes_besideOthers_areOneAProcess() async throws {
    let (bench, stores) = try await stores(2)
    defer { withExtendedLifetime(bench) {} }
    func live(_ name: String) async throws -> Int {
      try await stores[0].publishInstance(
        InstanceRecord(
          id: name, host: "h", role: .web, version: "1", flags: FlagSettings(), startedAt: bench.clock.now()))
      _ = try await stores[0].liveInstances(within: .seconds(5))
      return stores[0].lanes.countInUse
    }
    #expect(try await live("a") == 2)
    #expect(try await live("b") == 1)
    try await stores[0].removeInstance("a")
    #expect(try await live("b") == 2)
  }

  @Test func permits_takenByThreeAtOnce_neverExceedTheLimit() async throws {
    let (bench, stores) = try await stores(3)
    defer { withExtendedLifetime(bench) {} }
    let taken = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<30 {
        group.addTask {
          var unit = WriteUnit(label: "test")
          unit.permit = PermitRequest(
            restaurantID: "house", bookingID: BookingID("b-\(number)"), owner: "w", limit: 4, ttl: .seconds(30))
          return (try? await stores[number % 3].commit(unit)) != nil
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(taken == 4)
  }

  @Test func lease_wantedByThreeAtOnce_isOfOne() async throws {
    let (bench, stores) = try await stores(3)
    defer { withExtendedLifetime(bench) {} }
    let winners = await withTaskGroup(of: Bool.self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask {
          let answer = try? await store.acquireLease("booking:b-1", owner: "w-\(number)", ttl: .seconds(30))
          if case .acquired = answer { return true }
          return false
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(winners == 1)
  }

  @Test func claims_onTheSameTablesInOppositeOrder_doNotWaitForEachOther() async throws {
    let (bench, stores) = try await stores(2)
    let evening = bench.clock.now().adding(minutes: 360)
    // Each pair of units wants the same two tables; a deadlock would cost a second each time.
    let confirmed = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        let tables: [TableNumber] = number % 2 == 0 ? ["T1", "T2"] : ["T2", "T1"]
        group.addTask {
          let record = BookingRecord.sample(
            id: BookingID("b-\(number)"), start: evening.adding(minutes: number / 2 * 120), minutes: 90,
            createdAt: bench.clock.now())
          guard let mutation = try? BookingMutation.sampleConfirmed(record, tables: tables, at: bench.clock.now())
          else { return false }
          var unit = WriteUnit(label: "test")
          unit.bookings = [mutation]
          unit.claims = Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
          do {
            try await stores[number % 2].commit(unit)
            return true
          } catch {
            #expect((error as? StoreError)?.code == "hold_conflict")
            return false
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(confirmed == 20)
    let deadlocks = try await bench.other.query(
      PostgresStatement("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))[0].int(0)
    #expect(deadlocks == 0)
  }
}
