public import BookingDomain
public import Rollout

extension VerificationReport {
  /// How a flow did with the bookings that were made in the run, as gates count it. Encoded flat.
  public struct FlowCounts: Sendable, Hashable {
    public var flow: String
    public var restaurants: Int
    public var figures: FlowFigures

    public init(flow: String, restaurants: Int, figures: FlowFigures) {
      self.flow = flow
      self.restaurants = restaurants
      self.figures = figures
    }
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

    public init(
      flow: String, confirmed: Int, p50: Double? = nil, p95: Double? = nil, p99: Double? = nil, longest: Double? = nil,
      counts: [Int]
    ) {
      self.flow = flow
      self.confirmed = confirmed
      (self.p50, self.p95, self.p99, self.longest) = (p50, p95, p99, longest)
      self.counts = counts
    }

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

    public init(state: String, status: String, bookings: Int) {
      self.state = state
      self.status = status
      self.bookings = bookings
    }
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

extension VerificationReport.FlowCounts: Codable {
  private enum Key: String, CodingKey { case flow, restaurants }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    flow = try values.decode(String.self, forKey: .flow)
    restaurants = try values.decode(Int.self, forKey: .restaurants)
    figures = try FlowFigures(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(flow, forKey: .flow)
    try values.encode(restaurants, forKey: .restaurants)
    try figures.encode(to: encoder)
  }
}
