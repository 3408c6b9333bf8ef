public import BookingDomain
public import Rollout

/// What a rehearsal plays: whose demand, what goes wrong and when, how the people act, and what should come of it.
public struct RehearsalScenario: Sendable, Hashable {
  /// As in the file.
  public var name: String
  /// One sentence.
  public var about: String
  /// The rollout begins on this date at 06:00 UTC.
  public var start = RehearsalScenario.defaultStart
  /// How long guests book; the rehearsal ends earlier where the last phase has been entered and its bookings have ended.
  public var days = 16
  /// Restaurants that are made up; no more than that of a bookings file, where one is given.
  public var restaurants = 60
  /// Bookings a day, of all restaurants together.
  public var bookingsPerDay = 1_350
  public var people = RehearsalPeople()
  /// In the order of the file.
  public var faults: [RehearsalFault] = []
  /// Nil where nothing is expected.
  public var expected: RehearsalExpectation?

  /// 2026-11-02, a Monday.
  public static let defaultStart = LocalDate(daysSinceEpoch: 20_759)

  public init(name: String, about: String = "") {
    self.name = name
    self.about = about
  }

  /// When the rollout begins.
  var startTime: Timestamp { Timestamp(seconds: Int64(start.daysSinceEpoch) * 86_400 + 6 * 3_600) }

  /// Begins and ends with the demand of a bookings file.
  public mutating func fit(to demand: RehearsalDemand) {
    guard let first = demand.time(of: 0), let last = demand.rows.last?.createdAt else { return }
    let day = first.seconds / 86_400
    start = LocalDate(daysSinceEpoch: Int(first.seconds % 86_400 < 6 * 3_600 ? day - 1 : day))
    days = Int((last.seconds - startTime.seconds) / 86_400) + 1
    restaurants = demand.restaurants.count
  }

  /// When the last guests book.
  var endTime: Timestamp { startTime.adding(.seconds(days * 86_400)) }
}

/// How the people act.
public struct RehearsalPeople: Sendable, Hashable {
  /// How often somebody looks at the rollout, signs off and advances; 60 minutes.
  public var lookMinutes = 60
  /// Hours of the day, in UTC, in which somebody does: from the first, and before the last; 6 to 18.
  public var workHours = 6..<18
  /// Whether, and how long after, somebody resumes what a rule has stopped; nil never.
  public var resumeHours: Int?
  /// How long a booking in review waits for the host, who gives it a table that is free; 20 minutes.
  public var hostMinutes = 20

  public init() {}
}

/// What goes wrong.
public struct RehearsalFault: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Answers of V3's planner take `milliseconds` longer.
    case slowPlanner = "slow_planner"
    /// V3's planner proposes nothing, though tables are free.
    case worsePlanner = "worse_planner"
    /// V3's planner fails.
    case failingPlanner = "failing_planner"
    /// Nothing can be read or written.
    case storageAway = "storage_away"
    /// A person reports an incident of the level.
    case incident
  }

  public var kind: Kind
  /// It begins when this phase has been entered for the first time; nil when the rollout begins.
  public var phase: String?
  /// So long after that; 0.
  public var afterHours = 0.0
  /// How long it lasts; nil to the end.
  public var lastsHours: Double?
  /// For a planner: of how many restaurants, those with most bookings for which V3 decides when it begins; nil of all.
  public var restaurants: Int?
  /// For a planner: so many of a hundred bookings; 100.
  public var percent = 100.0
  /// For a slow planner: how much longer, on average; 0.
  public var milliseconds = 0
  /// For an incident; P1.
  public var level = IncidentLevel.p1

  public init(_ kind: Kind) { self.kind = kind }
}

/// What should come of a scenario.
public struct RehearsalExpectation: Sendable, Hashable {
  /// Phases in which the rollout may stand at the end.
  public var phases: [String] = []
  /// What may have caught it, as ``RehearsalCatch`` names it; any of them.
  public var caughtBy: [String] = []

  public init() {}
}
