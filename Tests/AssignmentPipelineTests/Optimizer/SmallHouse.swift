import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

/// A house with one table for two and one for four, and a couple at the large one.
struct SmallHouse {
  let harness: DeskHarness
  let optimizer: LiveOptimizerDesk

  static let date = LocalDate(daysSinceEpoch: Int(DeskHarness.evening().seconds / 86_400))

  init(
    _ policy: OptimisationPolicy = OptimisationPolicy(), automation: AutomationLevel = .auto,
    flags: FeatureFlags = FeatureFlags(pipelineV3: true), buffers: Buffers = Buffers()
  ) async throws {
    harness = try await DeskHarness(
      Self.restaurant(policy, automation: automation, buffers: buffers), flags: flags)
    optimizer = LiveOptimizerDesk(environment: harness.pipeline.environment)
  }

  static func restaurant(
    _ policy: OptimisationPolicy, automation: AutomationLevel = .auto, buffers: Buffers = Buffers()
  ) -> Restaurant {
    var house = Restaurant.sample(
      automation: automation,
      tables: [
        DiningTable(number: "T2", zone: "Main", capacity: 2, mobility: .fixed),
        DiningTable(number: "T4", zone: "Main", capacity: 4, mobility: .fixed),
      ], buffers: buffers)
    house.optimisation = policy
    return house
  }

  /// The couple at the large table, without a person's hand in it.
  func coupleAtLargeTable(_ id: BookingID = "couple", at minutes: Int = 0) async throws {
    let (store, environment) = (harness.store, harness.pipeline.environment)
    var unit = WriteUnit(label: "test.couple")
    let record = BookingRecord.sample(id: id, start: DeskHarness.evening(minutes))
    let mutation = try BookingMutation.sampleConfirmed(record, tables: ["T4"], at: harness.clock.now())
    BookingStateMachine(logger: environment.logger).add(mutation, flow: .v3, to: &unit)
    unit.claims = mutation.booking.tables.map {
      Claim(
        restaurantID: "house", table: $0, kind: .allocation, window: mutation.booking.slot.block, bookingID: id)
    }
    unit.notices = [
      NewNotice(
        id: "confirmed-\(id)", bookingID: id, restaurantID: "house", version: mutation.booking.version,
        kind: .confirmed,
        delay: .seconds(60))
    ]
    try await store.commit(unit)
  }

  /// A party of four that asks for a table.
  @discardableResult
  func fourArrive(_ id: BookingID = "four", at minutes: Int = 0) async throws -> Booking {
    _ = try await harness.bookings.create(
      DeskHarness.new(id, party: 4, at: minutes), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    return try await harness.booking(id)
  }

  func tables(_ id: BookingID) async throws -> [TableNumber] { try await harness.booking(id).tables }

  func preview() async throws -> DayPreview {
    try await optimizer.preview("house", date: Self.date, DeskHarness.byHost)
  }

  /// Of plans, in the order in which they happened: what was done with them.
  func actions() async throws -> [String] {
    var query = EventQuery()
    query.restaurantID = "house"
    return try await harness.store.events(query).map(\.event).filter { $0.source == .optimizer }.map { event in
      if case .string(let action) = event.context["action"] { return "\(event.type) \(action)" }
      return event.type
    }
  }
}
