public import BookingDomain

/// How one try of the pipeline ended.
public enum Outcome: Sendable, Hashable {
  case confirmed(strategy: StrategyName, tables: [TableNumber])
  case retry(reason: OutcomeReason, delay: Duration)
  case manualReview(reason: OutcomeReason)
  case failed(reason: OutcomeReason)
  case noop(reason: OutcomeReason)
}
