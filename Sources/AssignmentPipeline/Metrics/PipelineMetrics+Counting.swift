import AssignmentStore
import BookingDomain
import CoreMetrics
import Rollout

extension PipelineMetrics {
  /// A new booking was stored.
  func accepted(_ origin: BookingOrigin) { series?.accepted.increment(origin) }

  /// A try has ended.
  func count(_ outcome: Outcome, flow: AssignmentFlow, restaurant: RestaurantID) {
    guard let series else { return }
    let (kind, reason) = outcome.counted
    count(kind, reason, flow: flow, restaurant: restaurant)
    switch outcome {
    case .confirmed(let strategy, _): series.confirmations.increment(.init(flow: flow, strategy: strategy))
    case .noop(.lockContention): series.contention.increment()
    case .retry(.rateLimited, _): series.limited.increment()
    default: break
    }
  }

  /// Something ended without a try: at the desk, or at a deadline.
  func count(_ kind: OutcomeKind, _ reason: OutcomeReason?, flow: AssignmentFlow, restaurant: RestaurantID) {
    guard let series else { return }
    series.outcomes.increment(.init(flow: flow, kind: kind, reason: reason))
    series.restaurants?.count(kind, flow: flow, restaurant: restaurant)
  }

  /// A step of a try, as it is told.
  func count(_ step: TryStep, flow: AssignmentFlow) {
    switch step {
    case .lockAcquired(let waited): record(.lockWait, waited)
    case .planned(_, _, let took): record(.plan, took)
    case .error(let code): error(code, flow: flow)
    default: break
    }
  }

  /// A fault of the system, by a code of a bounded set.
  func error(_ code: String, flow: AssignmentFlow) { series?.errors.increment(.init(flow: flow, code: code)) }

  func record(_ stage: PipelineStage, _ took: Duration) {
    series?.stages[stage]?.recordNanoseconds(took.wholeNanoseconds)
  }

  /// What a transaction has stored.
  func transitions(_ rows: [HistoryRow]) {
    guard let series else { return }
    for row in rows { series.transitions.increment(.init(mode: row.mode, from: row.from, to: row.to)) }
  }

  /// The automatic work on a booking has ended.
  ///
  /// What a person has sent back is not measured: its time since it was made is not the pipeline's.
  func decided(_ booking: Booking, at time: Timestamp) {
    if booking.undo == nil { decided(booking, after: max(.zero, time.since(booking.createdAt))) }
  }

  /// The same, where it is known how long it took; nothing for a booking that the pipeline still works on.
  func decided(_ booking: Booking, after took: Duration) {
    guard let series, let kind = OutcomeKind(booking.state) else { return }
    series.decisions[kind]?.recordNanoseconds(took.wholeNanoseconds)
  }

  /// Found past its state's deadline.
  func stuck() { series?.stuck.increment() }

  func delivery(_ result: PipelineSeries.DeliveryResult) { series?.deliveries.increment(result) }

  func maintenanceBegins(_ service: String) { series?.maintenanceFailures.expose(service) }

  func maintenanceFailed(_ service: String) { series?.maintenanceFailures.increment(service) }

  /// A comparison was written.
  func shadow(_ verdict: ShadowVerdict) { series?.shadowVerdicts.increment(verdict) }

  func shadow(_ fault: ShadowFault) { series?.shadowErrors.increment(fault) }

  func shadowDropped() { series?.shadowDropped.increment() }

  /// A rule of automatic rollback has acted here.
  func rolledBack(_ rule: RollbackFinding.Rule) { series?.rollbacks.increment(rule) }

  /// The instance has told that it lives.
  func heartbeat(at time: Timestamp) { series?.heartbeat.set(Double(time.microseconds) / 1_000_000) }
}

extension PipelineEnvironment {
  /// Planners that were given up and have not returned.
  public var hungPlanners: Int { planning.hungCount }

  /// Records how long a stage took that has just ended.
  func measured(_ stage: PipelineStage, since began: ContinuousClock.Instant) {
    metrics.record(stage, began.duration(to: monotonic.now))
  }
}

extension Outcome {
  fileprivate var counted: (OutcomeKind, OutcomeReason?) {
    switch self {
    case .confirmed: (.confirmed, nil)
    case .retry(let reason, _): (.retry, reason)
    case .manualReview(let reason): (.manualReview, reason)
    case .failed(let reason): (.failed, reason)
    case .noop(let reason): (.noop, reason)
    }
  }
}

extension OutcomeKind {
  /// Nil for a state in which the pipeline still works.
  fileprivate init?(_ state: AssignmentState) {
    switch state {
    case .confirmed: self = .confirmed
    case .manualReview: self = .manualReview
    case .failed: self = .failed
    default: return nil
    }
  }
}

extension Duration {
  /// Rounded down.
  fileprivate var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
  }
}
