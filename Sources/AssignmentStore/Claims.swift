public import BookingDomain

/// A row of `table_claims`: a table that is taken for a block window.
public struct Claim: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable { case hold, allocation, block }

  public var restaurantID: RestaurantID
  public var table: TableNumber
  public var kind: Kind
  public var window: TimeWindow
  /// The booking of an allocation; nil for others.
  public var bookingID: BookingID?
  /// The hold or block that the row belongs to; nil for an allocation.
  public var groupID: String?
  /// When a hold is dead; nil for others.
  public var expiresAt: Timestamp?
  /// Why a block was set.
  public var note: String?

  public init(
    restaurantID: RestaurantID, table: TableNumber, kind: Kind, window: TimeWindow, bookingID: BookingID? = nil,
    groupID: String? = nil, expiresAt: Timestamp? = nil, note: String? = nil
  ) {
    self.restaurantID = restaurantID
    self.table = table
    self.kind = kind
    self.window = window
    self.bookingID = bookingID
    self.groupID = groupID
    self.expiresAt = expiresAt
    self.note = note
  }

  /// The allocation rows of a booking, one for each table.
  public static func allocations(of booking: Booking, window: TimeWindow) -> [Claim] {
    booking.tables.map {
      Claim(
        restaurantID: booking.restaurantID, table: $0, kind: .allocation, window: window, bookingID: booking.id)
    }
  }
}

/// Which claims go away.
public enum ClaimRelease: Sendable, Hashable {
  case allocations(BookingID)
  case hold(String)
  case block(String)
  /// Live and dead holds on a table that overlap a window; a block takes them away.
  case holds(RestaurantID, TableNumber, TimeWindow)
}

/// A change of the window of a booking's claims, for all of its tables.
public struct ClaimResize: Sendable, Hashable {
  public var bookingID: BookingID
  public var window: TimeWindow

  public init(bookingID: BookingID, window: TimeWindow) {
    self.bookingID = bookingID
    self.window = window
  }
}

/// A guest's hold becomes the allocation of a booking; every table's row must still be live.
public struct HoldConversion: Sendable, Hashable {
  public var holdID: String
  public var bookingID: BookingID
  public var tables: [TableNumber]

  public init(holdID: String, bookingID: BookingID, tables: [TableNumber]) {
    self.holdID = holdID
    self.bookingID = bookingID
    self.tables = tables
  }
}

/// A hold as its guest sees it.
public struct Hold: Sendable, Hashable {
  public var id: String
  public var restaurantID: RestaurantID
  public var tables: [TableNumber]
  public var party: Int
  public var slot: ServiceSlot
  public var wishes: SeatingWishes
  /// The API key, or address, that it counts against.
  public var caller: String
  public var expiresAt: Timestamp

  public init(
    id: String, restaurantID: RestaurantID, tables: [TableNumber], party: Int, slot: ServiceSlot,
    wishes: SeatingWishes, caller: String, expiresAt: Timestamp
  ) {
    self.id = id
    self.restaurantID = restaurantID
    self.tables = tables
    self.party = party
    self.slot = slot
    self.wishes = wishes
    self.caller = caller
    self.expiresAt = expiresAt
  }
}

/// A new hold; its life is counted from the database's clock.
public struct NewHold: Sendable, Hashable {
  public var hold: Hold
  public var ttl: Duration
  /// Live holds that the caller may have, this one included.
  public var limit: Int

  public init(hold: Hold, ttl: Duration, limit: Int) {
    self.hold = hold
    self.ttl = ttl
    self.limit = limit
  }
}
