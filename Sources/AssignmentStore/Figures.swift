public import BookingDomain

/// How things stand in the database at one moment: what monitoring shows. Cheap to read, however much is stored.
public struct OperatingFigures: Sendable, Hashable {
  public var queue: QueueDepth
  /// Bookings past their state's deadline.
  public var stuck: Int
  /// Live permits of all restaurants.
  public var permits: Int
  public var review: Review
  public var notices: Notices
  public var instances: Instances
  /// Age of the oldest message that live events have yet to tell; nil if there is none.
  public var outboxLag: Duration?

  /// The review queue.
  public struct Review: Sendable, Hashable {
    public var waiting: Int
    /// Those whose deadline has passed.
    public var overdue: Int
    /// Those whose deadline comes within ``soon``, the overdue ones included.
    public var urgent: Int
    /// How long the one that has waited longest has been in the queue.
    public var oldest: Duration?

    /// From the alert, 2 hours before the start, to the deadline, 30 minutes before it: 90 minutes.
    public static let soon = Duration.seconds(90 * 60)

    public init(waiting: Int = 0, overdue: Int = 0, urgent: Int = 0, oldest: Duration? = nil) {
      self.waiting = waiting
      self.overdue = overdue
      self.urgent = urgent
      self.oldest = oldest
    }
  }

  /// Notices that have not been delivered.
  public struct Notices: Sendable, Hashable {
    /// Their time has not come.
    public var scheduled: Int
    /// Their time has come.
    public var due: Int
    /// For how long the oldest of those has been due.
    public var oldestDue: Duration?

    public init(scheduled: Int = 0, due: Int = 0, oldestDue: Duration? = nil) {
      self.scheduled = scheduled
      self.due = due
      self.oldestDue = oldestDue
    }
  }

  /// Processes on the database.
  public struct Instances: Sendable, Hashable {
    /// With a young heartbeat, drained ones not counted.
    public var live: Int
    /// Live, and asked to take no more work.
    public var draining: Int
    /// Without a heartbeat for longer than ``SeenInstance/patience``, and not yet forgotten.
    public var silent: Int

    public init(live: Int = 0, draining: Int = 0, silent: Int = 0) {
      self.live = live
      self.draining = draining
      self.silent = silent
    }
  }

  public init(
    queue: QueueDepth, stuck: Int, permits: Int, review: Review, notices: Notices, instances: Instances,
    outboxLag: Duration? = nil
  ) {
    self.queue = queue
    self.stuck = stuck
    self.permits = permits
    self.review = review
    self.notices = notices
    self.instances = instances
    self.outboxLag = outboxLag
  }
}

public protocol FigureReading: Sendable {
  /// - Parameters:
  ///   - businessNow: what review deadlines are compared with.
  ///   - told: id of the last message that live events have told; nil where nobody listens: then everything counts as told
  ///     that a listener could be told.
  func operatingFigures(businessNow: Timestamp, told: Int64?) async throws(StoreError) -> OperatingFigures
}
