public import BookingDomain

/// Why a day's seating was looked at again.
public enum DayPlanCause: String, Sendable, Hashable, Codable, CaseIterable {
  /// A person asked.
  case request
  /// A booking ended and left its tables.
  case cancellation
  /// A booking found no table.
  case noTable = "no_table"
  /// Tables were taken out of use.
  case block
  /// A seated party stays longer.
  case overstay
}

/// What has become of a plan. `ready` goes to `applied` or `outdated`, `applied` to `undone`.
public enum DayPlanState: String, Sendable, Hashable, Codable, CaseIterable {
  /// Offered to a person.
  case ready
  case applied
  case undone
  /// Offered, but a later plan for the same day took its place, or what it was made on is no longer true.
  case outdated
}

/// One booking's part in a plan.
public struct DayMove: Sendable, Hashable, Codable {
  public var bookingID: BookingID
  /// The version on which the plan was made; whatever changes the booking makes the plan outdated.
  public var version: Int
  public var party: Int
  /// When the party comes.
  public var start: Timestamp
  /// Ascending; empty for a booking that had no table.
  public var from: [TableNumber]
  /// Ascending.
  public var to: [TableNumber]
  /// How it came to its old tables; given back with them.
  public var strategy: StrategyName?
  public var decisionID: String?
  /// The booking got its tables with a change of its own, for which the others moved: there is no way back for it.
  public var isChange: Bool

  public init(
    bookingID: BookingID, version: Int, party: Int, start: Timestamp, from: [TableNumber], to: [TableNumber],
    strategy: StrategyName? = nil, decisionID: String? = nil, isChange: Bool = false
  ) {
    self.bookingID = bookingID
    self.version = version
    self.party = party
    self.start = start
    self.from = from
    self.to = to
    self.strategy = strategy
    self.decisionID = decisionID
    self.isChange = isChange
  }

  /// Whether a confirmed booking changes tables for others; the churn budget counts these.
  public var isMove: Bool { !from.isEmpty && !isChange }
}

/// A better seating of one service date: offered, applied, or taken back. No personal data.
public struct StoredDayPlan: Sendable, Hashable {
  public var id: String
  public var restaurantID: RestaurantID
  public var date: LocalDate
  public var cause: DayPlanCause
  public var state: DayPlanState
  /// In order of start.
  public var moves: [DayMove]
  public var before: DayFigures
  public var after: DayFigures
  public var createdAt: Timestamp
  /// Name of the key that asked for it, or of the instance.
  public var createdBy: String
  /// Applied by the restaurant's own rule, by no person.
  public var isAutomatic: Bool
  /// When it left `ready` last.
  public var decidedAt: Timestamp?
  public var decidedBy: String?

  public init(
    id: String, restaurantID: RestaurantID, date: LocalDate, cause: DayPlanCause, state: DayPlanState,
    moves: [DayMove], before: DayFigures, after: DayFigures, createdAt: Timestamp, createdBy: String,
    isAutomatic: Bool = false, decidedAt: Timestamp? = nil, decidedBy: String? = nil
  ) {
    self.id = id
    self.restaurantID = restaurantID
    self.date = date
    self.cause = cause
    self.state = state
    self.moves = moves
    self.before = before
    self.after = after
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.isAutomatic = isAutomatic
    self.decidedAt = decidedAt
    self.decidedBy = decidedBy
  }

  /// In percent; see ``DayFigures/gainPercent(over:)``.
  public var gainPercent: Double { after.gainPercent(over: before) }

  /// Confirmed bookings that change tables.
  public var moveCount: Int { moves.count(where: \.isMove) }

  /// Whether plans of the same day that are `ready` become `outdated` when this one is stored.
  package var replacesOthers: Bool { state == .ready || state == .applied }
}

/// A restaurant's service date.
public struct RestaurantDay: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var date: LocalDate

  public init(_ restaurantID: RestaurantID, _ date: LocalDate) {
    self.restaurantID = restaurantID
    self.date = date
  }
}

/// A service date whose seating is to be looked at again; one a restaurant and date, the latest cause counts.
public struct Replan: Sendable, Hashable {
  public var restaurantID: RestaurantID
  public var date: LocalDate
  public var cause: DayPlanCause
  public var askedAt: Timestamp

  public init(restaurantID: RestaurantID, date: LocalDate, cause: DayPlanCause, askedAt: Timestamp) {
    self.restaurantID = restaurantID
    self.date = date
    self.cause = cause
    self.askedAt = askedAt
  }

  public var day: RestaurantDay { RestaurantDay(restaurantID, date) }
}

/// What a unit does to the plans of a day.
public enum DayPlanWrite: Sendable, Hashable {
  /// Stores a plan. Those of the same day that are `ready` become `outdated` if it is `ready` or `applied`;
  /// ``StoreError/constraint(_:)`` if its id is in use.
  ///
  /// With `budget`, all automatic moves of the date, its own included, must be within it, else
  /// ``StoreError/staleDayPlan(_:)``: judged in the transaction, so that two at once cannot both have the last of them.
  case add(StoredDayPlan, budget: Int? = nil)
  /// A plan goes from one state to another; ``StoreError/staleDayPlan(_:)`` if it is not in the first, and
  /// ``StoreError/invalid(_:)`` if no plan may go so.
  case go(id: String, from: DayPlanState, to: DayPlanState, by: String, at: Timestamp)
}

/// Better seatings of days, and days that should have one.
public protocol DayPlanStore: Sendable {
  func dayPlan(_ id: String, of restaurant: RestaurantID) async throws(StoreError) -> StoredDayPlan?
  /// Of one service date, newest first.
  func dayPlans(
    _ restaurant: RestaurantID, date: LocalDate, limit: Int
  ) async throws(StoreError) -> [StoredDayPlan]
  /// How many confirmed bookings of a service date have been moved by no person: by plans that were applied
  /// automatically and have not been undone.
  func automaticMoves(_ restaurant: RestaurantID, date: LocalDate) async throws(StoreError) -> Int
  /// Days to look at again, those that have waited longest first.
  func replans(limit: Int) async throws(StoreError) -> [Replan]
}
