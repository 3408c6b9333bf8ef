import AssignmentStore
import BookingDomain
import PostgresClient

/// The statements of one ``WriteUnit``, in the order of the unit's properties. None needs the result of another: what
/// must not be is refused by the statement itself, which raises, so that the whole unit is one round trip.
struct UnitPlan {
  private(set) var statements: [PostgresStatement] = []
  /// What it means when the statement of that index meets an exclusion constraint.
  private(set) var conflicts: [Int: ClaimConflict] = [:]
  /// The new window of the claims that the statement of that index resizes.
  private(set) var resizes: [Int: TimeWindow] = [:]
  /// The statement that answers with the stored restaurant's revision and time.
  private(set) var restaurantIndex: Int?
  let unit: WriteUnit

  init(_ unit: WriteUnit) throws(StoreError) {
    self.unit = unit
    lockFloors()
    checkPreconditions()
    writeIdempotency()
    takeOver()
    takePermit()
    checkTurn()
    releaseClaims()
    resizeClaims()
    try writeBookings()
    convertHold()
    insertClaims()
    writeHold()
    writeJournal()
    writeJobs()
    writeRestaurant()
    try writeDayPlan()
    writeReplans()
    releasePermits()
    releaseLeases()
    checkConfirmed()
  }

  mutating func add(_ sql: String, _ values: [PostgresValue]) { statements.append(PostgresStatement(sql, values)) }

  mutating func addClaim(_ claim: Claim, _ sql: String, _ values: [PostgresValue]) {
    conflicts[statements.count] = ClaimConflict(
      restaurantID: claim.restaurantID, table: claim.table, window: claim.window)
    add(sql, values)
  }

  mutating func addResize(to window: TimeWindow, _ sql: String, _ values: [PostgresValue]) {
    resizes[statements.count] = window
    add(sql, values)
  }

  mutating func addRestaurant(_ sql: String, _ values: [PostgresValue]) {
    restaurantIndex = statements.count
    add(sql, values)
  }

  private mutating func lockFloors() {
    var floors = Set(unit.claims.map(\.restaurantID)).union(replannedRestaurants)
    if let pacing = unit.pacing { floors.insert(pacing.restaurantID) }
    if let permit = unit.permit { floors.insert(permit.restaurantID) }
    if let turn = unit.turn { floors.insert(turn.restaurantID) }
    if !unit.resizes.isEmpty { floors.formUnion(unit.bookings.map(\.booking.restaurantID)) }
    for floor in floors.sorted() { add(TransactionLock.exclusive, [.text(TransactionLock.floor(floor))]) }
  }

  /// Raises a refusal when a condition on the database does not hold.
  mutating func refuse(
    _ refusal: Refusal, _ what: String, unless condition: String, _ values: [PostgresValue]
  ) {
    add(
      "SELECT headwaiter_refuse('\(refusal.rawValue)', $1) WHERE NOT (\(condition))", [.text(what)] + values)
  }

  /// What an error of one of the statements means to the unit's caller.
  func error(_ error: PostgresError) -> StoreError {
    guard error.isClaimConflict else { return StoreError(error) }
    if let conflict = error.statementIndex.flatMap({ conflicts[$0] }) { return .claimConflict(conflict) }
    let window = error.statementIndex.flatMap { resizes[$0] }
    return window.flatMap { ClaimConflict(error, window: $0) }.map(StoreError.claimConflict) ?? StoreError(error)
  }
}

extension ClaimConflict {
  /// Whose claim an exclusion constraint refused, by what it says: `Key (…)=(restaurant, table, ["start",…`. Needed where
  /// one statement changes several claims.
  fileprivate init?(_ error: PostgresError, window: TimeWindow) {
    guard let detail = error.serverMessage?.detail, let start = detail.firstRange(of: ")=("),
      let key = detail[start.upperBound...].firstRange(of: ", [").map({ detail[start.upperBound..<$0.lowerBound] }),
      let comma = key.firstRange(of: ", ")
    else { return nil }
    self.init(
      restaurantID: RestaurantID(String(key[..<comma.lowerBound])),
      table: TableNumber(String(key[comma.upperBound...])), window: window)
  }
}

/// Locks that last until the end of the transaction. A unit takes the floors of its restaurants first, in order of their
/// ids, and so does a group of units: nobody waits for someone who waits for him.
enum TransactionLock {
  static let shared = "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))"
  static let exclusive = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"

  /// Exclusive for whoever changes the rollout; taken before that of the flags.
  static let rollout = "headwaiter.rollout"
  /// Exclusive for whoever changes the flags, shared for whoever relies on them.
  static let flags = "headwaiter.flags"
  /// Likewise for a restaurant's document.
  static func document(_ id: RestaurantID) -> String { "headwaiter.document:\(id)" }
  /// What is decided by counting rows (pacing, permits), and claims, whose constraint would else let two transactions
  /// wait for each other.
  static func floor(_ id: RestaurantID) -> String { "headwaiter.floor:\(id)" }
  static func holds(_ caller: String) -> String { "headwaiter.holds:\(caller)" }
}
