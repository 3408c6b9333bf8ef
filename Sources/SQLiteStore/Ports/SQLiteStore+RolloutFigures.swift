public import AssignmentStore
import BookingDomain
import GRDB
public import Rollout
import StoreFoundation

extension SQLiteStore: RolloutFigureReading {
  public func phaseFigures(_ query: PhaseFigureQuery) async throws(StoreError) -> PhaseFigures {
    let now = clock.now()
    return try await read { session in
      let span = query.span
      let days = try session.days(span)
      var figures = PhaseFigures()
      figures.v3 = days.map(\.v3).reduce(FlowFigures(), +)
      figures.days = days.filter { $0.isOver(at: span.until) }.map(\.figures)
      figures.legacy = try session.legacy(query.legacy ?? span)
      figures.before = try query.before.map { try session.days($0).map(\.v3).reduce(FlowFigures(), +) }
      if span.isShadowOnly { figures.paired = try session.paired(span) }
      figures.events = try session.events(span)
      figures.breakerOpenSeconds = try session.seconds(PhaseSQL.breakers, span.values)
      figures.stuck = try session.count(OverdueSQL.count, [.time(now)])
      figures.stuck? += try session.count(PhaseSQL.rescued, span.values)
      figures.duplicateNotices = try session.count(PhaseSQL.duplicateNotices, span.values)
      figures.latency = try query.slowLatency.flatMap { try session.percentile(PhaseSQL.latency, span, slow: $0) }
      figures.lockWait = try query.slowLockWait.flatMap { try session.percentile(PhaseSQL.lockWait, span, slow: $0) }
      return figures
    }
  }

  public func rollbackFigures(_ query: RollbackFigureQuery) async throws(StoreError) -> RollbackFigures {
    try await read { session in
      var figures = RollbackFigures()
      let begin = query.now.adding(.seconds(-60 * query.rules.error.windowMinutes))
      try session.first(RollbackSQL.window, [.time(query.since), .time(max(begin, query.since)), .time(query.now)]) {
        (figures.windowEligible, figures.windowErrors) = ($0.int(0), $0.int(1))
      }
      try session.first(
        RollbackSQL.last, [.time(query.since), .time(query.now), .int(query.rules.review.lastEligible)]
      ) {
        (figures.lastEligible, figures.lastReviewed) = ($0.int(0), $0.int(1))
      }
      let heard = query.now.adding(.zero - SeenInstance.patience)
      figures.breakerOpenSeconds = try session.seconds(RollbackSQL.breakers, [.time(heard), .time(query.now)])
      guard query.withRestaurants else { return figures }
      let rule = query.rules.restaurant
      figures.restaurants = try session.all(
        RollbackSQL.restaurants,
        [
          .time(query.since), .time(query.now), .int(rule.leastEligible), rule.abovePercent.databaseValue,
        ]
      ) { row in
        RollbackFigures.RestaurantFigures(
          id: row.id(0), eligible: row.int(1), reviewedOrFailed: row.int(2), legacyEligible: row.int(3),
          legacyReviewedOrFailed: row.int(4))
      }
      return figures
    }
  }

  public func bookingsUnderWayInV3() async throws(StoreError) -> Int {
    try await read { session in try session.count(RollbackSQL.underWay) }
  }
}

extension PhaseFigureQuery.Span {
  fileprivate var values: [DatabaseValue] { [.time(from), .time(until)] }
}

extension Session {
  /// V3's bookings, or shadow's, of each day.
  fileprivate func days(_ span: PhaseFigureQuery.Span) throws -> [PhaseDay] {
    try all(span.isShadowOnly ? PhaseSQL.shadowDays : PhaseSQL.days, span.values) { row in
      PhaseDay(number: row.int(0), v3: FlowFigures(row, from: 1))
    }
  }

  fileprivate func legacy(_ span: PhaseFigureQuery.Span) throws -> FlowFigures {
    try first(PhaseSQL.legacy, span.values) { FlowFigures($0, from: 0) } ?? FlowFigures()
  }

  fileprivate func paired(_ span: PhaseFigureQuery.Span) throws -> PairedOutcomes {
    try first(PhaseSQL.paired, span.values) { row in
      PairedOutcomes(both: row.int(0), v3Only: row.int(1), legacyOnly: row.int(2), neither: row.int(3))
    } ?? PairedOutcomes()
  }

  fileprivate func events(_ span: PhaseFigureQuery.Span) throws -> PhaseFigures.EventFigures? {
    try first(span.isShadowOnly ? PhaseSQL.shadowEvents : PhaseSQL.events, span.values) { row in
      PhaseFigures.EventFigures(decided: row.int(0), complete: row.int(1))
    }
  }

  fileprivate func percentile(
    _ sql: String, _ span: PhaseFigureQuery.Span, slow: Double
  ) throws -> PhaseFigures.PercentileFigures? {
    try first(sql, span.values + [slow.databaseValue]) { row in
      row.int(0) == 0
        ? nil : PhaseFigures.PercentileFigures(p95Milliseconds: row[1] ?? 0, count: row.int(0), slow: row.int(2))
    } ?? nil
  }

  /// Microseconds as seconds; 0 for none.
  fileprivate func seconds(_ sql: String, _ values: [DatabaseValue]) throws -> Double {
    Double(try first(sql, values) { $0.int64(0) } ?? 0) / 1_000_000
  }
}

extension FlowFigures {
  fileprivate init(_ row: Row, from column: Int) {
    self.init(
      bookings: row.int(column), bookingsConfirmed: row.int(column + 1), eligible: row.int(column + 2),
      confirmed: row.int(column + 3), reviewed: row.int(column + 4), errors: row.int(column + 5),
      fullHouse: row.int(column + 6))
  }
}

/// Each takes the beginning and the end of a span.
enum PhaseSQL {
  static let days = """
    SELECT created_at / \(PhaseDay.microseconds) AS day, \(RateSQL.flow) FROM v_outcomes
    WHERE created_at >= ?1 AND created_at < ?2 AND flow = 'v3' GROUP BY day ORDER BY day
    """

  static let legacy = """
    SELECT \(RateSQL.flow) FROM v_outcomes WHERE created_at >= ?1 AND created_at < ?2 AND flow = 'legacy'
    """

  private static let compared = """
    FROM shadow_comparisons AS told INDEXED BY comparisons_by_time
    CROSS JOIN v_outcomes AS booking ON booking.booking_id = told.booking_id
    WHERE told.created_at >= ?1 AND told.created_at < ?2
    """

  /// A comparison ends shadow's work on a booking, whatever becomes of the booking.
  static let shadowDays = """
    SELECT told.created_at / \(PhaseDay.microseconds) AS day,
      \(RateSQL.shadow)
    \(compared) GROUP BY day ORDER BY day
    """

  static let paired = """
    SELECT \(RateSQL.paired)
    \(compared) AND standing = 'eligible'
    """

  /// History rows of a flow against the events that tell of them.
  private static func told(_ mode: String, _ type: String) -> String {
    """
    (SELECT count(*) FROM booking_assignment_state_history AS written
      WHERE written.booking_id = booking.booking_id AND written.mode = '\(mode)')
    = (SELECT count(*) FROM observability_events AS event
      WHERE event.booking_id = booking.booking_id AND event.event_type = '\(type)'
        AND event.context->>'mode' = '\(mode)')
    """
  }

  static let events = """
    SELECT count(*), count(*) FILTER (WHERE is_told) FROM (
      SELECT \(told("v3", "booking.assignment_state_transition")) AS is_told FROM v_outcomes AS booking
      WHERE created_at >= ?1 AND created_at < ?2 AND flow = 'v3' AND has_ended)
    """

  /// Whatever legacy decided must have been compared, with shadow's events and legacy's own.
  static let shadowEvents = """
    SELECT count(*), count(*) FILTER (WHERE is_told AND is_compared AND is_imagined) FROM (
      SELECT \(told("legacy", "auto_assign.state_transition")) AS is_told,
        EXISTS (SELECT 1 FROM observability_events AS event
          WHERE event.booking_id = booking.booking_id AND event.event_type = 'shadow.compared') AS is_compared,
        EXISTS (SELECT 1 FROM shadow_comparisons AS told
          WHERE told.booking_id = booking.booking_id AND told.verdict = 'shadow_error')
        OR EXISTS (SELECT 1 FROM observability_events AS event
          WHERE event.booking_id = booking.booking_id AND event.event_type = 'booking.assignment_state_transition'
            AND event.context->>'mode' = 'shadow') AS is_imagined
      FROM v_outcomes AS booking
      WHERE created_at >= ?1 AND created_at < ?2 AND flow = 'legacy' AND has_ended
        AND standing IN ('eligible', 'full_house'))
    """

  /// How long the breaker that was open longest was, within the span.
  static let breakers = """
    SELECT max(min(seen_at, ?2) - max(opened_at, ?1)) FROM breaker_openings WHERE seen_at >= ?1 AND opened_at < ?2
    """

  /// Past their deadline within the span, and rescued.
  static let rescued = """
    SELECT count(DISTINCT booking_id) FROM observability_events INDEXED BY events_of_warnings
    WHERE severity = 'warning' AND created_at >= ?1 AND created_at < ?2
      AND event_type IN ('coordinator.retry', 'coordinator.manual_review') AND context->>'reason' = 'deadline'
    """

  static let duplicateNotices = """
    SELECT count(*) FROM (
      SELECT 1 FROM bookings AS b INDEXED BY bookings_by_creation
      CROSS JOIN notices AS notice ON notice.booking_id = b.id
      WHERE b.created_at >= ?1 AND b.created_at < ?2
      GROUP BY notice.booking_id, notice.version, notice.kind HAVING count(DISTINCT notice.id) > 1)
    """

  /// And how slow slow is; count, 95th percentile by nearest rank, how many were slow.
  private static func percentile(_ source: String) -> String {
    """
    SELECT count(*), min(ms) FILTER (WHERE place * 100 >= counted * 95), count(*) FILTER (WHERE ms >= ?3)
    FROM (SELECT ms, row_number() OVER (ORDER BY ms) AS place, count(*) OVER () AS counted FROM (\(source)))
    """
  }

  static let latency = percentile(
    """
    SELECT duration_ms AS ms FROM v_eligible
    WHERE created_at >= ?1 AND created_at < ?2 AND flow = 'v3' AND has_ended
    """)

  static let lockWait = percentile(
    """
    SELECT CAST(context->>'wait_ms' AS REAL) AS ms FROM observability_events
    WHERE created_at >= ?1 AND created_at < ?2 AND event_type = 'coordinator.lock_acquired'
    """)
}

/// Each begins with when the run was entered, of which bookings must be; `+` leaves the choice of the index to the window.
enum RollbackSQL {
  /// Beginning and end of the window.
  static let window = """
    SELECT count(*), count(*) FILTER (WHERE had_error) FROM v_eligible
    WHERE ended_at >= ?2 AND ended_at <= ?3 AND +created_at >= ?1 AND flow = 'v3'
    """

  /// Now, and how many.
  static let last = """
    SELECT count(*), count(*) FILTER (WHERE was_in_review) FROM (
      SELECT was_in_review FROM v_eligible
      WHERE ended_at >= ?1 AND ended_at <= ?2 AND +created_at >= ?1 AND flow = 'v3' ORDER BY ended_at DESC LIMIT ?3)
    """

  /// Those that were open when an instance was last heard of.
  static let breakers = "SELECT max(seen_at - opened_at) FROM breaker_openings WHERE seen_at > ?1 AND seen_at <= ?2"

  /// Now, the least eligible, and the limit in percent: only those whose own rate is above it can be above it surely.
  static let restaurants = """
    SELECT here.restaurant_id, eligible, bad,
      (SELECT count(*) FROM v_eligible AS before
        WHERE before.restaurant_id = here.restaurant_id AND before.flow = 'legacy' AND before.has_ended),
      (SELECT count(*) FROM v_eligible AS before
        WHERE before.restaurant_id = here.restaurant_id AND before.flow = 'legacy' AND before.has_ended
          AND (before.was_in_review OR before.outcome = 'failed'))
    FROM (
      SELECT restaurant_id, count(*) AS eligible, count(*) FILTER (WHERE was_in_review OR outcome = 'failed') AS bad
      FROM v_eligible WHERE ended_at >= ?1 AND ended_at <= ?2 AND +created_at >= ?1 AND flow = 'v3'
      GROUP BY restaurant_id) AS here
    WHERE eligible >= ?3 AND bad * 100.0 > ?4 * eligible ORDER BY here.restaurant_id
    """

  static let underWay = """
    SELECT count(*) FROM assignment_jobs AS job CROSS JOIN bookings AS booking ON booking.id = job.booking_id
    WHERE booking.assignment_flow = 'v3' AND booking.assignment_state IN ('assignment_in_progress', 'assigned')
    """
}
