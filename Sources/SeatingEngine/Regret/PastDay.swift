public import BookingDomain

/// How a party's day ended.
public enum PartyFate: String, Sendable, Hashable, CaseIterable {
  /// It had tables and came, or still may come.
  case seated
  /// It had tables and did not come, or cancelled too late for others to have them.
  case absent
  /// It went away without tables, or still waits for some.
  case turnedAway
}

/// A party of a day that is looked back on.
public struct PastParty: Sendable, Hashable {
  /// Its block window is the time for which it had, or would have had, its tables. No two parties with tables may be at
  /// one table at a time.
  public var booking: PlanBooking
  /// Ascending; empty for one that was turned away.
  public var tables: [TableNumber]
  public var fate: PartyFate
  /// A person chose its tables, pinned it, or turned it away.
  public var isByHand: Bool

  public init(_ booking: PlanBooking, tables: [TableNumber] = [], fate: PartyFate, isByHand: Bool = false) {
    self.booking = booking
    self.tables = tables
    self.fate = fate
    self.isByHand = isByHand
  }
}

/// A service date that is looked back on, for ``RegretFinder``.
public struct PastDay: Sendable, Hashable {
  public var parties: [PastParty]
  /// What no plan could have had: blocks, and parties of other service dates.
  public var claims: [SnapshotClaim]

  public init(parties: [PastParty] = [], claims: [SnapshotClaim] = []) {
    self.parties = parties
    self.claims = claims
  }
}
