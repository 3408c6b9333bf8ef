public import BookingDomain

/// One booking that wants tables.
public struct SeatingQuestion: Sendable, Hashable, Codable {
  public var bookingID: BookingID
  public var party: Int
  public var slot: ServiceSlot
  public var wishes: SeatingWishes
  /// A host asks: a single table may take its `max_party` with extra chairs.
  public var extraChairs: Bool
  /// Business time; decides whether accessible tables are still kept.
  public var now: Timestamp

  public init(
    bookingID: BookingID, party: Int, slot: ServiceSlot, wishes: SeatingWishes = SeatingWishes(),
    extraChairs: Bool = false, now: Timestamp
  ) {
    self.bookingID = bookingID
    self.party = party
    self.slot = slot
    self.wishes = wishes
    self.extraChairs = extraChairs
    self.now = now
  }

  var need: OptionCatalogue.Need {
    OptionCatalogue.Need(extraChairs: extraChairs, accessible: wishes.needsAccessibleTable)
  }

  /// Accessible tables are kept for those who need them until shortly before the start.
  /// - Returns: false while they are kept from this party.
  func mayTakeAccessible(at restaurant: Restaurant) -> Bool {
    wishes.needsAccessibleTable
      || now >= slot.dining.start.adding(minutes: -restaurant.accessibleTablesKeptUntilMinutes)
  }
}
