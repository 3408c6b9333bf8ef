public import AssignmentStore
public import BookingDomain

/// A booking as asked for.
public struct NewBooking: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var origin: BookingOrigin
  public var guest: Guest?
  public var party: Int
  public var start: Timestamp
  public var service: String?
  public var durationMinutes: Int?
  public var wishes: SeatingWishes
  /// Given by imports and replays; otherwise made here.
  public var id: BookingID?

  public init(
    restaurantID: RestaurantID, origin: BookingOrigin, guest: Guest?, party: Int, start: Timestamp,
    service: String? = nil, durationMinutes: Int? = nil, wishes: SeatingWishes = SeatingWishes(), id: BookingID? = nil
  ) {
    self.restaurantID = restaurantID
    self.origin = origin
    self.guest = guest
    self.party = party
    self.start = start
    self.service = service
    self.durationMinutes = durationMinutes
    self.wishes = wishes
    self.id = id
  }
}

/// What changes about a booking; nil leaves it.
public struct BookingChange: Sendable, Hashable {
  public enum OnNoTable: String, Sendable, Codable, CaseIterable {
    /// 409 with alternatives, nothing changed.
    case refuse
    /// The old tables stay claimed until a person decides.
    case review
  }

  public var party: Int?
  public var start: Timestamp?
  public var service: String?
  public var durationMinutes: Int?
  public var wishes: SeatingWishes?
  public var guest: Guest?
  public var onNoTable: OnNoTable

  public init(
    party: Int? = nil, start: Timestamp? = nil, service: String? = nil, durationMinutes: Int? = nil,
    wishes: SeatingWishes? = nil, guest: Guest? = nil, onNoTable: OnNoTable = .refuse
  ) {
    self.party = party
    self.start = start
    self.service = service
    self.durationMinutes = durationMinutes
    self.wishes = wishes
    self.guest = guest
    self.onNoTable = onNoTable
  }

  /// Whether the tables must be planned again.
  public var needsPlan: Bool {
    party != nil || start != nil || service != nil || durationMinutes != nil || wishes != nil
  }
}

/// A party at the door.
public struct NewWalkIn: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var party: Int
  public var guest: Guest?
  public var wishes: SeatingWishes
  public var durationMinutes: Int?
  /// Chosen by the host; empty lets the engine choose.
  public var tables: [TableNumber]

  public init(
    restaurantID: RestaurantID, party: Int, guest: Guest? = nil, wishes: SeatingWishes = SeatingWishes(),
    durationMinutes: Int? = nil, tables: [TableNumber] = []
  ) {
    self.restaurantID = restaurantID
    self.party = party
    self.guest = guest
    self.wishes = wishes
    self.durationMinutes = durationMinutes
    self.tables = tables
  }
}

/// A guest's hold before the booking.
public struct HoldRequest: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var party: Int
  public var start: Timestamp
  public var service: String?
  public var wishes: SeatingWishes

  public init(
    restaurantID: RestaurantID, party: Int, start: Timestamp, service: String? = nil,
    wishes: SeatingWishes = SeatingWishes()
  ) {
    self.restaurantID = restaurantID
    self.party = party
    self.start = start
    self.service = service
    self.wishes = wishes
  }
}

/// Tables taken out of use for a time.
public struct NewBlock: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var tables: [TableNumber]
  public var window: TimeWindow
  public var reason: String
  /// Moves the allocations in the way, or sends them to review, in the same transaction; false refuses with their list.
  public var displace: Bool

  public init(
    restaurantID: RestaurantID, tables: [TableNumber], window: TimeWindow, reason: String, displace: Bool = false
  ) {
    self.restaurantID = restaurantID
    self.tables = tables
    self.window = window
    self.reason = reason
    self.displace = displace
  }
}

/// A block as stored.
public struct TableBlock: Sendable, Hashable {
  public var id: String
  public var restaurantID: RestaurantID
  public var tables: [TableNumber]
  public var window: TimeWindow
  public var reason: String

  public init(id: String, restaurantID: RestaurantID, tables: [TableNumber], window: TimeWindow, reason: String) {
    self.id = id
    self.restaurantID = restaurantID
    self.tables = tables
    self.window = window
    self.reason = reason
  }
}

/// A start at which a party could be seated now.
public struct AvailableTime: Sendable, Hashable {
  public var start: Timestamp
  public var service: String?
  /// The best tables at the moment; no promise.
  public var tables: [TableNumber]
  public var spareSeats: Int
  /// How many other bookings would change tables for it, without anybody being asked; 0 where a table is free.
  public var moves: Int

  public init(start: Timestamp, service: String?, tables: [TableNumber], spareSeats: Int, moves: Int = 0) {
    self.start = start
    self.service = service
    self.tables = tables
    self.spareSeats = spareSeats
    self.moves = moves
  }
}

/// A booking in review with what could be done about it.
public struct ReviewItem: Sendable {
  public var booking: Booking
  /// When the alert is due.
  public var alertAt: Timestamp
  public var isAlerting: Bool
  /// Tables free for it now, best first, at most three.
  public var tables: [TableSuggestion]
  /// Other times that would work, nearest first, at most four.
  public var times: [AvailableTime]

  public init(
    booking: Booking, alertAt: Timestamp, isAlerting: Bool, tables: [TableSuggestion], times: [AvailableTime]
  ) {
    self.booking = booking
    self.alertAt = alertAt
    self.isAlerting = isAlerting
    self.tables = tables
    self.times = times
  }
}

/// Tables that a person may choose with one tap.
public struct TableSuggestion: Sendable, Hashable {
  public var tables: [TableNumber]
  public var spareSeats: Int
  /// Plain words.
  public var why: String
  /// Bookings that must change tables first; empty where the tables are free.
  public var moves: [DayMove]
  /// Buffers must be shortened: a squeeze, not a plain choice of tables.
  public var needsSqueeze: Bool

  public init(
    tables: [TableNumber], spareSeats: Int, why: String, moves: [DayMove] = [], needsSqueeze: Bool = false
  ) {
    self.tables = tables
    self.spareSeats = spareSeats
    self.why = why
    self.moves = moves
    self.needsSqueeze = needsSqueeze
  }
}

/// A booking that gives up its tables for another one.
public struct RoomMove: Sendable, Hashable {
  public var bookingID: BookingID
  /// Where it goes.
  public var tables: [TableNumber]

  public init(bookingID: BookingID, tables: [TableNumber]) {
    self.bookingID = bookingID
    self.tables = tables
  }
}

/// A booking whose table may still be taken when it comes.
public struct RiskNote: Sendable, Hashable {
  public var bookingID: BookingID
  /// The seated party that runs over.
  public var causedBy: BookingID
  /// A move that would help; empty if there is none.
  public var suggestedTables: [TableNumber]

  public init(bookingID: BookingID, causedBy: BookingID, suggestedTables: [TableNumber]) {
    self.bookingID = bookingID
    self.causedBy = causedBy
    self.suggestedTables = suggestedTables
  }
}

/// Why a booking has the tables that it has.
public struct TableExplanation: Sendable {
  public var bookingID: BookingID
  public var tables: [TableNumber]
  public var strategy: StrategyName?
  public var decisionID: String?
  /// Plain words, one sentence or more.
  public var text: String
  /// The stored decision record, a JSON object; nil when a person chose.
  public var decision: String?

  public init(
    bookingID: BookingID, tables: [TableNumber], strategy: StrategyName?, decisionID: String?, text: String,
    decision: String?
  ) {
    self.bookingID = bookingID
    self.tables = tables
    self.strategy = strategy
    self.decisionID = decisionID
    self.text = text
    self.decision = decision
  }
}
