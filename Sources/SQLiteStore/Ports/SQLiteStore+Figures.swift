public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: FigureReading {
  public func operatingFigures(
    businessNow: Timestamp, told: Int64?
  ) async throws(StoreError) -> OperatingFigures {
    let now = clock.now()
    return try await read { session in
      OperatingFigures(
        queue: try session.queueDepth(at: now),
        stuck: try session.count(OverdueSQL.count, [.time(now)]),
        permits: try session.count(FigureSQL.permits, [.time(now)]),
        review: try session.review(at: now, businessNow: businessNow),
        notices: try session.notices(at: now),
        instances: try session.instances(at: now),
        outboxLag: try session.outboxLag(told: told, at: now))
    }
  }
}

extension Session {
  func queueDepth(at now: Timestamp) throws -> QueueDepth {
    try first(JobQueueSQL.depth, [.time(now)]) { row in
      QueueDepth(
        ready: row.int(0), running: row.int(1), parked: row.int(2), waiting: row.int(3),
        oldestReady: row.optionalTime(4).map { now.since($0) })
    } ?? QueueDepth(ready: 0, running: 0, parked: 0, waiting: 0, oldestReady: nil)
  }

  fileprivate func review(at now: Timestamp, businessNow: Timestamp) throws -> OperatingFigures.Review {
    let soon = businessNow.adding(OperatingFigures.Review.soon)
    return try first(FigureSQL.review, [.time(businessNow), .time(soon)]) { row in
      OperatingFigures.Review(
        waiting: row.int(0), overdue: row.int(1), urgent: row.int(2),
        oldest: row.optionalTime(3).map { max(.zero, now.since($0)) })
    } ?? OperatingFigures.Review()
  }

  fileprivate func notices(at now: Timestamp) throws -> OperatingFigures.Notices {
    try first(FigureSQL.notices, [.time(now)]) { row in
      let oldest = row.optionalTime(2).map { now.since($0) }
      return OperatingFigures.Notices(
        scheduled: row.int(0), due: row.int(1), oldestDue: oldest.flatMap { $0 >= .zero ? $0 : nil })
    } ?? OperatingFigures.Notices()
  }

  fileprivate func instances(at now: Timestamp) throws -> OperatingFigures.Instances {
    let heard = now.adding(.zero - SeenInstance.patience)
    return try first(FigureSQL.instances, [.time(heard)]) { row in
      OperatingFigures.Instances(live: row.int(0), draining: row.int(1), silent: row.int(2))
    } ?? OperatingFigures.Instances()
  }

  /// A writer's messages can be read as soon as they are stored: who does not listen lags behind nothing.
  fileprivate func outboxLag(told: Int64?, at now: Timestamp) throws -> Duration? {
    guard let told else { return nil }
    return try first(FigureSQL.outbox, [.int(told)]) { $0.optionalTime(0) }?
      .map { max(.zero, now.since($0)) }
  }
}

/// Each finds its rows through an index that holds few.
enum FigureSQL {
  static let permits = """
    SELECT count(*) FROM leases INDEXED BY leases_of_restaurant WHERE kind = 'permit' AND expires_at > ?
    """

  /// Now in the house's time, and what is soon there.
  static let review = """
    SELECT count(*), total(review_deadline <= ?1), total(review_deadline <= ?2), min(state_entered_at)
    FROM bookings INDEXED BY bookings_in_review WHERE assignment_state = 'manual_review'
    """

  static let notices = """
    SELECT total(due_at > ?1), total(due_at <= ?1), min(due_at)
    FROM notices INDEXED BY notices_pending WHERE status = 'pending'
    """

  /// The oldest heartbeat of those that are heard.
  static let instances = """
    SELECT total(heartbeat_at > ?1 AND NOT draining), total(heartbeat_at > ?1 AND draining), total(heartbeat_at <= ?1)
    FROM instances
    """

  /// The oldest message after an id: ids rise.
  static let outbox = "SELECT created_at FROM outbox WHERE id > ? ORDER BY id LIMIT 1"
}
