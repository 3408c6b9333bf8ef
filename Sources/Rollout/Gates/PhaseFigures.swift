public import BookingDomain

/// What one run of a phase has measured, as plain values; nil is not measured, which never passes.
public struct PhaseFigures: Sendable, Hashable, Codable {
  /// Since the run was entered.
  public var elapsedSeconds: Double
  /// V3's bookings; in phases with shadow alone, how shadow did.
  public var v3 = FlowFigures()
  /// Legacy's bookings of the same time; where V3 has every restaurant, of the last phase in which legacy decided.
  public var legacy = FlowFigures()
  /// V3's bookings in the last run of the phase before; nil without one.
  public var before: FlowFigures?
  /// What shadow compared.
  public var paired = PairedOutcomes()
  /// Incidents P0 and P1 that began in this run.
  public var seriousIncidents = 0
  public var events: EventFigures?
  /// The longest time that a breaker was open without a break, or has been.
  public var breakerOpenSeconds: Double?
  public var stuck: Int?
  public var duplicateNotices: Int?
  public var latency: PercentileFigures?
  public var lockWait: PercentileFigures?
  /// The last drill of this run.
  public var drill: DrillResult?
  /// Days of this run that are over, in order.
  public var days: [DayFigures] = []

  public init(elapsedSeconds: Double = 0) { self.elapsedSeconds = elapsedSeconds }

  /// Whether what happened was told.
  public struct EventFigures: Sendable, Hashable, Codable {
    public var decided: Int
    /// Decided bookings with all their events in the right mode, and events as the history has them.
    public var complete: Int

    public init(decided: Int, complete: Int) {
      self.decided = decided
      self.complete = complete
    }
  }

  /// A 95th percentile, and how many measurements reached the criterion's limit: from that its bound follows exactly.
  public struct PercentileFigures: Sendable, Hashable, Codable {
    public var p95Milliseconds: Double
    public var count: Int
    /// Measurements at the limit or above it.
    public var slow: Int

    public init(p95Milliseconds: Double, count: Int, slow: Int) {
      self.p95Milliseconds = p95Milliseconds
      self.count = count
      self.slow = slow
    }
  }

  /// A date of the rollout and how V3 did on it.
  public struct DayFigures: Sendable, Hashable, Codable {
    /// As `2026-11-24`.
    public var date: String
    public var v3: FlowFigures

    public init(date: String, v3: FlowFigures) {
      self.date = date
      self.v3 = v3
    }
  }
}

/// A timed rollback drill: off, measure, on.
public struct DrillResult: Sendable, Hashable, Codable {
  public var at: Timestamp
  /// From switching V3 off to the last start of V3.
  public var recoverySeconds: Double

  public init(at: Timestamp, recoverySeconds: Double) {
    self.at = at
    self.recoverySeconds = recoverySeconds
  }
}
