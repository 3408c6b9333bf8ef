import AssignmentStore
public import BookingDomain

extension LiveBookingDesk {
  public func squeeze(
    _ id: BookingID, onto tables: [TableNumber], _ request: ChangeRequest
  ) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      guard booking.status.isLive else { throw .ended(booking.status) }
      let context = try await ledger.restaurant(booking.restaurantID)
      let chosen = try ledger.checkChoice(
        tables, party: booking.party, wishes: booking.wishes, context: context, request.caller)
      let squeeze = try await Squeeze(ledger: ledger, booking: booking, tables: chosen, context: context)
      return try await squeeze.draft(request)
    }
  }
}

/// Shortens buffers, the booking's own before its neighbours', until windows on the chosen tables do not overlap.
/// Nobody's dining window is touched.
struct Squeeze: Sendable {
  private let ledger: DeskLedger
  private let booking: Booking
  private let tables: [TableNumber]
  private let context: RestaurantContext
  /// The booking's block window once squeezed.
  private var block: TimeWindow
  /// Neighbours with their shortened windows.
  private var shortened: [(booking: Booking, window: TimeWindow)] = []

  init(
    ledger: DeskLedger, booking: Booking, tables: [TableNumber], context: RestaurantContext
  ) async throws(DeskError) {
    self.ledger = ledger
    self.booking = booking
    self.tables = tables
    self.context = context
    let buffers = context.restaurant.buffers
    block = booking.slot.dining.widened(beforeMinutes: buffers.beforeMinutes, afterMinutes: buffers.afterMinutes)
    if booking.status == .seated { block.start = booking.slot.block.start }
    let claims = try await ledger.reading(context, around: block, excluding: booking.id).claims
    let inTheWay = claims.filter { tables.contains($0.table) && $0.window.overlaps(block) }
    for claim in inTheWay { try await giveWay(to: claim) }
  }

  /// What must stay claimed.
  private var core: TimeWindow {
    var core = booking.slot.dining
    if booking.status == .seated { core.start = min(core.start, block.start) }
    return core
  }

  private mutating func giveWay(to claim: Claim) async throws(DeskError) {
    let (neighbour, theirs) = try await owner(of: claim)
    guard !theirs.overlaps(core) else { throw .tableTaken(claim.table) }
    if theirs.end <= core.start {
      block.start = max(block.start, min(claim.window.end, core.start))
      if let neighbour, claim.window.end > core.start {
        shorten(neighbour, to: TimeWindow(start: claim.window.start, end: core.start))
      }
    } else {
      block.end = min(block.end, max(claim.window.start, core.end))
      if let neighbour, claim.window.start < core.end {
        shorten(neighbour, to: TimeWindow(start: core.end, end: claim.window.end))
      }
    }
  }

  /// Whose claim it is, and the part of it that cannot be shortened: for a party its dining window, for blocks, holds, and
  /// bookings whose time is being changed, all of it.
  private func owner(of claim: Claim) async throws(DeskError) -> (Booking?, TimeWindow) {
    guard let id = claim.bookingID,
      let neighbour = try await ledger.read({ store async throws(StoreError) in try await store.booking(id) }),
      neighbour.state == .confirmed
    else { return (nil, claim.window) }
    let dining = neighbour.slot.dining
    let seatedEarly = neighbour.status == .seated && claim.window.start < dining.start
    let start = seatedEarly ? claim.window.start : max(dining.start, claim.window.start)
    return (neighbour, TimeWindow(start: start, end: max(start, min(dining.end, claim.window.end))))
  }

  /// One neighbour may be met on several tables, and on both sides of none.
  private mutating func shorten(_ neighbour: Booking, to window: TimeWindow) {
    guard let index = shortened.firstIndex(where: { $0.booking.id == neighbour.id }) else {
      shortened.append((neighbour, window))
      return
    }
    let known = shortened[index].window
    shortened[index].window = TimeWindow(start: max(known.start, window.start), end: min(known.end, window.end))
  }

  func draft(_ request: ChangeRequest) async throws(DeskError) -> DeskDraft {
    var metadata = Self.buffers(of: booking.slot.dining, in: block)
    if !shortened.isEmpty {
      metadata["neighbours"] = shortened.map(\.booking.id.rawValue).sorted().joined(separator: ",")
    }
    let choice = PersonsChoice(tables: tables, block: block, cause: "squeeze", metadata: metadata)
    var draft = try await ledger.place(booking, on: choice, request, context: context)
    for (neighbour, window) in shortened {
      var mutation = BookingMutation(neighbour)
      mutation.edit { $0.slot.block = window }
      let told = Self.buffers(of: neighbour.slot.dining, in: window).merging(["squeezed_by": booking.id.rawValue]) {
        given, _ in given
      }
      mutation.touch(cause: "squeeze", metadata: told, context: ledger.person(request))
      draft.mutations.append(mutation)
      draft.unit.resizes.append(ClaimResize(bookingID: neighbour.id, window: window))
    }
    return draft
  }

  /// For history rows: what is left of the buffers.
  private static func buffers(of dining: TimeWindow, in block: TimeWindow) -> [String: String] {
    let before = dining.start.since(block.start).components.seconds / 60
    let after = block.end.since(dining.end).components.seconds / 60
    return ["buffer_before_minutes": "\(max(0, before))", "buffer_after_minutes": "\(max(0, after))"]
  }
}
