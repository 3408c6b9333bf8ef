import AssignmentStore
public import BookingDomain

/// Answers questions on free starts and on why a booking has its tables.
public struct LiveAvailabilityDesk: AvailabilityDesk {
  private let ledger: DeskLedger

  public init(environment: PipelineEnvironment) { ledger = DeskLedger(environment: environment) }

  public func times(
    _ restaurant: RestaurantID, date: LocalDate, party: Int, wishes: SeatingWishes, caller: Caller
  ) async throws(DeskError) -> [AvailableTime] {
    try DeskBounds.check(party: party, start: nil, durationMinutes: nil, now: ledger.houseNow)
    return try await ledger.guarded { () async throws(DeskError) -> [AvailableTime] in
      let context = try await ledger.freshRestaurant(restaurant, caller)
      let byHost = caller.role == .host || caller.role == .operator
      let question = StartQuestion(party: party, wishes: wishes, byHost: byHost)
      return try await StartFinder(ledger: ledger, context: context, question: question).times(on: date)
    }
  }

  public func nearest(
    _ restaurant: RestaurantID, to start: Timestamp, party: Int, wishes: SeatingWishes, limit: Int, byHost: Bool
  ) async throws(DeskError) -> [AvailableTime] {
    try DeskBounds.check(party: party, start: start, durationMinutes: nil, now: ledger.houseNow)
    return try await ledger.guarded { () async throws(DeskError) -> [AvailableTime] in
      let context = try await ledger.freshRestaurant(restaurant)
      let question = StartQuestion(party: party, wishes: wishes, byHost: byHost)
      return try await StartFinder(ledger: ledger, context: context, question: question)
        .nearest(to: start, limit: limit)
    }
  }

  public func explain(_ id: BookingID) async throws(DeskError) -> TableExplanation {
    try await ledger.guarded { () async throws(DeskError) -> TableExplanation in
      let booking = try await ledger.booking(id, .local())
      return try await TableExplainer(ledger: ledger, booking: booking).explain()
    }
  }
}
