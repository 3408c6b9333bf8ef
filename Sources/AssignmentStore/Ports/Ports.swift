public import BookingDomain

/// Everything that the pipeline needs of a database. A store implements it whole; users take the narrowest port.
public typealias AssignmentStore = BookingReading & BreakerStore & ClaimReading & DatabaseInspection & DayPlanStore
  & DecisionReading & EventLog & FigureReading & FlagStore & IdempotencyStore & JobQueue & KeyStore & LeaseStore
  & MaintenanceStore
  & NoticeStore & OutboxReading & QueryRunning & RestaurantReading & RolloutFigureReading
  & RolloutStore & ShadowStore & StoreClock & UnitOfWork

/// The database's clock: it alone says when leases, holds, jobs and notices are due.
public protocol StoreClock: Sendable {
  func storeNow() async throws(StoreError) -> Timestamp
}

/// The one way to change bookings.
public protocol UnitOfWork: Sendable {
  /// Applies a unit in one durable transaction.
  /// - Throws: the ``StoreError`` that made it roll back; then nothing of it is stored.
  func commit(_ unit: WriteUnit) async throws(StoreError)
}

public protocol BookingReading: Sendable {
  func booking(_ id: BookingID) async throws(StoreError) -> Booking?
  func bookings(_ query: BookingQuery) async throws(StoreError) -> [Booking]
  /// Oldest first.
  func history(of id: BookingID) async throws(StoreError) -> [HistoryRow]
  /// Oldest first.
  func attempts(of id: BookingID) async throws(StoreError) -> [AttemptRow]
  /// What starts within an interval: past `created`, not cancelled, no walk-ins, without the booking itself. A booking
  /// counts from the transaction that verified it, so that a crowd that arrives at once is let in up to the limit.
  func pacingLoad(
    _ id: RestaurantID, interval: TimeWindow, excluding: BookingID?
  ) async throws(StoreError) -> StartLoad
  /// How often table sets were confirmed for a party size since a time, most often first, at most 500 rows.
  func pastSuccess(_ id: RestaurantID, since: Timestamp) async throws(StoreError) -> [PastSuccessRow]
}

extension BookingReading {
  /// Every booking that a query finds, read in pages.
  public func allBookings(_ query: BookingQuery) async throws(StoreError) -> [Booking] {
    var query = query
    query.limit = 1_000
    var result: [Booking] = []
    while true {
      let page = try await bookings(query)
      result += page
      guard page.count == query.limit, let last = page.last else { return result }
      query.after = last.id
    }
  }

  /// The bookings of a service date, by start.
  public func bookings(of restaurant: Restaurant, servedOn date: LocalDate) async throws(StoreError) -> [Booking] {
    let calendar = restaurant.calendar
    var query = BookingQuery()
    query.restaurantID = restaurant.id
    // A service may begin the evening before and run past midnight.
    query.startsWithin = TimeWindow(start: calendar.day(date).start, end: calendar.day(date.adding(days: 1)).end)
    return try await allBookings(query).filter { $0.slot.serviceDate == date }
  }
}

public protocol ClaimReading: Sendable {
  /// What the engine must know of a span: live claims, and bookings that still wait for a table. One consistent read.
  func floorState(_ id: RestaurantID, span: TimeWindow) async throws(StoreError) -> FloorState
  func claims(of booking: BookingID) async throws(StoreError) -> [Claim]
  /// A live hold.
  func hold(_ id: String) async throws(StoreError) -> Hold?
  /// Claims of kind block that end after a time, in order of start.
  func blocks(_ id: RestaurantID, after: Timestamp) async throws(StoreError) -> [Claim]
}

public protocol LeaseStore: Sendable {
  func acquireLease(
    _ name: String, owner: String, ttl: Duration
  ) async throws(StoreError) -> LeaseAttempt
  /// Extends leases, and the permits and running jobs of the same bookings, that still carry their tokens.
  /// - Returns: those that do not: they are lost.
  func extendLeases(_ fences: [Fence], ttl: Duration) async throws(StoreError) -> [Fence]
  func releaseLease(_ fence: Fence) async throws(StoreError)
}

public protocol JobQueue: Sendable {
  /// Takes ready jobs in fair turns among restaurants, marks them as running, and takes the leases of their bookings.
  func claimJobs(_ request: JobClaimRequest) async throws(StoreError) -> [Job]
  /// When the next job that now waits is due; nil if none does.
  func nextJobDue() async throws(StoreError) -> Timestamp?
  func job(of id: BookingID) async throws(StoreError) -> Job?
  /// Gives a running job back as it was, under no lease.
  func returnJob(_ id: BookingID, owner: String, after: Duration) async throws(StoreError)
  /// Makes ready: running jobs whose worker is dead, parked jobs whose permits are free.
  /// - Returns: how many.
  func reviveJobs() async throws(StoreError) -> Int
  /// Bookings past their state's deadline. Left out are those that wait for a permit: parked jobs, and those in line
  /// behind a live permit or running job of their restaurant.
  func overdueJobs(limit: Int) async throws(StoreError) -> [OverdueJob]
  /// Pushes all state deadlines out, after an outage of storage in which they must not have run.
  func extendDeadlines(by outage: Duration) async throws(StoreError)
  func queueDepth() async throws(StoreError) -> QueueDepth
  /// Bookings that have a job, in order of id, after a cursor: what the automatic work has not ended.
  func unfinishedBookings(after: BookingID?, limit: Int) async throws(StoreError) -> [Booking]
}

public protocol RestaurantReading: Sendable {
  func restaurant(_ id: RestaurantID) async throws(StoreError) -> StoredRestaurant?
  /// In order of id, after a cursor.
  func restaurants(after: RestaurantID?, limit: Int) async throws(StoreError) -> [StoredRestaurant]
  /// All ids, in order.
  func restaurantIDs() async throws(StoreError) -> [RestaurantID]
  /// The revision now, for caches.
  func restaurantRevision(_ id: RestaurantID) async throws(StoreError) -> Int?
}

public protocol EventLog: Sendable {
  func append(_ events: [ObservabilityEvent]) async throws(StoreError)
  func events(_ query: EventQuery) async throws(StoreError) -> [StoredEvent]
}

public protocol OutboxReading: Sendable {
  /// Messages after an id, in order.
  func outbox(after id: Int64, limit: Int) async throws(StoreError) -> [StoredOutboxMessage]
  func latestOutboxID() async throws(StoreError) -> Int64
}

public protocol NoticeStore: Sendable {
  /// Takes due notices for delivery; others may take them again after the time-out.
  func claimNotices(owner: String, limit: Int, ttl: Duration) async throws(StoreError) -> [Notice]
  func markDelivered(_ id: String) async throws(StoreError)
  func postponeNotice(_ id: String, after: Duration) async throws(StoreError)
  func notices(of booking: BookingID) async throws(StoreError) -> [Notice]
}

public protocol DecisionReading: Sendable {
  func decision(_ id: String) async throws(StoreError) -> StoredDecision?
}

public protocol FlagStore: Sendable {
  /// Raised with every change of the flags.
  func flagsEpoch() async throws(StoreError) -> Int64
  /// Publishes what this instance's environment says, with its heartbeat.
  func publishInstance(_ instance: InstanceRecord) async throws(StoreError)
  func removeInstance(_ id: String) async throws(StoreError)
  /// Instances whose heartbeat is younger than `age`.
  func liveInstances(within age: Duration) async throws(StoreError) -> [InstanceRecord]
  /// Every instance that has not taken itself off, in order of its start.
  func instances() async throws(StoreError) -> [SeenInstance]
  /// Asks an instance to take no more work, or to take work again.
  /// - Returns: false if there is none of that id.
  func drainInstance(_ id: String, _ drains: Bool) async throws(StoreError) -> Bool
  /// What is set for all instances: flags in order of name, then restaurants in order of id.
  func flagOverrides() async throws(StoreError) -> [FlagOverride]
  /// Sets flags, in place of what they were set to before, raises the epoch and writes the events that tell of it: one
  /// transaction. What waits of a restaurant that it pauses is parked, and made ready where a restaurant is no longer paused.
  func setFlags(_ overrides: [FlagOverride], events: [ObservabilityEvent]) async throws(StoreError)
  /// Lets a flag go, with the epoch and the event in the same transaction.
  /// - Returns: false if it was not set; then nothing is written.
  func clearFlag(_ key: FlagKey, event: ObservabilityEvent) async throws(StoreError) -> Bool
}

/// What shadow finds. Its writes share no transaction with those that decide bookings.
public protocol ShadowStore: Sendable {
  /// Writes a batch in a transaction of its own.
  func appendShadow(_ batch: ShadowBatch) async throws(StoreError)
  /// - Returns: nil where a booking was not compared.
  func shadowComparison(
    of id: BookingID, in restaurant: RestaurantID
  ) async throws(StoreError) -> ShadowComparison?
}

public protocol BreakerStore: Sendable {
  /// Every breaker that is forced, in order of name.
  func breakerOverrides() async throws(StoreError) -> [BreakerOverride]
  /// Forces a breaker, in place of what it was forced to before, and writes the event that tells of it: one transaction.
  func forceBreaker(_ override: BreakerOverride, event: ObservabilityEvent) async throws(StoreError)
  /// Lets go of a breaker, with its event in the same transaction.
  /// - Returns: false if it was not forced; then no event is written.
  func releaseBreaker(_ name: String, event: ObservabilityEvent) async throws(StoreError) -> Bool
  /// Notes that breakers are open: how long they were, and are, is measured by that.
  func noteOpenBreakers(_ openings: [BreakerOpening], at now: Timestamp) async throws(StoreError)
}

public protocol IdempotencyStore: Sendable {
  func idempotencyRecord(scope: String, key: String) async throws(StoreError) -> IdempotencyRecord?
  /// Stores or completes a record with its answer; keeps the first fingerprint.
  func saveIdempotency(_ record: IdempotencyRecord) async throws(StoreError)
}

public protocol KeyStore: Sendable {
  func createKey(_ key: APIKeyRecord) async throws(StoreError)
  func keys() async throws(StoreError) -> [APIKeyRecord]
  func key(hash: String) async throws(StoreError) -> APIKeyRecord?
  func revokeKey(id: String, at: Timestamp) async throws(StoreError) -> Bool
}

public protocol MaintenanceStore: Sendable {
  /// Deletes holds that are dead; at most `limit`.
  func reapDeadHolds(limit: Int) async throws(StoreError) -> Int
  /// Deletes what of a kind is older than a time, at most `limit`, in one transaction. The newest event and the newest
  /// message stay, so that ids go on rising.
  /// - Throws: ``StoreError/invalid(_:)`` for events younger than a day, where the database has a role of its own for that.
  func prune(_ kind: PrunedKind, before: Timestamp, limit: Int) async throws(StoreError) -> Int
  /// How many ``prune(_:before:limit:)`` would delete in all.
  func prunable(_ kind: PrunedKind, before: Timestamp) async throws(StoreError) -> Int
  /// Deletes ended leases and dead permits, at most `limit`, and instances that have been silent for a day.
  func pruneEnded(limit: Int) async throws(StoreError) -> Int
  /// What an operator must be able to believe; all zero on a sound database.
  func checkInvariants(restaurant: RestaurantID?) async throws(StoreError) -> InvariantReport
}
