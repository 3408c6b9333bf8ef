/// One venue: where it is, when it is open, its floor, and how it wants bookings seated.
///
/// Values of this type are valid: ``RestaurantFile`` refuses what breaks a rule, so code that gets one need not check again.
public struct Restaurant: Sendable, Hashable {
  public var id: RestaurantID
  public var name: String
  public var calendar: RestaurantCalendar
  /// How far automation goes; `auto` unless set.
  public var automation: AutomationLevel
  public var openingHours: [OpeningHours]
  /// In file order, which decides between services that contain the same start.
  public var servicePeriods: [ServicePeriod]
  public var exceptions: [DayException]
  /// Guests may start only on this grid, counted from midnight; 15 minutes unless set.
  public var bookingIntervalMinutes: Int
  /// Latest start before the end of a service period; 0 unless set.
  public var lastSeatingBufferMinutes: Int
  public var buffers: Buffers
  public var pacing: Pacing?
  public var combining: CombiningPolicy
  /// Life of a hold; 180 seconds unless set.
  public var holdTTLSeconds: Int
  /// Accessible tables are kept for those who need them until this long before the start; 120 unless set.
  public var accessibleTablesKeptUntilMinutes: Int
  public var optimisation: OptimisationPolicy
  public var review: ReviewPolicy
  public var demand: [DemandExpectation]
  public var floor: FloorPlan

  public init(
    id: RestaurantID, name: String, calendar: RestaurantCalendar, automation: AutomationLevel = .auto,
    openingHours: [OpeningHours], servicePeriods: [ServicePeriod], exceptions: [DayException] = [],
    bookingIntervalMinutes: Int = 15, lastSeatingBufferMinutes: Int = 0, buffers: Buffers = Buffers(),
    pacing: Pacing? = nil, combining: CombiningPolicy = CombiningPolicy(), holdTTLSeconds: Int = 180,
    accessibleTablesKeptUntilMinutes: Int = 120, optimisation: OptimisationPolicy = OptimisationPolicy(),
    review: ReviewPolicy = ReviewPolicy(), demand: [DemandExpectation] = [], floor: FloorPlan
  ) {
    self.id = id
    self.name = name
    self.calendar = calendar
    self.automation = automation
    self.openingHours = openingHours
    self.servicePeriods = servicePeriods
    self.exceptions = exceptions
    self.bookingIntervalMinutes = bookingIntervalMinutes
    self.lastSeatingBufferMinutes = lastSeatingBufferMinutes
    self.buffers = buffers
    self.pacing = pacing
    self.combining = combining
    self.holdTTLSeconds = holdTTLSeconds
    self.accessibleTablesKeptUntilMinutes = accessibleTablesKeptUntilMinutes
    self.optimisation = optimisation
    self.review = review
    self.demand = demand
    self.floor = floor
  }
}

/// How far automation goes for a restaurant.
public enum AutomationLevel: String, Sendable, Codable, CaseIterable {
  /// Seat if possible, else review.
  case auto
  /// The three best plans go to a person.
  case suggest
  /// Accepted only if a table is there now.
  case mandatory
}

/// When the doors are open on the given weekdays. `close` at or before `open` means the next day.
public struct OpeningHours: Sendable, Hashable {
  public var days: [Weekday]
  public var open: LocalTime
  public var close: LocalTime

  public init(days: [Weekday], open: LocalTime, close: LocalTime) {
    self.days = days
    self.open = open
    self.close = close
  }
}

/// Lunch, dinner, drinks …: when it runs, and how long parties stay. `end` at or before `start` means the next day.
public struct ServicePeriod: Sendable, Hashable {
  public var name: String
  public var kind: String
  public var days: [Weekday]
  public var start: LocalTime
  public var end: LocalTime
  /// Ascending by `maxParty`.
  public var turnBands: [TurnBand]

  public init(name: String, kind: String, days: [Weekday], start: LocalTime, end: LocalTime, turnBands: [TurnBand]) {
    self.name = name
    self.kind = kind
    self.days = days
    self.start = start
    self.end = end
    self.turnBands = turnBands
  }

  /// Minutes at the table for a party, or nil if no band reaches its size.
  public func turnMinutes(party: Int) -> Int? { turnBands.first(where: { party <= $0.maxParty })?.minutes }
}

/// Parties up to `maxParty` stay for `minutes`.
public struct TurnBand: Sendable, Hashable {
  public var maxParty: Int
  public var minutes: Int

  public init(maxParty: Int, minutes: Int) {
    self.maxParty = maxParty
    self.minutes = minutes
  }
}

/// A date that differs from its weekday.
public struct DayException: Sendable, Hashable {
  public var date: LocalDate
  public var closed: Bool
  /// Replaces the opening hours of the date when set.
  public var hours: OpeningHours?
  /// Replaces the service periods of the date when set; their `days` are those of the date.
  public var servicePeriods: [ServicePeriod]?

  public init(date: LocalDate, closed: Bool, hours: OpeningHours?, servicePeriods: [ServicePeriod]?) {
    self.date = date
    self.closed = closed
    self.hours = hours
    self.servicePeriods = servicePeriods
  }
}

/// Minutes before and after dining during which the table is blocked too; 0 unless set.
public struct Buffers: Sendable, Hashable, Codable {
  public var beforeMinutes: Int
  public var afterMinutes: Int

  public init(beforeMinutes: Int = 0, afterMinutes: Int = 0) {
    self.beforeMinutes = beforeMinutes
    self.afterMinutes = afterMinutes
  }
}

/// How much may start in one interval. A nil limit is no limit.
public struct Pacing: Sendable, Hashable {
  public var intervalMinutes: Int
  public var maxCovers: Int?
  /// Counts only what guests book themselves.
  public var maxCoversOnline: Int?
  public var maxParties: Int?

  public init(intervalMinutes: Int, maxCovers: Int? = nil, maxCoversOnline: Int? = nil, maxParties: Int? = nil) {
    self.intervalMinutes = intervalMinutes
    self.maxCovers = maxCovers
    self.maxCoversOnline = maxCoversOnline
    self.maxParties = maxParties
  }
}

/// How tables may be joined.
public struct CombiningPolicy: Sendable, Hashable {
  /// At most this many tables for one party; 3 unless set, 1 switches joining off.
  public var maxTables: Int
  /// Joined tables must be connected in the adjacency graph; true unless set.
  public var requireAdjacency: Bool
  /// Plans with more spare seats are used only when nothing closer is free; nil is no limit.
  public var maxSpareSeats: Int?

  public init(maxTables: Int = 3, requireAdjacency: Bool = true, maxSpareSeats: Int? = nil) {
    self.maxTables = maxTables
    self.requireAdjacency = requireAdjacency
    self.maxSpareSeats = maxSpareSeats
  }
}

/// Whole-day optimisation of a restaurant.
public struct OptimisationPolicy: Sendable, Hashable {
  public var automatic: Bool
  public var minimumGainPercent: Int
  public var churnBudget: Int
  public var freezeMinutes: Int

  public init(automatic: Bool = false, minimumGainPercent: Int = 10, churnBudget: Int = 5, freezeMinutes: Int = 60) {
    self.automatic = automatic
    self.minimumGainPercent = minimumGainPercent
    self.churnBudget = churnBudget
    self.freezeMinutes = freezeMinutes
  }
}

/// When a booking in review raises an alert, and when it is declined.
public struct ReviewPolicy: Sendable, Hashable {
  /// 120 unless set.
  public var alertBeforeMinutes: Int
  /// 30 unless set.
  public var declineBeforeMinutes: Int
  /// False keeps the booking in review past its deadline.
  public var declineAutomatically: Bool

  public init(alertBeforeMinutes: Int = 120, declineBeforeMinutes: Int = 30, declineAutomatically: Bool = true) {
    self.alertBeforeMinutes = alertBeforeMinutes
    self.declineBeforeMinutes = declineBeforeMinutes
    self.declineAutomatically = declineAutomatically
  }
}

/// What the house expects of a service on some weekdays.
public struct DemandExpectation: Sendable, Hashable {
  public var service: String
  public var days: [Weekday]
  public var expectedParties: Int
  /// Share of the parties by size; sums to 1 within a hundredth.
  public var partySizes: [Int: Double]

  public init(service: String, days: [Weekday], expectedParties: Int, partySizes: [Int: Double]) {
    self.service = service
    self.days = days
    self.expectedParties = expectedParties
    self.partySizes = partySizes
  }
}
