public import BookingDomain

/// How a day is planned.
public enum PlanMode: String, Sendable, Codable, CaseIterable {
  /// In the order given, each booking decided on what came before, never moved.
  case online
  /// The same by the legacy planner's best fit.
  case legacy
  /// In the order given; those accepted keep a table, but may change it for those after them.
  case reseat
  /// All bookings known at once, seated together; see ``SearchLimits``.
  case day
}

/// A day's bookings on their tables.
public struct DayPlan: Sendable {
  /// A booking and its tables, ascending.
  public struct Assignment: Sendable, Hashable {
    public var bookingID: BookingID
    public var tables: [TableNumber]
    public var spareSeats: Int
    public var strategy: StrategyName

    public init(bookingID: BookingID, tables: [TableNumber], spareSeats: Int, strategy: StrategyName) {
      self.bookingID = bookingID
      self.tables = tables
      self.spareSeats = spareSeats
      self.strategy = strategy
    }
  }

  /// A booking without a table, and why.
  public struct Unseated: Sendable, Hashable {
    public var bookingID: BookingID
    /// ``OutcomeReason/noTable``, or ``OutcomeReason/partyTooLarge`` or ``OutcomeReason/partyTooSmall`` where the floor
    /// could never take it.
    public var reason: OutcomeReason

    public init(bookingID: BookingID, reason: OutcomeReason) {
      self.bookingID = bookingID
      self.reason = reason
    }
  }

  /// In the order decided.
  public var assignments: [Assignment] = []
  public var unseated: [Unseated] = []
  /// One for each booking, where asked for.
  public var records: [DecisionRecord] = []
  public var covers = 0
  /// An upper bound on the bookings that any plan could seat; see ``SeatingBound``.
  public var bound = 0
  /// An upper bound on the covers of the plans that seat as many bookings. Mode `day` alone.
  public var coversBound: Int?
  /// Whether it is proven that no plan is better: in bookings, then covers, then spare seats and extra tables. Only for
  /// days that are small enough, and in mode `day` alone.
  public var isOptimal = false

  /// An empty day.
  public init() {}

  public var seated: Int { assignments.count }
  public var spareSeats: Int { assignments.reduce(0) { $0 + $1.spareSeats } }
  /// Tables beyond the first of each booking.
  public var extraTables: Int { assignments.reduce(0) { $0 + $1.tables.count - 1 } }
  /// How far the plan may be from the best one: (bound − seated) / bound, 0 for an empty day.
  public var gap: Double { bound == 0 ? 0 : Double(bound - seated) / Double(bound) }
}
