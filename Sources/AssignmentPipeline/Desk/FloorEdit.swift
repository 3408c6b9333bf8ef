import AssignmentStore
import BookingDomain
import SeatingEngine

/// A restaurant's file put in place of the one before, with what it means for bookings that are to come.
struct FloorEdit: Sendable {
  private let ledger: DeskLedger
  private let restaurant: Restaurant
  private let document: [UInt8]
  private let policy: AffectedPolicy
  private let context: RestaurantContext

  /// - Throws: ``DeskError/invalid(field:message:allowed:)`` for a floor with more combinations than can be planned.
  init(
    ledger: DeskLedger, restaurant: Restaurant, document: [UInt8], policy: AffectedPolicy
  ) throws(DeskError) {
    let limit = CompiledFloor.combinationLimit
    guard CompiledFloor.combinationCount(of: restaurant) <= limit else {
      throw .invalid(
        field: "combining.max_tables", message: "lets more than \(limit) combinations of tables be joined",
        allowed: "fewer: a lower max_tables, or fewer pairs in adjacency")
    }
    self.ledger = ledger
    self.restaurant = restaurant
    self.document = document
    self.policy = policy
    context = RestaurantContext(
      StoredRestaurant(restaurant: restaurant, revision: 0, updatedAt: ledger.environment.clock.now()))
  }

  func store(_ request: ChangeRequest) async throws(DeskError) -> StoredRestaurant {
    _ = try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in try await draft(request) }
    ledger.environment.restaurants.invalidate(restaurant.id)
    try await sweep(request)
    let stored = try await ledger.read { store async throws(StoreError) in try await store.restaurant(restaurant.id) }
    guard let stored else { throw .notFound(kind: "restaurant", id: restaurant.id.rawValue) }
    return stored
  }

  private func draft(_ request: ChangeRequest) async throws(DeskError) -> DeskDraft {
    let stored = try await ledger.read { store async throws(StoreError) in
      try await store.restaurantRevision(restaurant.id)
    }
    if let expected = request.expectedVersion, expected != stored { throw .staleRestaurant(revision: stored ?? 0) }
    var draft = DeskDraft("desk.put_restaurant", resource: restaurant.id.rawValue)
    // Who changed the restaurant since the bookings were looked at makes them be looked at again.
    draft.unit.restaurant = RestaurantWrite(restaurant: restaurant, document: document, expectedRevision: stored)
    draft.unit.outbox = [ledger.floorMessage(restaurant.id)]
    let blocks = fileBlocks
    let affected = try await affected(by: blocks)
    if !affected.isEmpty, policy == .refuse || affected.contains(where: { $0.booking.status == .seated }) {
      throw .affected(affected.map(\.booking.id).sorted())
    }
    try await replaceBlocks(with: blocks, in: &draft)
    for (booking, reason) in affected {
      try ledger.takeTables(from: booking, reason: reason, request, context: context, in: &draft)
    }
    // A booking confirmed meanwhile may lie under a block of the file.
    draft.replans = true
    return draft
  }

  // MARK: - The file's own blocks

  private var groupPrefix: String { "file:\(restaurant.id):" }

  /// Blocks of the file as claims. What is past takes no table, and an old claim may lie there.
  private var fileBlocks: [Claim] {
    let now = ledger.houseNow.flooredToMinute
    return restaurant.floor.blocks.enumerated().filter { $1.window.end > now }.flatMap { number, block in
      let window = TimeWindow(start: max(block.window.start, now), end: block.window.end)
      return Set(block.tables).sorted().map {
        Claim(
          restaurantID: restaurant.id, table: $0, kind: .block, window: window, groupID: "\(groupPrefix)\(number)",
          note: block.reason)
      }
    }
  }

  private func replaceBlocks(with blocks: [Claim], in draft: inout DeskDraft) async throws(DeskError) {
    let old = try await ledger.read { store async throws(StoreError) in
      try await store.blocks(restaurant.id, after: .distantPast)
    }
    let groups = Set(old.compactMap(\.groupID).filter { $0.hasPrefix(groupPrefix) })
    draft.unit.releases += groups.sorted().map(ClaimRelease.block)
    draft.unit.releases += blocks.map { .holds(restaurant.id, $0.table, $0.window) }
    draft.unit.claims += blocks
  }

  // MARK: - Bookings that it touches

  /// Bookings to come whose tables disappear, or can no longer take them, and those under the file's blocks.
  private func affected(by blocks: [Claim]) async throws(DeskError) -> [(booking: Booking, reason: OutcomeReason)] {
    var result: [(Booking, OutcomeReason)] = []
    for booking in try await future() {
      if booking.status != .seated && !isLegal(booking) {
        result.append((booking, .floorChanged))
      } else if blocks.contains(where: { $0.isInTheWay(of: booking) }) {
        result.append((booking, .tableBlocked))
      }
    }
    return result
  }

  private func isLegal(_ booking: Booking) -> Bool {
    let check: Void? = try? context.floor.check(
      tables: booking.tables, party: booking.party, extraChairs: booking.mayUseExtraChairs,
      accessible: booking.wishes.needsAccessibleTable)
    // One that waits with its old tables for a new size need not fit them: they only must be there.
    let isThere = booking.tables.allSatisfy { context.floor.index(of: $0) != nil }
    return booking.state == .confirmed ? check != nil : isThere
  }

  /// Bookings that hold tables and have not ended.
  private func future() async throws(DeskError) -> [Booking] {
    let now = ledger.houseNow
    var query = BookingQuery()
    query.restaurantID = restaurant.id
    query.overlapping = TimeWindow(start: now, end: now.adding(minutes: 2 * DeskBounds.days * 1_440))
    query.statuses = [.pending, .confirmed, .seated]
    return try await ledger.allBookings(query).filter(\.holdsTables)
  }

  /// A booking that was confirmed on the old floor while the new one was being stored goes to review, whatever the policy:
  /// the file is stored, and nobody may be left with a table that is gone.
  private func sweep(_ request: ChangeRequest) async throws(DeskError) {
    let late = ChangeRequest(caller: request.caller)
    guard try await !lost().isEmpty else { return }
    _ = try await ledger.transact(late) { () async throws(DeskError) -> DeskDraft in
      var draft = DeskDraft("desk.sweep_floor", resource: restaurant.id.rawValue)
      for booking in try await lost() {
        try ledger.takeTables(from: booking, reason: .floorChanged, late, context: context, in: &draft)
      }
      return draft
    }
  }

  private func lost() async throws(DeskError) -> [Booking] {
    try await future().filter { $0.status != .seated && !isLegal($0) }
  }
}

extension Claim {
  fileprivate func isInTheWay(of booking: Booking) -> Bool {
    booking.tables.contains(table) && window.overlaps(booking.slot.block)
  }
}
