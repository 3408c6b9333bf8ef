/// Why a booking cannot be seated by any means: found before the engine is asked.
public enum CapacityRejection: String, Sendable, Codable, CaseIterable, Error {
  case closed
  case outsideService = "outside_service"
  case serviceOverrun = "service_overrun"
  case partyTooLarge = "party_too_large"
  case partyTooSmall = "party_too_small"
  case pacingExceeded = "pacing_exceeded"
  case inThePast = "in_the_past"
  case offGrid = "off_grid"
}

/// Why the pipeline waits, gives a booking to a person, or ends it. Raw values are stored and shown.
public enum OutcomeReason: String, Sendable, Codable, CaseIterable {
  // capacity
  case closed
  case outsideService = "outside_service"
  case serviceOverrun = "service_overrun"
  case partyTooLarge = "party_too_large"
  case partyTooSmall = "party_too_small"
  case pacingExceeded = "pacing_exceeded"
  case inThePast = "in_the_past"
  case offGrid = "off_grid"
  // nothing to do
  case pipelineDisabled = "pipeline_disabled"
  case restaurantPaused = "restaurant_paused"
  case lockContention = "lock_contention"
  case bookingNotFound = "booking_not_found"
  case terminalState = "terminal_state"
  // waits that are no attempts
  case circuitOpen = "circuit_open"
  case rateLimited = "rate_limited"
  case lockLost = "lock_lost"
  case versionConflict = "version_conflict"
  case holdConflict = "hold_conflict"
  // attempts
  case timeout
  case systemError = "system_error"
  // review
  case noTable = "no_table"
  case maxAttempts = "max_attempts"
  case deadline
  case suggestOnly = "suggest_only"
  case tableBlocked = "table_blocked"
  case floorChanged = "floor_changed"
  case reviewDeadline = "review_deadline"
  // people
  case cancelled
  case declined
  case noShow = "no_show"
  case undone
  case requeued
  case forceConfirmed = "force_confirmed"
  case handPicked = "hand_picked"
  case changed
  case moved
  case refused

  public init(_ rejection: CapacityRejection) {
    self = OutcomeReason(rawValue: rejection.rawValue) ?? .systemError
  }

  /// Waits that do not count as attempts (§3).
  public var countsAsAttempt: Bool { self == .timeout || self == .systemError }
}

/// A strategy of the engine that proposed a plan, with its weight (§5).
public enum StrategyName: String, Sendable, Codable, CaseIterable {
  case optimalFit = "optimal_fit"
  case adjacency
  case zonePreference = "zone_preference"
  case loadBalancing = "load_balancing"
  case historicalSuccess = "historical_success"
  /// The legacy flow's best fit.
  case legacyBestFit = "legacy_best_fit"
  /// A table chosen by a person.
  case manual

  /// Relative strength, 5 to 2; 0 for those that are not the engine's.
  public var weight: Int {
    switch self {
    case .optimalFit: 5
    case .adjacency, .zonePreference: 4
    case .loadBalancing: 3
    case .historicalSuccess: 2
    case .legacyBestFit, .manual: 0
    }
  }
}
