/// A table, or tables joined, that can take one party: a row of a compiled floor.
public struct TableOption: Sendable, Hashable {
  /// Positions in ``CompiledFloor/tables``, ascending.
  public let members: [Int]
  /// Name, where the house has named this combination.
  public let combinationName: String?
  /// Regular seats: the sum of the capacities.
  public let seats: Int
  /// The smallest party it takes.
  public let smallestParty: Int
  /// The largest party of a guest's own booking.
  public let largestParty: Int
  /// The largest party that a host may put here with extra chairs; the same as ``largestParty`` when joined.
  public let largestPartyWithExtraChairs: Int
  /// Position in ``CompiledFloor/zones``.
  public let zone: Int
  /// One of the tables is accessible.
  public let isAccessible: Bool
  /// How close the joined tables stand, 0…1; 1 for a single table.
  public let compactness: Double
  /// Highest `priority` of the tables; lower is used first.
  public let priority: Int

  /// Two or more tables.
  public var isJoined: Bool { members.count > 1 }

  /// The parties it takes.
  public func parties(extraChairs: Bool) -> ClosedRange<Int>? {
    let largest = extraChairs ? largestPartyWithExtraChairs : largestParty
    return smallestParty <= largest ? smallestParty...largest : nil
  }
}
