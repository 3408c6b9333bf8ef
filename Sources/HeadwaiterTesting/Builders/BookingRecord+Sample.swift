public import BookingDomain

extension BookingRecord {
  /// A guest's new booking: pending, `created`, version 1, without tables.
  /// - Parameter start: 2026-06-01T18:00Z unless set, in the evening of ``ManualClock/start``.
  public static func sample(
    id: BookingID = "b-1", restaurant: RestaurantID = "house", origin: BookingOrigin = .guest, party: Int = 2,
    start: Timestamp = ManualClock.start.adding(minutes: 360), minutes: Int = 90,
    wishes: SeatingWishes = SeatingWishes(),
    createdAt: Timestamp = ManualClock.start
  ) -> BookingRecord {
    BookingRecord(
      id: id, restaurantID: restaurant, origin: origin,
      guest: Guest(name: "Ada Sample", phone: "+44 20 7946 0000", mail: "ada@example.org", locale: "en"),
      party: party, requestedService: nil, durationMinutes: nil, wishes: wishes,
      slot: .sample(start: start, minutes: minutes), status: .pending, state: .created, version: 1,
      stateEnteredAt: createdAt, attempts: 0, strategy: nil, flow: .v3, tables: [], reason: nil, reviewDeadline: nil,
      pinned: false, decisionID: nil, undo: nil, createdAt: createdAt, updatedAt: createdAt,
      work: AutomaticWork(automation: .auto))
  }
}

extension ServiceSlot {
  /// Dining without buffers.
  public static func sample(
    start: Timestamp = ManualClock.start.adding(minutes: 360), minutes: Int = 90, service: String? = "Dinner"
  ) -> ServiceSlot {
    let window = TimeWindow(start: start, end: start.adding(minutes: minutes))
    return ServiceSlot(
      service: service, serviceDate: LocalDate(daysSinceEpoch: Int(start.seconds / 86_400)), dining: window,
      block: window)
  }
}

extension ChangeContext {
  /// By the pipeline in mode V3, or by a person in mode manual.
  public static func sample(_ actor: TransitionActor = .pipeline, at time: Timestamp = ManualClock.start)
    -> ChangeContext
  {
    ChangeContext(
      actor: actor, actorName: actor == .pipeline ? "instance-1" : "host-1", mode: actor == .pipeline ? .v3 : .manual,
      at: time)
  }
}

extension BookingMutation {
  /// A new booking that goes all the way to `confirmed` at these tables: six versions.
  public static func sampleConfirmed(
    _ record: BookingRecord = .sample(), tables: [TableNumber] = ["T1"], at time: Timestamp = ManualClock.start
  ) throws -> BookingMutation {
    let context = ChangeContext.sample(at: time)
    var mutation = BookingMutation(creating: record, context: context)
    try mutation.transition(to: .capacityVerified, cause: .verify, context: context)
    try mutation.transition(to: .assignmentPending, cause: .queue, context: context)
    try mutation.transition(to: .assignmentInProgress, cause: .start, context: context)
    mutation.edit {
      $0.tables = tables
      $0.strategy = .optimalFit
    }
    try mutation.transition(to: .assigned, cause: .assign, context: context)
    try mutation.transition(to: .confirmed, cause: .confirm, context: context)
    return mutation
  }
}
