import PostgresClient

/// The lanes of a store: writes on one thing, a restaurant above all, always take the same one.
struct WriteLanes: Sendable {
  private let lanes: [WriteLane]
  /// For leases and the queue: writes of a row or two, which the work on a booking begins with, do not stand in line
  /// behind whole units.
  let express: WriteLane

  init(count: Int, pool: PostgresPool) {
    lanes = (0..<max(1, count)).map { _ in WriteLane(pool: pool) }
    express = WriteLane(pool: pool)
  }

  func lane(of key: String) -> WriteLane { lanes[Int(WriteLanes.hash(key) % UInt64(lanes.count))] }

  /// FNV-1a.
  private static func hash(_ key: String) -> UInt64 {
    key.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
