public import AssignmentStore
import BookingDomain

/// An empty store and its clock, for one check.
public struct ConformanceBench: Sendable {
  public let store: any AssignmentStore
  /// What the store takes for the database's clock.
  public let clock: ManualClock
  /// Closes the store and opens the same database again.
  public let reopen: @Sendable () async throws -> any AssignmentStore

  public init(
    store: any AssignmentStore, clock: ManualClock, reopen: @escaping @Sendable () async throws -> any AssignmentStore
  ) {
    self.store = store
    self.clock = clock
    self.reopen = reopen
  }
}

// MARK: - What checks are made of

extension ConformanceBench {
  var house: RestaurantID { "house" }
  /// The evening's first start.
  var evening: Timestamp { ManualClock.start.adding(minutes: 360) }

  func window(_ startMinute: Int, _ endMinute: Int) -> TimeWindow {
    TimeWindow(start: evening.adding(minutes: startMinute), end: evening.adding(minutes: endMinute))
  }

  func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
    guard condition else { throw ConformanceViolation(what()) }
  }

  func expect<Value: Equatable>(_ value: Value, _ wanted: Value, _ what: String) throws {
    guard value == wanted else { throw ConformanceViolation("\(what) is \(value), not \(wanted)") }
  }

  /// Commits a unit that must be refused with a matching error.
  func refuse(
    _ unit: WriteUnit, _ what: String, _ matches: (StoreError) -> Bool
  ) async throws {
    do {
      try await store.commit(unit)
    } catch {
      guard matches(error) else { throw ConformanceViolation("\(what): refused with \(error.code): \(error)") }
      return
    }
    throw ConformanceViolation("\(what): not refused")
  }

  func unit(_ label: String = "conformance", _ build: (inout WriteUnit) throws -> Void) rethrows -> WriteUnit {
    var unit = WriteUnit(label: label)
    try build(&unit)
    return unit
  }

  func commit(_ build: (inout WriteUnit) throws -> Void) async throws {
    try await store.commit(try unit("conformance", build))
  }

  /// A stored booking in state `created`.
  @discardableResult
  func create(_ id: BookingID, start: Int = 0, minutes: Int = 90, party: Int = 2) async throws -> Booking {
    let record = BookingRecord.sample(
      id: id, party: party, start: evening.adding(minutes: start), minutes: minutes, createdAt: clock.now())
    let mutation = BookingMutation(creating: record, context: .sample(at: clock.now()))
    try await commit { $0.bookings = [mutation] }
    return mutation.booking
  }

  /// A unit that stores a booking as confirmed, with its claims.
  func confirming(
    _ id: BookingID, _ tables: [TableNumber], start: Int = 0, minutes: Int = 90, restaurant: RestaurantID = "house"
  ) throws -> WriteUnit {
    let record = BookingRecord.sample(
      id: id, restaurant: restaurant, start: evening.adding(minutes: start), minutes: minutes, createdAt: clock.now())
    let mutation = try BookingMutation.sampleConfirmed(record, tables: tables, at: clock.now())
    return unit {
      $0.bookings = [mutation]
      $0.claims = Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
    }
  }

  @discardableResult
  func confirm(_ id: BookingID, _ tables: [TableNumber], start: Int = 0, minutes: Int = 90) async throws -> Booking {
    let unit = try confirming(id, tables, start: start, minutes: minutes)
    try await store.commit(unit)
    return unit.bookings[0].booking
  }

  func load(_ id: BookingID) async throws -> Booking {
    guard let booking = try await store.booking(id) else { throw ConformanceViolation("booking \(id) is missing") }
    return booking
  }

  /// Claims of kind hold under one id.
  func holdClaims(
    _ id: String, _ tables: [TableNumber], _ window: TimeWindow, expiresAt: Timestamp? = nil
  ) -> [Claim] {
    tables.map {
      Claim(restaurantID: house, table: $0, kind: .hold, window: window, groupID: id, expiresAt: expiresAt)
    }
  }

  /// A unit that stores a guest's hold with its claims.
  func holding(
    _ id: String, _ tables: [TableNumber], start: Int = 0, caller: String = "caller", limit: Int = 5
  ) -> WriteUnit {
    let slot = ServiceSlot.sample(start: evening.adding(minutes: start))
    let hold = Hold(
      id: id, restaurantID: house, tables: tables, party: 2, slot: slot,
      wishes: SeatingWishes(zone: "Main", tags: ["window"], needs: [.highChair]), caller: caller, expiresAt: clock.now()
    )
    return unit {
      $0.newHold = NewHold(hold: hold, ttl: .seconds(180), limit: limit)
      $0.claims = holdClaims(id, tables, slot.block)
    }
  }

  /// Deletes messages, idempotency records and ended leases, at most `limit` of each.
  func prune(olderThan age: Duration, limit: Int) async throws -> Int {
    var pruned = try await store.pruneEnded(limit: limit)
    for kind in [PrunedKind.outbox, .idempotency] {
      pruned += try await store.prune(kind, before: clock.now().adding(.zero - age), limit: limit)
    }
    return pruned
  }

  func block(_ id: String, _ table: TableNumber, _ window: TimeWindow) -> Claim {
    Claim(restaurantID: house, table: table, kind: .block, window: window, groupID: id, note: "repair")
  }

  func acquire(_ name: String, owner: String = "a", ttl: Duration = .seconds(30)) async throws -> Lease {
    switch try await store.acquireLease(name, owner: owner, ttl: ttl) {
    case .acquired(let lease): return lease
    case .taken(let until): throw ConformanceViolation("lease \(name) is taken until \(until)")
    }
  }
}
