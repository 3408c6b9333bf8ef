public import BookingDomain

extension VerificationReport {
  /// How a flow did with the bookings that were made in the run and have ended.
  public struct FlowCounts: Sendable, Hashable, Codable {
    public var flow: String
    public var restaurants: Int
    /// All of them, eligible or not.
    public var bookings: Int
    public var bookingsConfirmed: Int
    public var eligible: Int
    public var confirmed: Int
    public var reviewed: Int
    public var errors: Int
    public var fullHouse: Int
  }

  /// The same for one hour, of eligible bookings.
  public struct HourCounts: Sendable, Hashable, Codable {
    public var at: Timestamp
    public var flow: String
    public var eligible: Int
    public var confirmed: Int
    public var reviewed: Int
    public var errors: Int
  }

  /// From making a booking to its confirmation, in milliseconds.
  public struct LatencyCounts: Sendable, Hashable, Codable {
    public var flow: String
    public var confirmed: Int
    public var p50: Double?
    public var p95: Double?
    public var p99: Double?
    public var longest: Double?
    /// Bookings for each of ``bands``.
    public var counts: [Int]

    /// Columns of the query, and how they read.
    static let bands = [
      ("to_10", "≤ 10 ms"), ("to_30", "≤ 30 ms"), ("to_100", "≤ 100 ms"), ("to_300", "≤ 300 ms"),
      ("to_1000", "≤ 1 s"), ("to_3000", "< 3 s"), ("longer", "≥ 3 s"),
    ]
  }

  /// Waits for bookings' leases, in milliseconds.
  public struct LeaseWaits: Sendable, Hashable, Codable {
    public var leases = 0
    public var p50: Double?
    public var p95: Double?
    public var p99: Double?
    public var longest: Double?

    public init() {}
  }

  /// A verdict of shadow.
  public struct ShadowCounts: Sendable, Hashable, Codable {
    public var verdict: String
    public var bookings: Int
    /// Of them, those that rates are about.
    public var eligible: Int
    public var legacyLate: Int
    /// Means over the bookings for which there are tables.
    public var legacySpare: Double?
    public var v3Spare: Double?
    public var legacyMilliseconds: Double?
    public var v3Milliseconds: Double?
    /// Bookings for which legacy was asked a second time, and those of them in which it gave another answer.
    public var noiseSample: Int
    public var noise: Int
  }

  /// Bookings in a state and status now.
  public struct StateCount: Sendable, Hashable, Codable {
    public var state: String
    public var status: String
    public var bookings: Int
  }

  /// Changes from one state to another.
  public struct TransitionCount: Sendable, Hashable, Codable {
    public var from: String
    public var to: String
    public var mode: String
    public var changes: Int
  }

  /// Why bookings were not confirmed at once.
  public struct ReasonCount: Sendable, Hashable, Codable {
    /// `review`, `failed`, `refused`, `retry` or `error`.
    public var what: String
    public var reason: String
    public var flow: String
    public var bookings: Int
    /// Nil where events, not bookings, are counted.
    public var eligible: Int?
  }

  /// How tables were found.
  public struct TableUse: Sendable, Hashable, Codable {
    public var flow: String
    public var strategy: String
    public var tables: Int
    public var bookings: Int
    public var covers: Int
  }

  /// What guests and staff were told.
  public struct NoticeCount: Sendable, Hashable, Codable {
    public var kind: String
    public var status: String
    public var notices: Int
    public var deliveries: Int
    /// Notices of one kind for one version of a booking, where there is another.
    public var twice: Int
  }

  /// Something that is rare and has to work.
  public struct EdgeCase: Sendable, Hashable, Codable {
    /// As the query calls it.
    public var name: String
    /// 0 is not exercised.
    public var count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }

    /// In words; the name itself for one that only a newer query knows.
    public var words: String { EdgeCaseWords.all[name] ?? name.replacing("_", with: " ") }
  }
}

/// What edge cases are called.
enum EdgeCaseWords {
  static let all = [
    "joined_tables": "confirmed at joined tables", "three_or_more_tables": "confirmed at three tables or more",
    "party_of_8_or_more": "party of 8 or more", "hard_needs": "with a need that must be met",
    "made_by_host": "made by a host", "walk_in": "walk-in",
    "several_attempts": "took more than one attempt", "cancelled_while_deciding": "cancelled while being decided",
    "changed_while_deciding": "changed while being decided",
    "placed_by_person": "given its table by a person while being decided",
    "suggest_house": "house that only wants suggestions",
    "mandatory_house": "house that takes only whom it can seat at once",
    "full_house": "no table free at the first snapshot", "handed_to_legacy": "taken from V3 and handed to legacy",
    "retried": "put back and tried again", "rescued_at_deadline": "past the deadline of its state",
    "breaker_sent_to_review": "sent to review by an open breaker",
    "review_deadline_passed": "declined at the deadline of its review",
    "force_confirmed": "confirmed by a person from review", "requeued": "given back to the pipeline by a person",
    "moved": "moved to another table", "changed": "changed by guest or host", "undone": "undone",
    "floor_changed": "its table taken away by a change of the floor",
    "lock_contention": "its lease held by another worker", "no_free_permit": "waited for a permit of its restaurant",
    "circuit_open": "met an open breaker", "flag_changed": "flag changed (changes)", "killed": "kill switch (times)",
    "after_midnight": "stays past midnight", "clock_change": "on a day on which clocks change",
  ]
}
