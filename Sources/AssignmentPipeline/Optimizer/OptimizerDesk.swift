public import AssignmentStore
public import BookingDomain

/// What looking at a day has found.
public struct DayPreview: Sendable {
  /// The better seating, stored and ready to be applied; nil if none was found.
  public var plan: StoredDayPlan?
  /// The day as it is.
  public var now: DayFigures
  /// Bookings that wait for a person and have no table.
  public var waiting: Int
  /// No seating of these bookings could give tables to more, whoever moved.
  public var bound: Int

  public init(plan: StoredDayPlan?, now: DayFigures, waiting: Int, bound: Int) {
    self.plan = plan
    self.now = now
    self.waiting = waiting
    self.bound = bound
  }
}

/// Re-seats a day: preview, apply, undo (product specification §5).
public protocol OptimizerDesk: Sendable {
  /// Looks for a better seating of a service date. What is found is stored in place of what was offered before.
  func preview(
    _ restaurant: RestaurantID, date: LocalDate, _ request: ChangeRequest
  ) async throws(DeskError) -> DayPreview
  /// The plans of a service date, newest first.
  func plans(
    _ restaurant: RestaurantID, date: LocalDate, caller: Caller
  ) async throws(DeskError) -> [StoredDayPlan]
  func plan(_ id: String, of restaurant: RestaurantID, caller: Caller) async throws(DeskError) -> StoredDayPlan
  /// Moves everybody whom the plan moves, in one transaction.
  /// - Throws: ``DeskError/dayPlan(_:)`` when it is not ready, or when something that it was made on has changed.
  func apply(
    _ id: String, of restaurant: RestaurantID, _ request: ChangeRequest
  ) async throws(DeskError) -> StoredDayPlan
  /// Everybody back to where they sat, in one transaction.
  /// - Throws: ``DeskError/dayPlan(_:)`` when it is not applied, or when a booking is no longer where the plan left it;
  ///   ``DeskError/tableTaken(_:)`` when an old table is taken by now.
  func undo(
    _ id: String, of restaurant: RestaurantID, _ request: ChangeRequest
  ) async throws(DeskError) -> StoredDayPlan
}

/// Why a plan is not applied or undone.
public enum DayPlanRefusal: Sendable, Hashable {
  /// It is in a state in which that cannot be done.
  case state(DayPlanState, wanted: DayPlanState)
  /// A booking has changed since, or starts too soon by now.
  case changed(BookingID)
  case tooSoon(BookingID, freezeMinutes: Int)
  /// The plan made room for a change of this booking, which it would have to take back too.
  case madeForChange(BookingID)

  /// Stable, snake_case.
  public var code: String {
    switch self {
    case .state: "plan_not_\(wantedName)"
    case .changed, .tooSoon, .madeForChange: "plan_outdated"
    }
  }

  private var wantedName: String {
    if case .state(_, let wanted) = self { wanted.rawValue } else { "" }
  }

  /// Plain words.
  public var message: String {
    switch self {
    case .state(let state, let wanted): "the plan is \(state.rawValue), not \(wanted.rawValue)"
    case .changed(let id): "booking \(id) has changed since the plan was made; nothing was done"
    case .madeForChange(let id):
      "the plan made room for a change of booking \(id): change that booking; nothing was done"
    case .tooSoon(let id, let minutes):
      "booking \(id) \(minutes > 0 ? "starts within \(minutes) minutes by now" : "should have come by now"); nothing was done"
    }
  }
}
