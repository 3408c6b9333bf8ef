public import AssignmentStore
import BookingDomain
import PostgresClient
public import Rollout
import StoreFoundation

extension PostgresStore: RolloutFigureReading {
  public func phaseFigures(_ query: PhaseFigureQuery) async throws(StoreError) -> PhaseFigures {
    let span = query.span
    let days = try await days(span)
    var figures = PhaseFigures()
    figures.v3 = days.map(\.v3).reduce(FlowFigures(), +)
    figures.days = days.filter { $0.isOver(at: span.until) }.map(\.figures)
    figures.legacy =
      try await first(PhaseSQL.legacy, (query.legacy ?? span).values) { FlowFigures($0, from: 0) } ?? .init()
    if let before = query.before { figures.before = try await self.days(before).map(\.v3).reduce(FlowFigures(), +) }
    if span.isShadowOnly {
      figures.paired = try await first(PhaseSQL.paired, span.values, PairedOutcomes.init) ?? .init()
    }
    figures.events = try await first(
      span.isShadowOnly ? PhaseSQL.shadowEvents : PhaseSQL.events, span.values, PhaseFigures.EventFigures.init)
    figures.breakerOpenSeconds = try await seconds(PhaseSQL.breakers, span.values)
    figures.stuck = try await count(OverdueSQL.count) + count(PhaseSQL.rescued, span.values)
    figures.duplicateNotices = try await count(PhaseSQL.duplicateNotices, span.values)
    if let slow = query.slowLatency { figures.latency = try await percentile(PhaseSQL.latency, span, slow: slow) }
    if let slow = query.slowLockWait { figures.lockWait = try await percentile(PhaseSQL.lockWait, span, slow: slow) }
    return figures
  }

  public func rollbackFigures(_ query: RollbackFigureQuery) async throws(StoreError) -> RollbackFigures {
    var figures = RollbackFigures()
    let begin = query.now.adding(.seconds(-60 * query.rules.error.windowMinutes))
    let window = try await first(
      RollbackSQL.window, [.time(query.since), .time(max(begin, query.since)), .time(query.now)]
    ) { ($0.int(0), $0.int(1)) }
    (figures.windowEligible, figures.windowErrors) = window ?? (0, 0)
    let last = try await first(
      RollbackSQL.last, [.time(query.since), .time(query.now), .int(query.rules.review.lastEligible)]
    ) { ($0.int(0), $0.int(1)) }
    (figures.lastEligible, figures.lastReviewed) = last ?? (0, 0)
    let heard = query.now.adding(.zero - SeenInstance.patience)
    figures.breakerOpenSeconds = try await seconds(RollbackSQL.breakers, [.time(heard), .time(query.now)])
    guard query.withRestaurants else { return figures }
    let rule = query.rules.restaurant
    figures.restaurants = try await all(
      RollbackSQL.restaurants,
      [.time(query.since), .time(query.now), .int(rule.leastEligible), .double(rule.abovePercent)]
    ) { row in
      RollbackFigures.RestaurantFigures(
        id: row.id(0), eligible: row.int(1), reviewedOrFailed: row.int(2), legacyEligible: row.int(3),
        legacyReviewedOrFailed: row.int(4))
    }
    return figures
  }

  public func bookingsUnderWayInV3() async throws(StoreError) -> Int { try await count(RollbackSQL.underWay) }

  // MARK: Parts

  /// V3's bookings, or shadow's, of each day.
  private func days(_ span: PhaseFigureQuery.Span) async throws(StoreError) -> [PhaseDay] {
    try await all(span.isShadowOnly ? PhaseSQL.shadowDays : PhaseSQL.days, span.values) { row in
      PhaseDay(number: row.int(0), v3: FlowFigures(row, from: 1))
    }
  }

  private func percentile(
    _ sql: String, _ span: PhaseFigureQuery.Span, slow: Double
  ) async throws(StoreError) -> PhaseFigures.PercentileFigures? {
    try await first(sql, span.values + [.double(slow)]) { row in
      row.int(0) == 0
        ? nil
        : PhaseFigures.PercentileFigures(
          p95Milliseconds: row.optionalDouble(1) ?? 0, count: row.int(0), slow: row.int(2))
    } ?? nil
  }

  private func count(_ sql: String, _ values: [PostgresValue] = []) async throws(StoreError) -> Int {
    try await first(sql, values) { $0.int(0) } ?? 0
  }

  /// 0 for none.
  private func seconds(_ sql: String, _ values: [PostgresValue]) async throws(StoreError) -> Double {
    try await first(sql, values) { $0.optionalDouble(0) ?? 0 } ?? 0
  }
}

extension PhaseFigureQuery.Span {
  fileprivate var values: [PostgresValue] { [.time(from), .time(until)] }
}

extension PairedOutcomes {
  fileprivate init(_ row: PostgresRow) {
    self.init(both: row.int(0), v3Only: row.int(1), legacyOnly: row.int(2), neither: row.int(3))
  }
}

extension PhaseFigures.EventFigures {
  fileprivate init(_ row: PostgresRow) { self.init(decided: row.int(0), complete: row.int(1)) }
}

extension FlowFigures {
  fileprivate init(_ row: PostgresRow, from column: Int) {
    self.init(
      bookings: row.int(column), bookingsConfirmed: row.int(column + 1), eligible: row.int(column + 2),
      confirmed: row.int(column + 3), reviewed: row.int(column + 4), errors: row.int(column + 5),
      fullHouse: row.int(column + 6))
  }
}

/// Each takes the beginning and the end of a span.
enum PhaseSQL {
  static let days = """
    SELECT floor(extract(epoch FROM created_at) / 86400)::bigint AS day, \(RateSQL.flow) FROM v_outcomes
    WHERE created_at >= $1 AND created_at < $2 AND flow = 'v3' GROUP BY 1 ORDER BY 1
    """

  static let legacy = """
    SELECT \(RateSQL.flow) FROM v_outcomes WHERE created_at >= $1 AND created_at < $2 AND flow = 'legacy'
    """

  private static let compared = """
    FROM shadow_comparisons AS told
    JOIN v_outcomes AS booking ON booking.restaurant_id = told.restaurant_id AND booking.booking_id = told.booking_id
    WHERE told.created_at >= $1 AND told.created_at < $2
    """

  /// A comparison ends shadow's work on a booking, whatever becomes of the booking.
  static let shadowDays = """
    SELECT floor(extract(epoch FROM told.created_at) / 86400)::bigint AS day,
      \(RateSQL.shadow)
    \(compared) GROUP BY 1 ORDER BY 1
    """

  static let paired = """
    SELECT \(RateSQL.paired)
    \(compared) AND standing = 'eligible'
    """

  /// History rows of a flow against the events that tell of them.
  private static func told(_ mode: String, _ type: String) -> String {
    """
    (SELECT count(*) FROM booking_assignment_state_history AS written
      WHERE written.restaurant_id = booking.restaurant_id AND written.booking_id = booking.booking_id
        AND written.mode = '\(mode)')
    = (SELECT count(*) FROM observability_events AS event
      WHERE event.booking_id = booking.booking_id AND event.event_type = '\(type)'
        AND event.context->>'mode' = '\(mode)')
    """
  }

  static let events = """
    SELECT count(*), count(*) FILTER (WHERE is_told) FROM (
      SELECT \(told("v3", "booking.assignment_state_transition")) AS is_told FROM v_outcomes AS booking
      WHERE created_at >= $1 AND created_at < $2 AND flow = 'v3' AND has_ended) AS decided
    """

  /// Whatever legacy decided must have been compared, with shadow's events and legacy's own.
  static let shadowEvents = """
    SELECT count(*), count(*) FILTER (WHERE is_told AND is_compared AND is_imagined) FROM (
      SELECT \(told("legacy", "auto_assign.state_transition")) AS is_told,
        EXISTS (SELECT 1 FROM observability_events AS event
          WHERE event.booking_id = booking.booking_id AND event.event_type = 'shadow.compared') AS is_compared,
        EXISTS (SELECT 1 FROM shadow_comparisons AS told
          WHERE told.restaurant_id = booking.restaurant_id AND told.booking_id = booking.booking_id
            AND told.verdict = 'shadow_error')
        OR EXISTS (SELECT 1 FROM observability_events AS event
          WHERE event.booking_id = booking.booking_id AND event.event_type = 'booking.assignment_state_transition'
            AND event.context->>'mode' = 'shadow') AS is_imagined
      FROM v_outcomes AS booking
      WHERE created_at >= $1 AND created_at < $2 AND flow = 'legacy' AND has_ended
        AND standing IN ('eligible', 'full_house')) AS decided
    """

  /// How long the breaker that was open longest was, within the span.
  static let breakers = """
    SELECT extract(epoch FROM max(least(seen_at, $2) - greatest(opened_at, $1)))::double precision
    FROM breaker_openings WHERE seen_at >= $1 AND opened_at < $2
    """

  /// Past their deadline within the span, and rescued.
  static let rescued = """
    SELECT count(DISTINCT booking_id) FROM observability_events
    WHERE severity = 'warning' AND created_at >= $1 AND created_at < $2
      AND event_type IN ('coordinator.retry', 'coordinator.manual_review') AND context->>'reason' = 'deadline'
    """

  static let duplicateNotices = """
    SELECT count(*) FROM (
      SELECT 1 FROM bookings AS b
      JOIN notices AS notice ON notice.restaurant_id = b.restaurant_id AND notice.booking_id = b.id
      WHERE b.created_at >= $1 AND b.created_at < $2
      GROUP BY notice.booking_id, notice.version, notice.kind HAVING count(DISTINCT notice.id) > 1) AS twice
    """

  /// And how slow slow is; count, 95th percentile by nearest rank, how many were slow.
  private static func percentile(_ source: String) -> String {
    """
    SELECT count(*), percentile_disc(0.95) WITHIN GROUP (ORDER BY ms), count(*) FILTER (WHERE ms >= $3)
    FROM (\(source)) AS measured
    """
  }

  static let latency = percentile(
    """
    SELECT duration_ms AS ms FROM v_eligible
    WHERE created_at >= $1 AND created_at < $2 AND flow = 'v3' AND has_ended
    """)

  static let lockWait = percentile(
    """
    SELECT (context->>'wait_ms')::double precision AS ms FROM observability_events
    WHERE created_at >= $1 AND created_at < $2 AND event_type = 'coordinator.lock_acquired'
    """)
}

/// Each begins with when the run was entered, of which bookings must be.
enum RollbackSQL {
  /// Beginning and end of the window.
  static let window = """
    SELECT count(*), count(*) FILTER (WHERE had_error) FROM v_eligible
    WHERE ended_at >= $2 AND ended_at <= $3 AND created_at >= $1 AND flow = 'v3'
    """

  /// Now, and how many.
  static let last = """
    SELECT count(*), count(*) FILTER (WHERE was_in_review) FROM (
      SELECT was_in_review FROM v_eligible
      WHERE ended_at >= $1 AND ended_at <= $2 AND created_at >= $1 AND flow = 'v3' ORDER BY ended_at DESC LIMIT $3) AS last
    """

  /// Those that were open when an instance was last heard of.
  static let breakers = """
    SELECT extract(epoch FROM max(seen_at - opened_at))::double precision
    FROM breaker_openings WHERE seen_at > $1 AND seen_at <= $2
    """

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
      FROM v_eligible WHERE ended_at >= $1 AND ended_at <= $2 AND created_at >= $1 AND flow = 'v3'
      GROUP BY restaurant_id) AS here
    WHERE eligible >= $3 AND bad * 100.0 > $4 * eligible ORDER BY here.restaurant_id
    """

  static let underWay = """
    SELECT count(*) FROM assignment_jobs AS job JOIN bookings AS booking
      ON booking.restaurant_id = job.restaurant_id AND booking.id = job.booking_id
    WHERE booking.assignment_flow = 'v3' AND booking.assignment_state IN ('assignment_in_progress', 'assigned')
    """
}
