import BookingDomain

/// Plans one day's bookings in the order given, without a database: the core of `headwaiter plan`.
public struct DayPlanner: Sendable {
  public let floor: CompiledFloor
  private let engine: SmartAssignmentEngine
  private let legacy: LegacyPlanner

  public init(floor: CompiledFloor, demand: DemandForecast? = nil) {
    self.floor = floor
    engine = SmartAssignmentEngine(floor: floor, demand: demand ?? DemandForecast(restaurant: floor.restaurant))
    legacy = LegacyPlanner(floor: floor)
  }

  /// - Parameters:
  ///   - claims: tables taken before the first booking, for example by blocks.
  ///   - recording: keeps a ``DecisionRecord`` for each booking (`online` only).
  public func plan(
    _ bookings: [PlanBooking], mode: PlanMode, claims: [SnapshotClaim] = [], recording: Bool = false
  ) -> DayPlan {
    var day = DayPlan()
    var snapshot = AvailabilitySnapshot(floor: floor, span: DayPlanner.span(of: bookings), claims: claims)
    for booking in bookings {
      let question = booking.question
      let plan: SeatingPlan?
      switch mode {
      case .legacy: plan = legacy.quoteTables(question, in: snapshot)
      case .online:
        let ranking = engine.rank(question, in: snapshot, limit: recording ? 5 : 1)
        if recording { day.records.append(DecisionRecord(question: question, snapshot: snapshot, ranking: ranking)) }
        plan = ranking.plans.first
      }
      if let plan { snapshot.apply(plan, bookingID: booking.id, block: booking.slot.block) }
      day.add(plan, for: booking, fit: fit(booking))
    }
    day.bound = SeatingBound(floor: floor, claims: claims).seats(bookings, seated: day.seated)
    return day
  }

  private func fit(_ booking: PlanBooking) -> FloorFit {
    floor.fit(
      party: booking.party, extraChairs: booking.extraChairs, accessible: booking.wishes.needsAccessibleTable)
  }

  /// From the first start to the last end, buffers included.
  static func span(of bookings: [PlanBooking]) -> TimeWindow {
    let start = bookings.map(\.slot.block.start).min() ?? Timestamp(seconds: 0)
    let end = bookings.map(\.slot.block.end).max() ?? start
    return TimeWindow(start: start, end: max(start, end))
  }
}

extension DayPlan {
  mutating func add(_ plan: SeatingPlan?, for booking: PlanBooking, fit: FloorFit) {
    guard let plan else {
      let reason: OutcomeReason =
        switch fit {
        case .fits: .noTable
        case .tooLarge: .partyTooLarge
        case .tooSmall: .partyTooSmall
        }
      unseated.append(Unseated(bookingID: booking.id, reason: reason))
      return
    }
    covers += booking.party
    assignments.append(
      Assignment(
        bookingID: booking.id, tables: plan.tables, spareSeats: plan.spareSeats, strategy: plan.strategy))
  }
}
