public import AssignmentPipeline
public import AssignmentStore
public import BookingDomain
public import HeadwaiterAPI

extension DayPlanBody {
  public init(_ plan: StoredDayPlan, calendar: RestaurantCalendar) {
    self.init(
      planID: plan.id, date: plan.date, cause: plan.cause.rawValue, state: plan.state.rawValue,
      automatic: plan.isAutomatic, createdAt: calendar.format(plan.createdAt), createdBy: plan.createdBy,
      before: plan.before, after: plan.after, gain: plan.gainInWords,
      moves: plan.moves.map { DayMoveBody($0, calendar: calendar) }, moveCount: plan.moveCount)
    decidedAt = plan.decidedAt.map(calendar.format)
    decidedBy = plan.decidedBy
  }
}

extension DayMoveBody {
  public init(_ move: DayMove, calendar: RestaurantCalendar) {
    self.init(
      bookingID: move.bookingID.rawValue, partySize: move.party, start: move.start, from: move.from.map(\.rawValue),
      to: move.to.map(\.rawValue), calendar: calendar)
  }
}

extension DayPreviewBody {
  public init(_ preview: DayPreview, calendar: RestaurantCalendar) {
    self.init(
      plan: preview.plan.map { DayPlanBody($0, calendar: calendar) }, now: DayFiguresBody(preview.now),
      waiting: preview.waiting, bound: preview.bound)
  }
}

extension TableSuggestionBody {
  public init(_ suggestion: TableSuggestion, calendar: RestaurantCalendar) {
    self.init(
      tables: suggestion.tables.map(\.rawValue), spareSeats: suggestion.spareSeats, why: suggestion.why,
      moves: suggestion.moves.map { DayMoveBody($0, calendar: calendar) }, needsSqueeze: suggestion.needsSqueeze)
  }
}

extension AvailableTimeBody {
  public init(_ time: AvailableTime, calendar: RestaurantCalendar) {
    self.init(
      start: calendar.format(time.start), service: time.service, tables: time.tables.map(\.rawValue),
      spareSeats: time.spareSeats, moves: time.moves)
  }
}
