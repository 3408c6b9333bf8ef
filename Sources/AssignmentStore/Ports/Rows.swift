public import BookingDomain

/// Which bookings to list.
public struct BookingQuery: Sendable, Hashable {
  public var restaurantID: RestaurantID?
  /// Dining starts within.
  public var startsWithin: TimeWindow?
  /// Block window overlaps.
  public var overlapping: TimeWindow?
  /// Block window ends within.
  public var endsWithin: TimeWindow?
  /// Empty means any.
  public var statuses: Set<BookingStatus> = []
  /// Empty means any.
  public var states: Set<AssignmentState> = []
  /// Only those whose review deadline is before this time.
  public var reviewDeadlineBefore: Timestamp?
  public var order: Order = .byStart
  /// Continue after this booking, in the same order.
  public var after: BookingID?
  /// 1…1,000.
  public var limit: Int = 100

  public enum Order: Sendable, Hashable {
    /// Start, then id.
    case byStart
    /// Review deadline (none last), then start, then id.
    case byUrgency
  }

  public init() {}
}

/// Parties and covers that start in one interval.
public struct StartLoad: Sendable, Hashable {
  public var covers: Int
  /// Those made by guests.
  public var coversOnline: Int
  public var parties: Int

  public init(covers: Int = 0, coversOnline: Int = 0, parties: Int = 0) {
    self.covers = covers
    self.coversOnline = coversOnline
    self.parties = parties
  }
}

/// How often a set of tables was confirmed for a party.
public struct PastSuccessRow: Sendable, Hashable {
  public var party: Int
  public var tables: [TableNumber]
  public var count: Int

  public init(party: Int, tables: [TableNumber], count: Int) {
    self.party = party
    self.tables = tables
    self.count = count
  }
}

/// The floor of one restaurant over a span.
public struct FloorState: Sendable {
  /// Allocations, live holds and blocks that overlap the span.
  public var claims: [Claim]
  public var waiting: [Waiting]

  /// A booking that wants a table in the span and has none yet.
  public struct Waiting: Sendable, Hashable {
    public var bookingID: BookingID
    public var party: Int
    public var block: TimeWindow

    public init(bookingID: BookingID, party: Int, block: TimeWindow) {
      self.bookingID = bookingID
      self.party = party
      self.block = block
    }
  }

  public init(claims: [Claim], waiting: [Waiting]) {
    self.claims = claims
    self.waiting = waiting
  }
}

/// A restaurant as stored.
public struct StoredRestaurant: Sendable {
  public var restaurant: Restaurant
  /// Raised with every change.
  public var revision: Int
  public var updatedAt: Timestamp

  public init(restaurant: Restaurant, revision: Int, updatedAt: Timestamp) {
    self.restaurant = restaurant
    self.revision = revision
    self.updatedAt = updatedAt
  }
}

/// Which events to list, oldest first.
public struct EventQuery: Sendable, Hashable {
  public var bookingID: BookingID?
  public var restaurantID: RestaurantID?
  public var source: EventSource?
  public var type: String?
  public var since: Timestamp?
  /// Events older than this only.
  public var before: Timestamp?
  /// Events with a higher id only.
  public var afterID: Int64?
  /// The last so many instead of the first.
  public var latest: Bool = false
  public var limit: Int = 100

  public init() {}
}

/// An event with its place in the log.
public struct StoredEvent: Sendable, Hashable {
  public var id: Int64
  public var event: ObservabilityEvent

  public init(id: Int64, event: ObservabilityEvent) {
    self.id = id
    self.event = event
  }
}

/// An outbox message with its place in line.
public struct StoredOutboxMessage: Sendable, Hashable {
  public var id: Int64
  public var message: OutboxMessage

  public init(id: Int64, message: OutboxMessage) {
    self.id = id
    self.message = message
  }
}

/// A notice as stored.
public struct Notice: Sendable, Hashable {
  public enum Status: String, Sendable, Codable { case pending, delivered, withdrawn }

  public var id: String
  public var bookingID: BookingID
  public var restaurantID: RestaurantID
  public var version: Int
  public var kind: NoticeKind
  public var status: Status
  public var dueAt: Timestamp
  public var deliveries: Int
  /// The booking's; for the receiver to go on with.
  public var trace: TraceID?

  public init(
    id: String, bookingID: BookingID, restaurantID: RestaurantID, version: Int, kind: NoticeKind, status: Status,
    dueAt: Timestamp, deliveries: Int, trace: TraceID? = nil
  ) {
    self.id = id
    self.bookingID = bookingID
    self.restaurantID = restaurantID
    self.version = version
    self.kind = kind
    self.status = status
    self.dueAt = dueAt
    self.deliveries = deliveries
    self.trace = trace
  }
}

/// What a process does for the others.
public enum InstanceRole: String, Sendable, Codable, CaseIterable {
  /// Serves the HTTP API, and leaves the work to others.
  case web
  /// Works on bookings, and serves nothing but its health.
  case worker
  case all

  public var works: Bool { self != .web }
  public var serves: Bool { self != .worker }
}

/// A running process, as others see it.
public struct InstanceRecord: Sendable, Hashable {
  public var id: String
  public var host: String
  public var role: InstanceRole
  /// Of the program.
  public var version: String
  /// What its environment says.
  public var flags: FlagSettings
  public var startedAt: Timestamp
  /// A person asked it to take no more work; a heartbeat leaves that as it is.
  public var isDraining: Bool
  /// Of the flags that it heeds; 0 for one that does not say.
  public var flagsEpoch: Int64

  public init(
    id: String, host: String, role: InstanceRole = .all, version: String = "", flags: FlagSettings,
    startedAt: Timestamp, isDraining: Bool = false, flagsEpoch: Int64 = 0
  ) {
    self.id = id
    self.host = host
    self.role = role
    self.version = version
    self.flags = flags
    self.startedAt = startedAt
    self.isDraining = isDraining
    self.flagsEpoch = flagsEpoch
  }
}

/// A process that has been there, and when it was last heard of.
public struct SeenInstance: Sendable, Hashable {
  public var record: InstanceRecord
  /// Time since its last heartbeat.
  public var silence: Duration

  public init(record: InstanceRecord, silence: Duration) {
    self.record = record
    self.silence = silence
  }

  /// Without a heartbeat for longer an instance is taken for dead; 10 seconds.
  public static let patience = Duration.seconds(10)
}

/// An API key; the secret itself is never stored.
public struct APIKeyRecord: Sendable, Hashable {
  public var id: String
  public var name: String
  public var role: Role
  /// Empty means all.
  public var restaurants: [RestaurantID]
  /// SHA-256 of the secret, hexadecimal.
  public var hash: String
  public var createdAt: Timestamp
  public var revokedAt: Timestamp?

  public init(
    id: String, name: String, role: Role, restaurants: [RestaurantID], hash: String, createdAt: Timestamp,
    revokedAt: Timestamp? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.restaurants = restaurants
    self.hash = hash
    self.createdAt = createdAt
    self.revokedAt = revokedAt
  }
}

/// Counts of what must never happen (§4).
public struct InvariantReport: Sendable, Hashable, Codable {
  public var overlappingClaims = 0
  public var confirmedWithoutTables = 0
  public var confirmedWithTooFewSeats = 0
  /// Combinations across zones, of fixed tables, or not connected; filled in by code that knows the floor.
  public var impossibleCombinations = 0
  /// Versions without a history row, or a state that is not the last row's.
  public var historyGaps = 0
  public var duplicateNotices = 0
  /// Confirmed bookings without their notice.
  public var missingNotices = 0
  /// Bookings that automatic work has neither ended nor a job for.
  public var lostBookings = 0

  public init() {}

  public var total: Int {
    overlappingClaims + confirmedWithoutTables + confirmedWithTooFewSeats + impossibleCombinations + historyGaps
      + duplicateNotices + missingNotices + lostBookings
  }
}
