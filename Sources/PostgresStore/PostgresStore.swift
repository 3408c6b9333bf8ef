public import AssignmentStore
public import BookingDomain
public import PostgresClient
import StoreFoundation

/// The store on a PostgreSQL database (15 or later): any number of processes share it, and nothing is coordinated
/// outside of it.
///
/// Every write is one transaction of short statements in one round trip (``UnitPlan``), and holds no state in its
/// session, so that the store works through a proxy that pools transactions. The database's clock alone says when leases,
/// holds, jobs and notices are due.
public final class PostgresStore: Sendable {
  /// Choices of a process.
  public struct Options: Sendable, Hashable {
    /// Groups of writes under way at once; unless set 2, and 1 beside other instances.
    public var lanes: Int?

    public init() {}
  }

  let pool: PostgresPool
  let lanes: WriteLanes
  let restaurants = DecodedRestaurants(limit: 512)
  /// Only in tests that turn the clock: stands for the database's.
  private let testClock: (any WallClock)?

  /// A store on a database that is there and migrated; see ``open(_:options:migrate:)``.
  /// - Parameter testClock: taken for the database's clock; nil outside of tests.
  public init(pool: PostgresPool, options: Options = Options(), testClock: (any WallClock)? = nil) {
    self.pool = pool
    self.testClock = testClock
    lanes = WriteLanes(count: options.lanes, pool: pool)
  }

  /// Connections at this moment.
  public var counts: PostgresPoolCounts { pool.counts }

  /// Waits for what is under way, then closes all connections. Later calls throw ``StoreError/unavailable(_:)``.
  public func close() async { await pool.close() }

  /// Carries out statements in one transaction, in the next group of the lane.
  /// - Parameter key: what is written on; the restaurant's id wherever there is one.
  func write(_ key: String, _ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
    try await lanes.lane(of: key).write(key, atTestTime(statements))
  }

  /// Carries out what shadow has found, in one transaction that does not wait for the disk: a server that loses its power
  /// may lose it.
  func writeShadow(_ statements: [PostgresStatement]) async throws(PostgresError) {
    let unhurried = PostgresStatement("SELECT set_config('synchronous_commit', 'off', true)")
    _ = try await lanes.shadow.write("shadow", [unhurried] + atTestTime(statements))
  }

  /// Carries out one short statement on leases or the queue.
  func writeExpress(
    _ key: String, _ sql: String, _ values: [PostgresValue] = []
  ) async throws(StoreError) -> PostgresResult {
    do throws(PostgresError) {
      return try await lanes.express.write(key, atTestTime([PostgresStatement(sql, values)]))[0]
    } catch {
      throw StoreError(error)
    }
  }

  /// Carries out one statement that writes.
  func write(
    _ key: String, _ sql: String, _ values: [PostgresValue] = []
  ) async throws(StoreError) -> PostgresResult {
    do throws(PostgresError) {
      return try await write(key, [PostgresStatement(sql, values)])[0]
    } catch {
      throw StoreError(error)
    }
  }

  /// Reads by one statement. A cancelled task still gets its answer, so that cancellation never looks like sick storage.
  func read(_ sql: String, _ values: [PostgresValue] = []) async throws(StoreError) -> PostgresResult {
    let statement = atTestTime([PostgresStatement(sql, values)])[0]
    let pool = pool
    let answer = Task { () async -> Result<PostgresResult, PostgresError> in
      do throws(PostgresError) { return .success(try await pool.query(statement)) } catch { return .failure(error) }
    }
    switch await answer.value {
    case .success(let result): return result
    case .failure(let error): throw StoreError(error)
    }
  }

  /// Reads by several statements on one snapshot; the server refuses them to write.
  func readOnly(
    _ statements: [PostgresStatement], within limit: Duration
  ) async throws(StoreError) -> [PostgresResult] {
    let statements = atTestTime(statements)
    let pool = pool
    let answer = Task { () async -> Result<[PostgresResult], PostgresError> in
      do throws(PostgresError) { return .success(try await pool.snapshot(statements)) } catch { return .failure(error) }
    }
    switch await answer.value {
    case .success(let results): return results
    case .failure(let error) where error.kind == .timeout || error.sqlState == "57014":
      throw .unavailable("the query took longer than \(limit.components.seconds) s")
    case .failure(let error): throw StoreError(error)
    }
  }

  /// The rows of one statement.
  func all<Value>(
    _ sql: String, _ values: [PostgresValue] = [], _ value: (PostgresRow) throws(StoreError) -> Value
  ) async throws(StoreError) -> [Value] {
    let rows = try await read(sql, values)
    var result: [Value] = []
    result.reserveCapacity(rows.count)
    for row in rows { result.append(try value(row)) }
    return result
  }

  /// The first row of one statement, or nil if there is none.
  func first<Value>(
    _ sql: String, _ values: [PostgresValue] = [], _ value: (PostgresRow) throws(StoreError) -> Value
  ) async throws(StoreError) -> Value? {
    guard let row = try await read(sql, values).first else { return nil }
    return try value(row)
  }

  private func atTestTime(_ statements: [PostgresStatement]) -> [PostgresStatement] {
    guard let testClock else { return statements }
    let time = Self.literal(testClock.now())
    return statements.map { PostgresStatement($0.sql.replacing("now()", with: time), $0.values) }
  }
}

extension PostgresStore {
  /// A time in the text of a statement.
  static func literal(_ time: Timestamp) -> String {
    "('epoch'::timestamptz + interval '\(time.microseconds) microseconds')"
  }
}

extension PostgresStore: StoreClock {
  public func storeNow() async throws(StoreError) -> Timestamp {
    try await first("SELECT now()") { $0.time(0) } ?? Timestamp(microseconds: 0)
  }
}

extension PostgresStore: UnitOfWork {
  public func commit(_ unit: WriteUnit) async throws(StoreError) {
    let plan = try UnitPlan(unit)
    do throws(PostgresError) {
      let results = try await write(unit.laneKey, plan.statements)
      keepRestaurant(plan, results)
    } catch {
      throw plan.error(error)
    }
  }

  private func keepRestaurant(_ plan: UnitPlan, _ results: [PostgresResult]) {
    guard let restaurant = plan.unit.restaurant?.restaurant, let index = plan.restaurantIndex,
      let row = results[index].first
    else { return }
    restaurants.insert(StoredRestaurant(restaurant: restaurant, revision: row.int(0), updatedAt: row.time(1)))
  }
}

extension WriteUnit {
  /// The restaurant that the unit is about; something stable where it is about none.
  fileprivate var laneKey: String {
    let restaurant =
      bookings.first?.booking.restaurantID ?? permit?.restaurantID ?? restaurant?.restaurant.id
      ?? restaurantRevision?.id ?? claims.first?.restaurantID ?? newHold?.hold.restaurantID ?? pacing?.restaurantID
      ?? plannedRestaurant ?? events.first?.restaurantID
    return restaurant?.rawValue ?? label
  }

  private var plannedRestaurant: RestaurantID? {
    if case .add(let plan) = dayPlan { return plan.restaurantID }
    return replans.first?.restaurantID ?? settledReplan?.restaurantID
  }
}
