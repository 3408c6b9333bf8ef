public import BookingDomain

/// Everything that one transaction writes; applied whole or not at all, in the order of its properties.
public struct WriteUnit: Sendable {
  /// What it does, for diagnostics and fault points, for example `coordinator.confirm`.
  public var label: String
  /// Leases that must still carry their tokens, else ``StoreError/leaseLost(_:)``.
  public var fences: [Fence] = []
  /// The flags must still be of this epoch, else ``StoreError/flagsChanged``.
  public var flagsEpoch: Int64?
  /// The restaurant must still be of this revision, else ``StoreError/staleRestaurant(_:)``.
  public var restaurantRevision: RestaurantRevision?
  /// Committed with the change; ``StoreError/idempotencyConflict`` if the key is already there.
  public var idempotency: IdempotencyRecord?
  /// The interval must have room for the party, else ``StoreError/pacingExceeded``.
  public var pacing: PacingGuard?
  /// Bookings whose lease, permit and running job are taken from whoever has them; the token rises.
  public var takeOver: [BookingID] = []
  /// A permit to take, else ``StoreError/noPermit(_:)``.
  public var permit: PermitRequest?
  /// A permit must be free and nobody in line, else ``StoreError/noPermit(_:)``; none is taken.
  public var turn: TurnGuard?
  public var releases: [ClaimRelease] = []
  public var resizes: [ClaimResize] = []
  /// Refused with ``StoreError/staleVersion(_:)`` unless each row has the version that was read.
  public var bookings: [BookingMutation] = []
  public var holdConversion: HoldConversion?
  /// Overlapping dead holds are deleted first; written in order of table id.
  public var claims: [Claim] = []
  public var newHold: NewHold?
  public var attempts: [AttemptRow] = []
  public var events: [ObservabilityEvent] = []
  public var decisions: [StoredDecision] = []
  public var notices: [NewNotice] = []
  /// Bookings whose notices that are not yet due are withdrawn; those of this unit stay.
  public var withdrawNotices: [BookingID] = []
  public var outbox: [OutboxMessage] = []
  public var jobs: [JobChange] = []
  public var restaurant: RestaurantWrite?
  public var dayPlan: DayPlanWrite?
  /// Days to look at again; one that is asked for already takes the new cause and time.
  public var replans: [Replan] = []
  /// A day that has been looked at; stays if it was asked for again meanwhile.
  public var settledReplan: Replan?
  /// Bookings whose permit is given back; the longest waiting job of the restaurant is made ready.
  public var releasePermits: [BookingID] = []
  /// Leases to give back.
  public var releaseLeases: [Fence] = []

  public init(label: String) { self.label = label }
}

/// Room that a pacing interval must still have, judged in the transaction that takes it, so that two bookings at once
/// cannot both have the last of it. What counts is what ``BookingReading/pacingLoad(_:interval:excluding:)`` counts.
public struct PacingGuard: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var interval: TimeWindow
  public var excluding: BookingID
  /// Room for all parties; nil is no limit.
  public var covers: Int?
  /// Room for guests' parties; nil where it does not matter.
  public var coversOnline: Int?
  public var parties: Int?

  public init(
    restaurantID: RestaurantID, interval: TimeWindow, excluding: BookingID, covers: Int?, coversOnline: Int?,
    parties: Int?
  ) {
    self.restaurantID = restaurantID
    self.interval = interval
    self.excluding = excluding
    self.covers = covers
    self.coversOnline = coversOnline
    self.parties = parties
  }

  /// Whether the load that is there leaves the room.
  /// - Parameter load: without the booking itself; the limits are what may already be there at most.
  public func admits(_ load: StartLoad) -> Bool {
    load.covers <= covers ?? .max && load.coversOnline <= coversOnline ?? .max && load.parties <= parties ?? .max
  }
}

/// One of a restaurant's permits, for one booking.
public struct PermitRequest: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var bookingID: BookingID
  public var owner: String
  /// So many at once.
  public var limit: Int
  public var ttl: Duration

  public init(restaurantID: RestaurantID, bookingID: BookingID, owner: String, limit: Int, ttl: Duration) {
    self.restaurantID = restaurantID
    self.bookingID = bookingID
    self.owner = owner
    self.limit = limit
    self.ttl = ttl
  }
}

/// For a booking that begins and ends in one transaction, so that nobody ever sees it with a permit: what it would need to
/// get one at once.
public struct TurnGuard: Sendable, Hashable {
  public var restaurantID: RestaurantID
  /// Live permits of the restaurant must be fewer.
  public var limit: Int

  public init(restaurantID: RestaurantID, limit: Int) {
    self.restaurantID = restaurantID
    self.limit = limit
  }
}

/// The revision of a restaurant that a decision was made on.
public struct RestaurantRevision: Sendable, Hashable {
  public var id: RestaurantID
  public var revision: Int

  public init(id: RestaurantID, revision: Int) {
    self.id = id
    self.revision = revision
  }
}

/// A restaurant to store.
public struct RestaurantWrite: Sendable {
  public var restaurant: Restaurant
  /// The file's text, stored as it is.
  public var document: [UInt8]
  /// Nil creates or replaces whatever is there.
  public var expectedRevision: Int?

  public init(restaurant: Restaurant, document: [UInt8], expectedRevision: Int?) {
    self.restaurant = restaurant
    self.document = document
    self.expectedRevision = expectedRevision
  }
}

/// A notice to be sent once its time has come, unless it is withdrawn before.
public struct NewNotice: Sendable, Hashable {
  public var id: String
  public var bookingID: BookingID
  public var restaurantID: RestaurantID
  public var version: Int
  public var kind: NoticeKind
  /// From the database's clock.
  public var delay: Duration

  public init(
    id: String, bookingID: BookingID, restaurantID: RestaurantID, version: Int, kind: NoticeKind, delay: Duration
  ) {
    self.id = id
    self.bookingID = bookingID
    self.restaurantID = restaurantID
    self.version = version
    self.kind = kind
    self.delay = delay
  }
}

/// A message to live subscribers; `payload` is a JSON object without personal data.
public struct OutboxMessage: Sendable, Hashable {
  /// In place of a restaurant: for the subscribers of all.
  public static let everyRestaurant: RestaurantID = ""

  public var topic: String
  public var restaurantID: RestaurantID
  public var bookingID: BookingID?
  public var payload: String
  public var createdAt: Timestamp

  public init(
    topic: String, restaurantID: RestaurantID, bookingID: BookingID?, payload: String, createdAt: Timestamp
  ) {
    self.topic = topic
    self.restaurantID = restaurantID
    self.bookingID = bookingID
    self.payload = payload
    self.createdAt = createdAt
  }

  /// Whether a restaurant's subscribers are told.
  public func concerns(_ id: RestaurantID) -> Bool { restaurantID == id || restaurantID == Self.everyRestaurant }
}

/// A decision record of the engine, as JSON without personal data.
public struct StoredDecision: Sendable, Hashable {
  public var id: String
  public var restaurantID: RestaurantID
  public var bookingID: BookingID
  public var document: String
  public var createdAt: Timestamp

  public init(
    id: String, restaurantID: RestaurantID, bookingID: BookingID, document: String, createdAt: Timestamp
  ) {
    self.id = id
    self.restaurantID = restaurantID
    self.bookingID = bookingID
    self.document = document
    self.createdAt = createdAt
  }
}

/// A request that must not act twice.
public struct IdempotencyRecord: Sendable, Hashable {
  /// The API key's id, or `open`.
  public var scope: String
  public var key: String
  /// Hash of method, path and body.
  public var fingerprint: String
  /// What the request made, to render an answer that was not stored.
  public var resource: String?
  /// The answer, once it is known.
  public var response: StoredResponse?
  public var createdAt: Timestamp

  public init(
    scope: String, key: String, fingerprint: String, resource: String?, response: StoredResponse?,
    createdAt: Timestamp
  ) {
    self.scope = scope
    self.key = key
    self.fingerprint = fingerprint
    self.resource = resource
    self.response = response
    self.createdAt = createdAt
  }
}

/// An HTTP answer as kept for replays.
public struct StoredResponse: Sendable, Hashable {
  public var status: Int
  public var headers: [String: String]
  public var body: [UInt8]

  public init(status: Int, headers: [String: String], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
