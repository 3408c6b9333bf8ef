public import BookingDomain
public import Rollout

/// Which bookings the figures of a run are about: those made in it that have ended.
public struct PhaseFigureQuery: Sendable, Hashable {
  public var span: Span
  /// Where legacy's own figures come from; the run itself unless V3 has every restaurant in it.
  public var legacy: Span?
  /// V3's bookings in the last run of the phase before; nil without one.
  public var before: Span?
  /// Milliseconds from which a measurement counts as slow; nil where nothing asks for it, and nothing is measured.
  public var slowLatency: Double?
  public var slowLockWait: Double?

  /// A span of time, and whether shadow alone ran in it.
  public struct Span: Sendable, Hashable {
    public var from: Timestamp
    /// Exclusive.
    public var until: Timestamp
    /// Rates are those of shadow's outcomes.
    public var isShadowOnly: Bool

    public init(from: Timestamp, until: Timestamp, isShadowOnly: Bool = false) {
      self.from = from
      self.until = until
      self.isShadowOnly = isShadowOnly
    }
  }

  public init(_ span: Span) { self.span = span }
}

/// What the rules of automatic rollback are to look at.
public struct RollbackFigureQuery: Sendable, Hashable {
  /// When the run was entered: bookings made before are of no rule's.
  public var since: Timestamp
  public var now: Timestamp
  public var rules: RollbackRules
  /// Restaurants cost more than the rest, and may be looked at less often.
  public var withRestaurants: Bool

  public init(since: Timestamp, now: Timestamp, rules: RollbackRules, withRestaurants: Bool = true) {
    self.since = since
    self.now = now
    self.rules = rules
    self.withRestaurants = withRestaurants
  }
}
