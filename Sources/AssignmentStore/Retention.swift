/// What is deleted by age.
public enum PrunedKind: String, Sendable, Codable, CaseIterable {
  case events, outbox, idempotency, shadow
  case dayPlans = "day_plans"
}

/// How long things are kept that are deleted by age.
public struct Retention: Sendable, Hashable {
  /// `observability_events`; 30 days.
  public var events = Duration.seconds(30 * 86_400)
  /// Messages of live events; 24 hours. A client that comes back later has missed some.
  public var outbox = Duration.seconds(86_400)
  /// Answers to requests with an idempotency key; 24 hours.
  public var idempotency = Duration.seconds(86_400)
  /// `shadow_comparisons`: as long as events.
  public var shadow: Duration { events }
  /// `day_plans` of past dates: as long as events, counted from the day or, if that is later, from when they were made.
  public var dayPlans: Duration { events }
  /// For how long breakers were open; 90 days, longer than any run of a phase.
  public static let breakerOpenings = Duration.seconds(90 * 86_400)

  public init() {}

  /// The age from which something is deleted.
  public subscript(kind: PrunedKind) -> Duration {
    switch kind {
    case .events: events
    case .outbox: outbox
    case .idempotency: idempotency
    case .shadow: shadow
    case .dayPlans: dayPlans
    }
  }

  /// The least that may be kept: the store itself refuses to delete events younger than a day, live clients come back
  /// within the hour, a key holds for a day, which callers rely on, and so does a day's plan, which is counted until the day
  /// has ended everywhere.
  public static func least(_ kind: PrunedKind) -> Duration {
    switch kind {
    case .events, .idempotency, .shadow, .dayPlans: .seconds(86_400)
    case .outbox: .seconds(3_600)
    }
  }

  /// The most that can be asked for; ten years.
  public static let most = Duration.seconds(3_650 * 86_400)
}
