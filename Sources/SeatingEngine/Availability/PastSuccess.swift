public import BookingDomain

/// What succeeded in the last 7 days: confirmed attempts, by strategy and by the tables that like parties got.
public struct PastSuccess: Sendable, Hashable, Codable {
  /// Tries and successes.
  public struct Count: Sendable, Hashable, Codable {
    public var tries: Int
    public var successes: Int

    public init(tries: Int, successes: Int) {
      self.tries = tries
      self.successes = successes
    }

    /// Success rate, 0…1, shrunk towards 0.5 by one success and one failure (Laplace's rule of succession).
    public var rate: Double { Double(successes + 1) / Double(max(tries, successes) + 2) }
  }

  /// Tables that parties of one size sat at.
  public struct Seating: Sendable, Hashable, Codable {
    public var party: Int
    /// Ascending.
    public var tables: [TableNumber]
    public var times: Int

    public init(party: Int, tables: [TableNumber], times: Int) {
      self.party = party
      self.tables = tables.sorted()
      self.times = times
    }
  }

  public var strategies: [StrategyName: Count]
  public var seatings: [Seating]

  public init(strategies: [StrategyName: Count] = [:], seatings: [Seating] = []) {
    self.strategies = strategies
    self.seatings = seatings
  }

  /// The part that is about parties of one size.
  public func ofParties(_ size: Int) -> PastSuccess {
    PastSuccess(strategies: strategies, seatings: seatings.filter { $0.party == size })
  }

  /// Nothing is known.
  public static let none = PastSuccess()
}
