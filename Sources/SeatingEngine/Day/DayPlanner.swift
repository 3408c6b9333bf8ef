import BookingDomain

/// Plans one day's bookings without a database: the core of `headwaiter plan`.
public struct DayPlanner: Sendable {
  public let floor: CompiledFloor
  let engine: SmartAssignmentEngine
  private let legacy: LegacyPlanner

  public init(floor: CompiledFloor, demand: DemandForecast? = nil) {
    self.floor = floor
    engine = SmartAssignmentEngine(floor: floor, demand: demand ?? DemandForecast(restaurant: floor.restaurant))
    legacy = LegacyPlanner(floor: floor)
  }

  /// - Parameters:
  ///   - claims: tables taken before the first booking, for example by blocks.
  ///   - recording: keeps a ``DecisionRecord`` for each booking (`online` only).
  ///   - limits: how long to search (`day` and `reseat`; of the latter, `effort` and `isOver` alone).
  public func plan(
    _ bookings: [PlanBooking], mode: PlanMode, claims: [SnapshotClaim] = [], recording: Bool = false,
    limits: SearchLimits = SearchLimits()
  ) -> DayPlan {
    var day =
      switch mode {
      case .day: planWholeDay(bookings, claims: claims, limits: limits)
      case .reseat: planReseating(bookings, claims: claims, limits: limits)
      case .online: planInOrder(bookings, claims: claims, recording: recording)
      case .legacy: planByLegacy(bookings, claims: claims)
      }
    let bound = SeatingBound(floor: floor, claims: claims)
    day.bound = day.isOptimal ? day.seated : bound.seats(bookings, seated: day.seated)
    if mode == .day {
      day.coversBound = day.isOptimal ? day.covers : bound.covers(bookings, seated: day.seated, covers: day.covers)
    }
    return day
  }

  private func planInOrder(_ bookings: [PlanBooking], claims: [SnapshotClaim], recording: Bool) -> DayPlan {
    var day = DayPlan()
    var snapshot = AvailabilitySnapshot(floor: floor, span: DayPlanner.span(of: bookings), claims: claims)
    for booking in bookings {
      let question = booking.question
      let ranking = engine.rank(question, in: snapshot, limit: recording ? 5 : 1)
      if recording { day.records.append(DecisionRecord(question: question, snapshot: snapshot, ranking: ranking)) }
      seat(booking, ranking.plans.first, &snapshot, &day)
    }
    return day
  }

  private func planByLegacy(_ bookings: [PlanBooking], claims: [SnapshotClaim]) -> DayPlan {
    var day = DayPlan()
    var snapshot = AvailabilitySnapshot(floor: floor, span: DayPlanner.span(of: bookings), claims: claims)
    for booking in bookings {
      seat(booking, legacy.quoteTables(booking.question, in: snapshot), &snapshot, &day)
    }
    return day
  }

  private func seat(
    _ booking: PlanBooking, _ plan: SeatingPlan?, _ snapshot: inout AvailabilitySnapshot, _ day: inout DayPlan
  ) {
    if let plan { snapshot.apply(plan, bookingID: booking.id, block: booking.slot.block) }
    day.add(plan, for: booking, fit: fit(booking))
  }

  func fit(_ booking: PlanBooking) -> FloorFit {
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
