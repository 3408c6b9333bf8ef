public import BookingDomain

/// One row of the stored queue: a booking that the pipeline must work on.
public struct Job: Sendable, Hashable {
  public var bookingID: BookingID
  public var restaurantID: RestaurantID
  /// Not before this time, by the database's clock.
  public var runAt: Timestamp
  /// When the booking's state has lasted too long. Time in line, from when it is due until a worker takes it, is added
  /// when it is taken: it does not run while the booking waits for a permit.
  public var stateDeadline: Timestamp
  /// Requeues at a deadline; at most one.
  public var rescues: Int
  /// Retries so far, counted as attempts or not; sets the backoff.
  public var retries: Int
  /// Retries that counted as attempts; five end the automatic work.
  public var failures: Int
  /// The booking's lease, for a job that a worker has just taken: both in one transaction. Nil where someone else has it,
  /// and for a job that was only looked at.
  public var lease: Lease?
  /// How long taking job and lease took; set by the worker.
  public var leaseWait: Duration = .zero

  public init(
    bookingID: BookingID, restaurantID: RestaurantID, runAt: Timestamp, stateDeadline: Timestamp, rescues: Int = 0,
    retries: Int = 0, failures: Int = 0
  ) {
    self.bookingID = bookingID
    self.restaurantID = restaurantID
    self.runAt = runAt
    self.stateDeadline = stateDeadline
    self.rescues = rescues
    self.retries = retries
    self.failures = failures
  }
}

/// What happens to a booking's job in a transaction. Times are delays from the database's clock.
public enum JobChange: Sendable, Hashable {
  /// A new job, or the existing one made ready; `deadline` from now. `resetRetries` forgets retries, failures and rescues.
  /// A round of states begins, see ``enterState(_:_:deadline:)``.
  case enqueue(BookingID, RestaurantID, after: Duration, deadline: Duration, resetRetries: Bool)
  /// The running job comes back after a delay: one retry more, and one failure more if it counts as an attempt.
  /// The state's deadline goes on.
  case retry(BookingID, after: Duration, countsAsAttempt: Bool)
  /// A state was entered: its deadline counts from now, if this round had not come as far before.
  ///
  /// A round lasts from one ``enqueue(_:_:after:deadline:resetRetries:)`` to the next. Going back to a state, and on from
  /// there to where the round has been, restarts nothing: however often a booking bounces, its round ends.
  case enterState(BookingID, AssignmentState, deadline: Duration)
  /// The running job waits for a permit and keeps its place in line; its deadline stands still meanwhile.
  case park(BookingID)
  /// Requeued at its deadline, with a new one; the round goes on.
  case rescue(BookingID, deadline: Duration)
  /// The automatic work has ended.
  case finish(BookingID)
}

/// What a worker asks of the queue. With a job it gets the booking's lease, if that is free, for as long.
public struct JobClaimRequest: Sendable, Hashable {
  public var owner: String
  /// At most so many jobs.
  public var limit: Int
  /// Restaurants take turns: begin after this one.
  public var after: RestaurantID?
  /// At most so many jobs of one restaurant in progress at once.
  public var maxParallel: Int
  /// How long the worker has before others may take the jobs; extended by heartbeat.
  public var ttl: Duration

  public init(owner: String, limit: Int, after: RestaurantID?, maxParallel: Int, ttl: Duration) {
    self.owner = owner
    self.limit = limit
    self.after = after
    self.maxParallel = maxParallel
    self.ttl = ttl
  }
}

/// A booking past its state's deadline.
public struct OverdueJob: Sendable, Hashable {
  public var job: Job
  /// Whether a live worker still has it.
  public var workerIsAlive: Bool

  public init(job: Job, workerIsAlive: Bool) {
    self.job = job
    self.workerIsAlive = workerIsAlive
  }
}

/// How the queue stands.
public struct QueueDepth: Sendable, Hashable {
  public var ready: Int
  public var running: Int
  public var parked: Int
  /// Jobs whose time has not come.
  public var waiting: Int
  /// Age of the oldest ready job.
  public var oldestReady: Duration?

  public init(ready: Int, running: Int, parked: Int, waiting: Int, oldestReady: Duration?) {
    self.ready = ready
    self.running = running
    self.parked = parked
    self.waiting = waiting
    self.oldestReady = oldestReady
  }
}

extension AssignmentState {
  /// How far the pipeline has come, from 1; nil where the automatic work has ended. Orders the states of a round.
  public var stage: Int? {
    switch self {
    case .created: 1
    case .capacityVerified: 2
    case .assignmentPending: 3
    case .assignmentInProgress: 4
    case .assigned: 5
    case .confirmed, .manualReview, .failed: nil
    }
  }
}
