/// Numbers for a search: quick, and the same for the same seed.
/// Source: xorshift64*, S. Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled" (2016).
struct SearchNumbers {
  private var state: UInt64

  /// - Parameter stream: tells apart searches with one seed.
  init(seed: UInt64, stream: Int) {
    var hash = StableHash()
    hash.combine(Int64(bitPattern: seed))
    hash.combine(stream)
    state = hash.value | 1
  }

  @inline(__always)
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_f491_4f6c_dd1d
  }

  /// A number from 0 up to and without `limit`, which is below 2³².
  @inline(__always)
  mutating func below(_ limit: Int) -> Int { Int(((next() >> 32) &* UInt64(limit)) >> 32) }

  /// True in `share` of 256 cases.
  @inline(__always)
  mutating func chance(of share: UInt64) -> Bool { next() >> 56 < share }
}
