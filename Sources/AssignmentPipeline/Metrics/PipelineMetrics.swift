import AssignmentStore
import BookingDomain
public import CoreMetrics
import Resilience
import Rollout

/// What the pipeline counts and times, in the terms of swift-metrics. What a database can be asked is not here.
///
/// A value, given with the ``PipelineEnvironment``, so that nothing global is written and tests can look. Names and labels
/// are described where the process is put together.
public struct PipelineMetrics: Sendable {
  /// Nil where nothing is counted.
  let series: PipelineSeries?

  /// Counts nothing, at no cost.
  public static let off = PipelineMetrics(series: nil)

  /// - Parameter restaurants: how many restaurants have series of their own, the first ones to be heard of; the others are
  ///   together `other`. None unless given.
  public init(factory: any MetricsFactory, restaurants: Int = 0) {
    series = PipelineSeries(factory: factory, restaurants: restaurants)
  }

  private init(series: PipelineSeries?) { self.series = series }
}

/// A part of a booking's way whose duration is measured.
public enum PipelineStage: String, Sendable, CaseIterable {
  /// Storing a new booking, until it is on disk.
  case accept
  /// Getting job and lease.
  case lockWait = "lock_wait"
  /// Capacity checks, up to having a permit.
  case verify
  /// Reading the floor.
  case read
  /// The planner's own time.
  case plan
  /// The transaction that confirms.
  case confirm
}

/// How a try ended, as counted.
public enum OutcomeKind: String, Sendable, CaseIterable {
  case confirmed, retry
  case manualReview = "manual_review"
  case failed, noop
  /// A `mandatory` house had no table: no booking is stored.
  case refused
}

/// The series behind ``PipelineMetrics``.
final class PipelineSeries: Sendable {
  struct OutcomeKey: Hashable, Sendable {
    var flow: AssignmentFlow
    var kind: OutcomeKind
    var reason: OutcomeReason?
  }
  struct StrategyKey: Hashable, Sendable {
    var flow: AssignmentFlow
    var strategy: StrategyName
  }
  struct TransitionKey: Hashable, Sendable {
    var mode: HistoryMode
    var from: AssignmentState?
    var to: AssignmentState
  }
  struct ErrorKey: Hashable, Sendable {
    var flow: AssignmentFlow
    var code: String
  }
  enum DeliveryResult: String, CaseIterable, Sendable { case delivered, failed, postponed }

  let accepted: CounterFamily<BookingOrigin>
  let outcomes: CounterFamily<OutcomeKey>
  let confirmations: CounterFamily<StrategyKey>
  let transitions: CounterFamily<TransitionKey>
  let errors: CounterFamily<ErrorKey>
  let deliveries: CounterFamily<DeliveryResult>
  let maintenanceFailures: CounterFamily<String>
  let shadowVerdicts: CounterFamily<ShadowVerdict>
  let shadowErrors: CounterFamily<ShadowFault>
  let shadowDropped: Counter
  let rollbacks: CounterFamily<RollbackFinding.Rule>
  let contention: Counter
  let limited: Counter
  let stuck: Counter
  let stages: [PipelineStage: Timer]
  let decisions: [OutcomeKind: Timer]
  let heartbeat: Meter
  let restaurants: RestaurantOutcomes?

  init(factory: any MetricsFactory, restaurants: Int) {
    accepted = CounterFamily("headwaiter_bookings_accepted_total", of: "origin", factory: factory)
    outcomes = CounterFamily("headwaiter_outcomes_total", factory: factory, known: OutcomeKey.usual) {
      [("flow", $0.flow.rawValue), ("outcome", $0.kind.rawValue), ("reason", $0.reason?.rawValue ?? "none")]
    }
    confirmations = CounterFamily("headwaiter_confirmations_total", factory: factory, known: StrategyKey.usual) {
      [("flow", $0.flow.rawValue), ("strategy", $0.strategy.rawValue)]
    }
    transitions = CounterFamily("headwaiter_transitions_total", factory: factory) {
      [("from", $0.from?.rawValue ?? "none"), ("mode", $0.mode.rawValue), ("to", $0.to.rawValue)]
    }
    errors = CounterFamily("headwaiter_errors_total", factory: factory, known: ErrorKey.usual) {
      [("code", $0.code), ("flow", $0.flow.rawValue)]
    }
    deliveries = CounterFamily("headwaiter_notice_deliveries_total", of: "result", factory: factory)
    maintenanceFailures = CounterFamily("headwaiter_maintenance_failures_total", factory: factory) { [("service", $0)] }
    shadowVerdicts = CounterFamily("headwaiter_shadow_verdicts_total", of: "verdict", factory: factory)
    shadowErrors = CounterFamily("headwaiter_shadow_errors_total", of: "code", factory: factory)
    shadowDropped = Counter(label: "headwaiter_shadow_dropped_total", factory: factory)
    rollbacks = CounterFamily("headwaiter_rollbacks_total", of: "rule", factory: factory)
    contention = Counter(label: "headwaiter_lock_contention_total", factory: factory)
    limited = Counter(label: "headwaiter_permits_limited_total", factory: factory)
    stuck = Counter(label: "headwaiter_stuck_total", factory: factory)
    stages = Self.timers("headwaiter_stage_duration_seconds", "stage", PipelineStage.allCases, factory)
    decisions = Self.timers(
      "headwaiter_decision_duration_seconds", "outcome", [.confirmed, .manualReview, .failed], factory)
    heartbeat = Meter(label: "headwaiter_heartbeat_timestamp_seconds", factory: factory)
    self.restaurants = restaurants > 0 ? RestaurantOutcomes(factory: factory, limit: restaurants) : nil
  }

  private static func timers<Key: Hashable & RawRepresentable<String>>(
    _ label: String, _ name: String, _ keys: [Key], _ factory: any MetricsFactory
  ) -> [Key: Timer] {
    Dictionary(
      uniqueKeysWithValues: keys.map {
        ($0, Timer(label: label, dimensions: [(name, $0.rawValue)], factory: factory))
      })
  }
}

/// Outcomes for each of so many restaurants.
final class RestaurantOutcomes: Sendable {
  struct Key: Hashable, Sendable {
    var restaurant: String
    var flow: AssignmentFlow
    var kind: OutcomeKind
  }

  private let limit: Int
  private let known = Locked(Set<RestaurantID>())
  private let outcomes: CounterFamily<Key>

  init(factory: any MetricsFactory, limit: Int) {
    self.limit = limit
    outcomes = CounterFamily("headwaiter_restaurant_outcomes_total", factory: factory) {
      [("flow", $0.flow.rawValue), ("outcome", $0.kind.rawValue), ("restaurant", $0.restaurant)]
    }
  }

  func count(_ kind: OutcomeKind, flow: AssignmentFlow, restaurant: RestaurantID) {
    let isKnown = known.withLock { known in
      if known.contains(restaurant) { return true }
      guard known.count < limit else { return false }
      known.insert(restaurant)
      return true
    }
    outcomes.increment(Key(restaurant: isKnown ? restaurant.rawValue : "other", flow: flow, kind: kind))
  }
}
