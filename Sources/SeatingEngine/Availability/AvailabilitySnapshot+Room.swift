import BookingDomain

extension AvailabilitySnapshot {
  /// Whether some table or combination of the floor could take the party for its whole block window: the check that all
  /// flows share, whatever they would rather keep free. It says which bookings rates are about.
  public func hasRoom(for question: SeatingQuestion) -> Bool {
    let need = question.need
    let free = occupancy.freeTables(in: question.slot.block)
    return floor.optionsByNeed.options(party: question.party, need: need).contains { option in
      floor.columns.areWithin(free, floor.columns.tableRange(Int(option)))
    }
  }
}
