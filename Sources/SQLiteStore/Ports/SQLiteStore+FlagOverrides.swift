import AssignmentStore
import BookingDomain
import GRDB

/// What is set for all instances, and what pausing a restaurant does to its jobs.
struct FlagOverrides {
  private let session: Session
  private let now: Timestamp

  init(_ write: WriteSession) {
    session = write.session
    now = write.now
  }

  func set(_ overrides: [FlagOverride], events: [ObservabilityEvent]) throws {
    try put(overrides)
    try tell(events)
  }

  func clear(_ key: FlagKey, event: ObservabilityEvent) throws -> Bool {
    guard try remove(key) else { return false }
    try tell([event])
    return true
  }

  /// Sets flags without a word, and leaves the epoch to the caller.
  func put(_ overrides: [FlagOverride]) throws {
    for override in overrides {
      let (name, restaurant) = FlagOverride.columns(override.key)
      try session.run(
        """
        INSERT INTO flags (name, restaurant_id, value, reason, actor, created_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (name, restaurant_id) DO UPDATE SET
          value = excluded.value, reason = excluded.reason, actor = excluded.actor, created_at = excluded.created_at
        """,
        [
          .text(name), .text(restaurant), .text(override.value), .text(override.reason), .text(override.actor),
          .time(override.at),
        ])
      if case .restaurant(let id) = override.key {
        try moveJobs(of: id, isPaused: override.value == RestaurantFlag.paused.rawValue)
      }
    }
  }

  /// Lets one go, likewise.
  /// - Returns: whether it was set.
  func remove(_ key: FlagKey) throws -> Bool {
    let (name, restaurant) = FlagOverride.columns(key)
    let cleared = try session.run(
      "DELETE FROM flags WHERE name = ? AND restaurant_id = ?", [.text(name), .text(restaurant)])
    guard cleared == 1 else { return false }
    if case .restaurant(let id) = key { try moveJobs(of: id, isPaused: false) }
    return true
  }

  private func tell(_ events: [ObservabilityEvent]) throws {
    try Counters(session: session).raiseFlagsEpoch()
    try EventWriter(session: session).append(events)
  }

  private func moveJobs(of restaurant: RestaurantID, isPaused: Bool) throws {
    try session.run(isPaused ? JobSQL.pause : JobSQL.resume, [.time(now), .text(restaurant)])
  }
}

extension JobSQL {
  /// Now, restaurant. A deadline stands still from here; time in line before counts as if it were taken.
  static let pause = """
    UPDATE assignment_jobs INDEXED BY jobs_in_turn SET state = 'parked', parked_at = ?1,
      state_deadline = state_deadline + max(0, ?1 - in_line_since)
    WHERE state = 'ready' AND restaurant_id = ?2
    """

  /// Now, restaurant.
  static let resume =
    makeReady + """
      , state_deadline = state_deadline + (?1 - parked_at), in_line_since = max(run_at, ?1)
      WHERE state = 'parked' AND restaurant_id = ?2
      """

  /// Whether a job's restaurant is paused.
  static let isPaused = """
    EXISTS (
      SELECT 1 FROM flags
      WHERE name = '\(FlagOverride.restaurantName)' AND flags.restaurant_id = assignment_jobs.restaurant_id
        AND value = '\(RestaurantFlag.paused.rawValue)')
    """
}
