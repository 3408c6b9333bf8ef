public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: FigureReading {
  public func operatingFigures(
    businessNow: Timestamp, told: Int64?
  ) async throws(StoreError) -> OperatingFigures {
    let soon = businessNow.adding(OperatingFigures.Review.soon)
    let heard = PostgresValue.duration(SeenInstance.patience)
    var figures = try await first(FigureSQL.figures, [.time(businessNow), .time(soon), heard], FigureSQL.read)
    figures?.outboxLag = try await outboxLag(told: told)
    guard let figures else { throw .invalid("the figures have no row") }
    return figures
  }

  /// A message that was stored above a transaction under way cannot be told before that has ended, whoever listens.
  private func outboxLag(told: Int64?) async throws(StoreError) -> Duration? {
    let last = if let told { told } else { try await journalEnd() - 1 }
    return try await first(FigureSQL.outbox, [.int(last)]) { $0.optionalInt64(0) }?
      .map { max(.zero, .microseconds($0)) }
  }
}

/// One statement for all figures but the outbox's; each part finds its rows through an index that holds few.
enum FigureSQL {
  /// Now in the house's time, what is soon there, and for how many microseconds an instance may be silent.
  static let figures = """
    SELECT ready, running, parked, waiting, oldest_ready, (\(OverdueSQL.count)),
      (SELECT count(*) FROM leases WHERE kind = 'permit' AND expires_at > now()),
      in_review, overdue, urgent, oldest_in_review, scheduled, due, oldest_due, live, draining, silent
    FROM (\(JobQueueSQL.depth)) AS queue (ready, running, parked, waiting, oldest_ready),
      (\(review)) AS review (in_review, overdue, urgent, oldest_in_review),
      (\(notices)) AS notices (scheduled, due, oldest_due),
      (\(instances)) AS instances (live, draining, silent)
    """

  static func read(_ row: PostgresRow) -> OperatingFigures {
    func age(_ column: Int) -> Duration? {
      row.optionalInt64(column).flatMap { $0 >= 0 ? .microseconds($0) : nil }
    }
    return OperatingFigures(
      queue: QueueDepth(
        ready: row.int(0), running: row.int(1), parked: row.int(2), waiting: row.int(3),
        oldestReady: row.optionalInt64(4).map { .microseconds($0) }),
      stuck: row.int(5), permits: row.int(6),
      review: OperatingFigures.Review(
        waiting: row.int(7), overdue: row.int(8), urgent: row.int(9), oldest: age(10)),
      notices: OperatingFigures.Notices(scheduled: row.int(11), due: row.int(12), oldestDue: age(13)),
      instances: OperatingFigures.Instances(live: row.int(14), draining: row.int(15), silent: row.int(16)))
  }

  private static let review = """
    SELECT count(*), count(*) FILTER (WHERE review_deadline <= $1), count(*) FILTER (WHERE review_deadline <= $2),
      (extract(epoch FROM now() - min(state_entered_at)) * 1000000)::bigint
    FROM bookings WHERE in_review
    """

  private static let notices = """
    SELECT count(*) FILTER (WHERE due_at > now()), count(*) FILTER (WHERE due_at <= now()),
      (extract(epoch FROM now() - min(due_at)) * 1000000)::bigint
    FROM notices WHERE status = 'pending'
    """

  private static let instances = """
    SELECT count(*) FILTER (WHERE is_heard AND NOT draining), count(*) FILTER (WHERE is_heard AND draining),
      count(*) FILTER (WHERE NOT is_heard)
    FROM (
      SELECT draining, heartbeat_at > now() - $3 * interval '1 microsecond' AS is_heard FROM instances) AS seen
    """

  /// The oldest message after an id.
  static let outbox = """
    SELECT (extract(epoch FROM now() - created_at) * 1000000)::bigint FROM outbox WHERE id > $1 ORDER BY id LIMIT 1
    """
}
