public import BookingDomain

/// A booking of a day that is planned without a database.
public struct PlanBooking: Sendable, Hashable {
  public var id: BookingID
  public var party: Int
  public var slot: ServiceSlot
  public var wishes: SeatingWishes
  public var extraChairs: Bool
  /// Business time at which it is decided.
  public var now: Timestamp

  public init(
    id: BookingID, party: Int, slot: ServiceSlot, wishes: SeatingWishes = SeatingWishes(), extraChairs: Bool = false,
    now: Timestamp
  ) {
    self.id = id
    self.party = party
    self.slot = slot
    self.wishes = wishes
    self.extraChairs = extraChairs
    self.now = now
  }

  /// The tables as taken by it.
  func claims(at tables: [TableNumber]) -> [SnapshotClaim] {
    tables.map { SnapshotClaim(table: $0, window: slot.block, bookingID: id) }
  }

  public var question: SeatingQuestion {
    SeatingQuestion(
      bookingID: id, party: party, slot: slot, wishes: wishes, extraChairs: extraChairs, now: now)
  }
}
