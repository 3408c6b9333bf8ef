public import BookingDomain

/// Bookings that are known but not seated yet: certain demand that a plan should leave room for.
public struct WaitingParty: Sendable, Hashable, Codable {
  public var party: Int
  /// The window in which it would block its tables.
  public var block: TimeWindow
  /// Needs an accessible table.
  public var accessible: Bool
  /// How many like this one wait; 1 unless set.
  public var count: Int

  public init(party: Int, block: TimeWindow, accessible: Bool = false, count: Int = 1) {
    self.party = party
    self.block = block
    self.accessible = accessible
    self.count = count
  }

  /// The same parties, like ones counted together, in a fixed order.
  static func grouped(_ parties: [WaitingParty]) -> [WaitingParty] {
    if parties.isEmpty { return [] }
    var counts: [WaitingParty: Int] = [:]
    for var party in parties {
      let count = party.count
      party.count = 1
      counts[party, default: 0] += count
    }
    let groups = counts.map { like, count in
      WaitingParty(party: like.party, block: like.block, accessible: like.accessible, count: count)
    }
    return groups.sorted { $0.order.lexicographicallyPrecedes($1.order) }
  }

  private var order: [Int64] {
    [block.start.microseconds, block.end.microseconds, Int64(party), accessible ? 1 : 0]
  }
}
