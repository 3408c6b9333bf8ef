import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import StoreFoundation
import Testing

@testable import SQLiteStore

@Suite struct AwayTests {
  private func store(in folder: TemporaryFolder, isAway: @escaping @Sendable () -> Bool = { false }) throws
    -> SQLiteStore
  {
    try SQLiteStore(path: folder.file("away.sqlite"), clock: ManualClock(), isThrowaway: true, isAway: isAway)
  }

  @Test func whileItIsAwayEveryCallIsRefusedAndNothingIsWritten() async throws {
    let folder = try TemporaryFolder()
    let away = Locked(true)
    let store = try store(in: folder) { away.withLock { $0 } }
    let event = ObservabilityEvent(.flags, "x", at: ManualClock.start)
    let comparison = ShadowComparison(
      bookingID: "b-1", restaurantID: "house", createdAt: ManualClock.start, verdict: .bothFailed,
      legacy: ShadowSide(outcome: "retry"), v3: ShadowSide(outcome: "manual_review"))
    var batch = ShadowBatch()
    batch.comparisons = [comparison]
    let found = batch
    let calls: [@Sendable () async throws -> Void] = [
      { _ = try await store.booking("b-1") }, { try await store.append([event]) },
      { try await store.appendShadow(found) },
    ]
    for call in calls { await #expect(throws: StoreError.unavailable("the database is away")) { try await call() } }
    away.withLock { $0 = false }
    #expect(try await store.events(EventQuery()).isEmpty)
    #expect(try await store.shadowComparison(of: "b-1", in: "house") == nil)
    for call in calls { try await call() }
    #expect(try await store.events(EventQuery()).map(\.event.type) == ["x"])
    #expect(try await store.shadowComparison(of: "b-1", in: "house") != nil)
  }

  @Test func aThrowawayNeverWaitsForTheDisk() async throws {
    let folder = try TemporaryFolder()
    let store = try store(in: folder)
    let level: @Sendable (WriteSession) throws -> Int = { try $0.session.count("PRAGMA synchronous") }
    let off = 0
    #expect(try await store.writer.write(level) == off)
    #expect(try await store.writer.writeBehind(level) == off)
    #expect(try await store.writer.write(level) == off)
  }
}
