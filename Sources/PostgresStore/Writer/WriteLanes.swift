import BookingDomain
import PostgresClient
import Resilience

/// The lanes of a store: writes on one thing, a restaurant above all, take the same one.
///
/// Two lanes keep the database busy while the process makes up its next group. Beside another process one is enough, and
/// better: lanes of different processes wait for each other's floors, and smaller groups cost more commits.
struct WriteLanes: Sendable {
  private static let alone = 2
  private static let besideOthers = 1

  private let lanes: [WriteLane]
  private let inUse: Locked<Int>
  private let isFixed: Bool
  /// For leases and the queue: writes of a row or two, which the work on a booking begins with, do not stand in line
  /// behind whole units.
  let express: WriteLane
  /// For what shadow finds: never in one transaction with what decides bookings.
  let shadow: WriteLane

  /// - Parameter count: so many always; nil goes by ``share(among:)``.
  init(count: Int?, pool: PostgresPool) {
    let most = max(1, count ?? Self.alone)
    lanes = (0..<most).map { _ in WriteLane(pool: pool) }
    inUse = Locked(most)
    isFixed = count != nil
    express = WriteLane(pool: pool)
    shadow = WriteLane(pool: pool)
  }

  func lane(of key: String) -> WriteLane {
    let count = inUse.withLock { $0 }
    return lanes[Int(FNV1a.hash(of: key) % UInt64(count))]
  }

  /// Adapts to how many processes write to the database, this one among them. While it does, writes on one thing may be in
  /// two lanes, which costs a wait for a lock and no more.
  func share(among processes: Int) {
    if !isFixed { inUse.withLock { $0 = processes > 1 ? Self.besideOthers : Self.alone } }
  }

  var countInUse: Int { inUse.withLock { $0 } }
}
