import Testing

@testable import PostgresClient

@Suite struct StatementCacheTests {
  private func look(
    _ cache: inout StatementCache, _ sql: String, _ types: [UInt32] = [], nulls: Set<Int> = []
  ) -> StatementCache.Lookup {
    cache.lookup(sql: sql, types: types[...]) { nulls.contains($0) }
  }

  @Test func lookup_beforeTheAnswer_knowsWhatIsUnderWay() {
    var cache = StatementCache()
    #expect(look(&cache, "a") == .new(name: "s1", types: []))
    #expect(look(&cache, "a") == .prepared(name: "s1"))
    cache.settle(prepared: true)
    #expect(look(&cache, "a") == .prepared(name: "s1"))
    #expect(cache.count == 1)
  }

  @Test func settle_notPrepared_forgetsTheName() {
    var cache = StatementCache()
    _ = look(&cache, "a")
    _ = look(&cache, "b")
    cache.settle(prepared: false)
    cache.settle(prepared: true)
    #expect(look(&cache, "a") == .new(name: "s3", types: []))
    #expect(look(&cache, "b") == .prepared(name: "s2"))
  }

  @Test func lookup_nulls_suitEveryTypeAndTakeTheEarlierOne() {
    var cache = StatementCache()
    #expect(look(&cache, "a", [20, 0], nulls: [1]) == .new(name: "s1", types: [20, 0]))
    cache.settle(prepared: true)
    #expect(look(&cache, "a", [0, 0], nulls: [0, 1]) == .prepared(name: "s1"))
    #expect(look(&cache, "a", [0, 16], nulls: [0]) == .new(name: "s2", types: [20, 16]))
    cache.settle(prepared: true)
    #expect(look(&cache, "a", [20, 16]) == .prepared(name: "s2"))
    #expect(look(&cache, "a", [0, 16]) == .new(name: "s3", types: [0, 16]))
  }

  @Test func lookup_otherNumberOfValues_isAnotherStatement() {
    var cache = StatementCache()
    _ = look(&cache, "a", [20])
    cache.settle(prepared: true)
    #expect(look(&cache, "a", [20, 0], nulls: [1]) == .new(name: "s2", types: [20, 0]))
  }

  @Test func lookup_beyondTheLimit_isUnnamedUntilAllIsForgotten() {
    var cache = StatementCache(limit: 2)
    _ = look(&cache, "a")
    _ = look(&cache, "b")
    #expect(look(&cache, "c") == .full)
    #expect(cache.mustForget)
    cache.settle(prepared: true)
    cache.settle(prepared: true)
    #expect(look(&cache, "a") == .prepared(name: "s1"))
    cache.forgetAll()
    #expect(!cache.mustForget)
    #expect(look(&cache, "c") == .new(name: "s3", types: []))
  }
}
