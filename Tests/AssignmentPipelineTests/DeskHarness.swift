import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

/// The desks on a pipeline of their own; a host and a guest's app as callers.
struct DeskHarness: Sendable {
  let pipeline: PipelineHarness
  let bookings: LiveBookingDesk
  let holds: LiveHoldDesk
  let review: LiveReviewDesk
  let floor: LiveFloorDesk
  let availability: LiveAvailabilityDesk
  let progress: LiveBookingProgress

  static let host = Caller(name: "anna", id: "key-host", role: .host)
  static let app = Caller(name: "app", id: "key-app", role: .guestApp)
  static let byHost = ChangeRequest(caller: host)
  static let byGuest = ChangeRequest(caller: app)

  init(
    _ restaurant: Restaurant = .sample(), flags: FeatureFlags = FeatureFlags(pipelineV3: true),
    metrics: PipelineMetrics = .off, decidesAtOnce: Bool = false
  ) async throws {
    pipeline = try await PipelineHarness(restaurant: restaurant, flags: flags, metrics: metrics)
    var environment = pipeline.environment
    environment.decidesAtOnce = { decidesAtOnce }
    bookings = LiveBookingDesk(environment: environment)
    holds = LiveHoldDesk(environment: environment)
    review = LiveReviewDesk(environment: environment)
    floor = LiveFloorDesk(environment: environment)
    availability = LiveAvailabilityDesk(environment: environment)
    progress = LiveBookingProgress(environment: environment)
  }

  var store: any AssignmentStore { pipeline.store }
  var clock: ManualClock { pipeline.clock }

  /// Minutes after 19:00 on the wall, the usual start, on the evening of the clock's day.
  static func evening(_ minutes: Int = 0) -> Timestamp { ManualClock.start.adding(minutes: 360 + minutes) }

  static func new(
    _ id: BookingID = "b-1", party: Int = 2, at minutes: Int = 0, origin: BookingOrigin = .guest,
    wishes: SeatingWishes = SeatingWishes()
  ) -> NewBooking {
    NewBooking(
      restaurantID: "house", origin: origin, guest: Guest(name: "Ada"), party: party, start: evening(minutes),
      wishes: wishes, id: id)
  }

  /// Created and worked on by the pipeline.
  @discardableResult
  func seatedByPipeline(
    _ id: BookingID = "b-1", party: Int = 2, at minutes: Int = 0, origin: BookingOrigin = .guest,
    wishes: SeatingWishes = SeatingWishes(), on tables: [TableNumber]? = nil
  ) async throws -> Booking {
    _ = try await bookings.create(
      Self.new(id, party: party, at: minutes, origin: origin, wishes: wishes), Self.byGuest)
    await pipeline.worker.runOnce()
    let booking = try await booking(id)
    #expect(booking.state == .confirmed)
    guard let tables, booking.tables != tables else { return booking }
    return try await bookings.move(id, to: tables, Self.byHost)
  }

  func booking(_ id: BookingID = "b-1") async throws -> Booking { try await pipeline.booking(id) }

  func claims(_ id: BookingID = "b-1") async throws -> [Claim] { try await store.claims(of: id) }

  func notices(_ id: BookingID = "b-1") async throws -> [String] {
    try await store.notices(of: id).map { "\($0.kind.rawValue) \($0.status.rawValue)" }
  }

  func lastRow(_ id: BookingID = "b-1") async throws -> HistoryRow {
    try #require(try await store.history(of: id).last)
  }

  /// Delivers every notice that is due a minute from now.
  func deliverNotices() async throws {
    clock.advance(by: .seconds(61))
    for notice in try await store.claimNotices(owner: "relay", limit: 100, ttl: .seconds(30)) {
      try await store.markDelivered(notice.id)
    }
  }

  /// Leads a fresh booking into a state, as pipeline and people would.
  func booking(in place: Place, _ id: BookingID = "b-1", party: Int = 2) async throws {
    _ = try await bookings.create(Self.new(id, party: party), Self.byGuest)
    switch place {
    case .created: return
    case .verified, .pending, .inProgress, .assigned, .review: try await walk(id, to: place)
    case .confirmed, .failed, .seated, .completed, .noShow:
      await pipeline.worker.runOnce()
      try await visit(id, to: place)
    }
  }

  /// Where a booking can be found.
  enum Place: String, CaseIterable, Sendable {
    case created, verified, pending, inProgress, assigned, confirmed, review, failed, seated, completed, noShow
  }

  private func visit(_ id: BookingID, to place: Place) async throws {
    if place == .failed { _ = try await bookings.cancel(id, Self.byHost) }
    if place == .seated || place == .completed {
      _ = try await bookings.seat(id, Self.byHost)
    }
    if place == .completed { _ = try await bookings.complete(id, Self.byHost) }
    if place == .noShow { _ = try await bookings.noShow(id, Self.byHost) }
  }

  private func walk(_ id: BookingID, to place: Place) async throws {
    let context = ChangeContext.sample(at: clock.now())
    var mutation = BookingMutation(try await booking(id))
    try mutation.transition(to: .capacityVerified, cause: .verify, context: context)
    var unit = WriteUnit(label: "test.walk")
    if place != .verified {
      try mutation.transition(to: .assignmentPending, cause: .queue, context: context)
    }
    if place == .inProgress || place == .assigned {
      try mutation.transition(to: .assignmentInProgress, cause: .start, context: context)
    }
    if place == .assigned { try mutation.transition(to: .assigned, cause: .assign, context: context) }
    if place == .review {
      try mutation.transition(to: .manualReview, cause: .giveUp, reason: .noTable, context: context)
      mutation.edit { $0.reviewDeadline = $0.slot.dining.start.adding(minutes: -30) }
      unit.jobs = [.finish(id)]
    }
    BookingStateMachine(logger: pipeline.environment.logger).add(mutation, flow: .v3, to: &unit)
    try await store.commit(unit)
  }

  /// Nothing of what must never happen has happened.
  func expectSound(_ location: SourceLocation = #_sourceLocation) async throws {
    let report = try await store.checkInvariants(restaurant: nil)
    #expect(report.total == 0, "\(report)", sourceLocation: location)
  }
}

/// What came of a call: the booking's state and status, or the error's code.
func outcome(_ body: () async throws -> Booking) async -> String {
  do {
    let booking = try await body()
    return "\(booking.state.rawValue)/\(booking.status.rawValue)"
  } catch let error as DeskError { return error.code } catch { return "\(error)" }
}

/// The code of the error that a call throws.
func code(_ body: () async throws -> Void) async -> String {
  do { try await body() } catch let error as DeskError { return error.code } catch { return "\(error)" }
  return "none"
}
