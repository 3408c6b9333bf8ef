public import BookingDomain

/// A party of a live day that may get tables, or other tables.
public struct LiveParty: Sendable, Hashable {
  public var booking: PlanBooking
  /// Its tables now, ascending; empty while it waits for some. Tables on which a claim of ``LiveDay/claims`` lies in its
  /// window are lost to it: it waits, and moving it brings it back.
  public var tables: [TableNumber]

  public init(_ booking: PlanBooking, tables: [TableNumber] = []) {
    self.booking = booking
    self.tables = tables
  }
}

/// A service date as it is now, for ``DayOptimizer``.
public struct LiveDay: Sendable, Equatable {
  public var parties: [LiveParty]
  /// What stays whatever is planned: blocks, holds, and parties that sit, are pinned, or come too soon.
  public var claims: [SnapshotClaim]
  /// So many parties with tables may get other ones.
  public var churnBudget: Int

  public init(parties: [LiveParty], claims: [SnapshotClaim], churnBudget: Int) {
    self.parties = parties
    self.claims = claims
    self.churnBudget = churnBudget
  }
}

/// What ``DayOptimizer`` would change.
public struct LiveDayPlan: Sendable, Hashable {
  /// One party's new tables.
  public struct Move: Sendable, Hashable {
    public var bookingID: BookingID
    /// Empty for a party that waited.
    public var from: [TableNumber]
    public var to: [TableNumber]

    public init(bookingID: BookingID, from: [TableNumber], to: [TableNumber]) {
      self.bookingID = bookingID
      self.from = from
      self.to = to
    }
  }

  /// In the order of the day's parties.
  public var moves: [Move]
  /// Of the day's parties; those that only ``LiveDay/claims`` know are not counted.
  public var before: DayFigures
  public var after: DayFigures
  /// For whom room is made; nil where a whole day is improved. Its move is the last, even if it keeps tables of its own.
  public var newcomer: BookingID?

  public init(moves: [Move], before: DayFigures, after: DayFigures, newcomer: BookingID? = nil) {
    self.moves = moves
    self.before = before
    self.after = after
    self.newcomer = newcomer
  }

  /// Parties with tables that get other ones; the one for whom room is made is not counted.
  public var moveCount: Int { moves.count { !$0.from.isEmpty && $0.bookingID != newcomer } }
}
