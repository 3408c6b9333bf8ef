import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Logging

/// Writes bookings with all that the pipeline would leave behind: history, attempts, events.
struct SeededDay: Sendable {
  /// How the work on a booking ends.
  enum Ending: Sendable {
    case confirmed(StrategyName)
    case review(OutcomeReason)
    /// By the checks of capacity.
    case refused(OutcomeReason)
    case failed(OutcomeReason)
    /// A person was faster.
    case cancelled, changed
    /// Not at all yet.
    case open
    /// Not yet, and a planner is at it.
    case working
  }

  let bench: CatalogueBench
  private let machine = BookingStateMachine(logger: Logger(label: "test"))

  init(_ bench: CatalogueBench) { self.bench = bench }

  /// - Parameters:
  ///   - house: where it is booked.
  ///   - ago: minutes before the clock's time at which it was made.
  ///   - ms: how long the work took.
  func add(
    _ id: BookingID, _ ending: Ending, house: RestaurantID = "north", ago: Int = 30, ms: Int = 1_000,
    flow: AssignmentFlow = .v3, automation: AutomationLevel? = .auto, feasible: Bool? = true, attempts: Int = 1,
    deadline: Timestamp? = nil
  ) async throws {
    let made = bench.clock.now().adding(minutes: -ago)
    var record = BookingRecord.sample(
      id: id, restaurant: house, start: made.adding(minutes: 1_440), createdAt: made)
    record.work.automation = automation
    record.flow = nil
    let person = ChangeContext(actor: .person, actorName: "app", mode: .manual, at: made)
    let created = BookingMutation(creating: record, context: person)
    try await commit(created, flow: nil)
    let ended = made.adding(.milliseconds(ms))
    var mutation = BookingMutation(created.booking)
    let work = ChangeContext(
      actor: .pipeline, actorName: "instance-1", mode: flow == .legacy ? .legacy : .v3, at: ended)
    switch ending {
    case .open: return
    case .cancelled: try mutation.transition(to: .failed, cause: .cancel, reason: .cancelled, context: person)
    case .changed:
      try mutation.transition(to: .assignmentPending, cause: .change, reason: .changed, context: person)
      return try await commit(mutation, flow: nil)
    case .refused(let reason):
      mutation.edit { $0.flow = flow }
      try mutation.transition(to: .failed, cause: .reject, reason: reason, context: work)
    case .confirmed, .review, .failed, .working:
      mutation.edit { $0.flow = flow }
      try begin(&mutation, feasible: feasible, work)
      try end(&mutation, ending, deadline, work)
    }
    try await commit(mutation, flow: flow) { unit in
      switch ending {
      case .cancelled, .working: return
      default: break
      }
      unit.events += told(mutation.booking, ending, ms: ms, at: ended)
      unit.attempts = tries(mutation.booking, ending, flow, attempts, at: ended)
    }
  }

  private func begin(_ mutation: inout BookingMutation, feasible: Bool?, _ work: ChangeContext) throws {
    try mutation.transition(to: .capacityVerified, cause: .verify, context: work)
    try mutation.transition(to: .assignmentPending, cause: .queue, context: work)
    try mutation.transition(to: .assignmentInProgress, cause: .start, context: work)
    mutation.edit { $0.work.feasible = feasible }
  }

  private func end(
    _ mutation: inout BookingMutation, _ ending: Ending, _ deadline: Timestamp?, _ work: ChangeContext
  ) throws {
    switch ending {
    case .confirmed(let strategy):
      mutation.edit {
        $0.tables = [TableNumber("T-\($0.id)")]
        $0.strategy = strategy
      }
      try mutation.transition(to: .assigned, cause: .assign, context: work)
      try mutation.transition(to: .confirmed, cause: .confirm, context: work)
    case .review(let reason):
      try mutation.transition(to: .manualReview, cause: .giveUp, reason: reason, context: work)
      mutation.edit { $0.reviewDeadline = deadline }
    case .failed(let reason): try mutation.transition(to: .failed, cause: .giveUp, reason: reason, context: work)
    case .refused, .cancelled, .changed, .open, .working: break
    }
  }

  /// Stores a change as the pipeline does, with the events of its transitions.
  func commit(
    _ mutation: BookingMutation, flow: AssignmentFlow?, _ add: (inout WriteUnit) -> Void = { _ in }
  ) async throws {
    var unit = WriteUnit(label: "test")
    machine.add(mutation, flow: flow, to: &unit)
    if mutation.booking.state == .confirmed {
      unit.claims = Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
    }
    add(&unit)
    try await bench.store.commit(unit)
  }

  private func tries(
    _ booking: Booking, _ ending: Ending, _ flow: AssignmentFlow, _ count: Int, at time: Timestamp
  ) -> [AttemptRow] {
    if case .refused = ending { return [] }
    return (1...count).map { number in
      let isSeated = booking.state == .confirmed && number == count
      return AttemptRow(
        bookingID: booking.id, attemptNumber: number, strategy: isSeated ? booking.strategy : nil,
        result: isSeated ? .success : .failure, reason: isSeated ? nil : booking.reason,
        metadata: ["flow": .string(flow.rawValue)], createdAt: time)
    }
  }

  private func told(_ booking: Booking, _ ending: Ending, ms: Int, at time: Timestamp) -> [ObservabilityEvent] {
    guard booking.flow == .v3 else { return [event("auto_assign.attempt", booking, .autoAssign, at: time)] }
    let lock = event("coordinator.lock_acquired", booking, context: ["wait_ms": .double(Double(ms) / 100)], at: time)
    guard case .review(let reason) = ending else { return [lock] }
    let review = event(
      "coordinator.manual_review", booking, severity: .warning, context: ["reason": .string(reason.rawValue)], at: time)
    return [lock, review]
  }

  private func event(
    _ type: String, _ booking: Booking, _ source: EventSource = .coordinator,
    severity: ObservabilityEvent.Severity = .info, context: [String: EventValue] = [:], at time: Timestamp
  ) -> ObservabilityEvent {
    ObservabilityEvent(
      source, type, severity: severity, restaurantID: booking.restaurantID, bookingID: booking.id, context: context,
      at: time)
  }

  /// Many bookings of one day at once, without attempts.
  func addMany(_ count: Int, _ prefix: String, _ ending: Ending) async throws {
    let made = bench.clock.now().adding(minutes: -30)
    let work = ChangeContext.sample(at: made)
    for first in stride(from: 0, to: count, by: 50) {
      var unit = WriteUnit(label: "test")
      for number in first..<min(count, first + 50) {
        let record = BookingRecord.sample(
          id: BookingID("\(prefix)-\(number)"), restaurant: "north", start: made.adding(minutes: 1_440), createdAt: made
        )
        var mutation = BookingMutation(creating: record, context: work)
        try begin(&mutation, feasible: true, work)
        try end(&mutation, ending, nil, work)
        unit.bookings.append(mutation)
        guard mutation.booking.state == .confirmed else { continue }
        unit.claims += Claim.allocations(of: mutation.booking, window: mutation.booking.slot.block)
      }
      try await bench.store.commit(unit)
    }
  }

  /// An event of the coordinator about a booking, some minutes ago.
  func tell(
    _ type: String, _ id: BookingID, severity: ObservabilityEvent.Severity = .info,
    context: [String: EventValue] = [:], ago: Int, house: RestaurantID = "north", source: EventSource = .coordinator
  ) async throws {
    try await bench.store.append([
      ObservabilityEvent(
        source, type, severity: severity, restaurantID: house, bookingID: id, context: context,
        at: bench.clock.now().adding(minutes: -ago))
    ])
  }

  /// A party at the door.
  func walkIn(_ id: BookingID, ago: Int = 30) async throws {
    let made = bench.clock.now().adding(minutes: -ago)
    var record = BookingRecord.sample(id: id, restaurant: "north", origin: .walkIn, start: made, createdAt: made)
    (record.status, record.state, record.tables) = (.seated, .confirmed, ["T-door"])
    (record.work.automation, record.flow) = (nil, nil)
    let person = ChangeContext(actor: .person, actorName: "host", mode: .manual, at: made)
    try await commit(BookingMutation(creating: record, context: person), flow: nil)
  }

  /// What shadow found about a booking.
  func compare(
    _ id: String, _ verdict: String, spare: (legacy: Int, v3: Int)?, ms: (legacy: Double, v3: Double),
    noise: String? = nil, ago: Int = 30
  ) async throws {
    let seats = spare.map { "\($0.legacy), \($0.v3)" } ?? "NULL, NULL"
    try await bench.execute(
      """
      INSERT INTO shadow_comparisons (restaurant_id, booking_id, created_at, verdict, legacy_outcome, v3_outcome,
        legacy_spare_seats, v3_spare_seats, legacy_ms, v3_ms, noise_verdict)
      VALUES ('south', '\(id)', \(bench.literal(bench.clock.now().adding(minutes: -ago))), '\(verdict)', 'confirmed',
        'confirmed', \(seats), \(ms.legacy), \(ms.v3), \(noise.map { "'\($0)'" } ?? "NULL"))
      """)
  }
}
