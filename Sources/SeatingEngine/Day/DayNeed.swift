import BookingDomain

/// What decides which options a booking of a day may have: bookings of the same need have the same ones.
struct DayNeed: Hashable {
  let party: Int
  private let need: OptionCatalogue.Need
  /// False while the accessible tables are kept for others; as in `online`, at the time at which the booking is decided.
  private let mayTakeAccessible: Bool

  init(_ booking: PlanBooking, floor: CompiledFloor) {
    party = booking.party
    need = booking.question.need
    mayTakeAccessible = booking.question.mayTakeAccessible(at: floor.restaurant)
  }

  /// Positions of the options, in the order that breaks ties.
  func options(of floor: CompiledFloor) -> [Int] {
    floor.optionsByNeed.options(party: party, need: need).map(Int.init).filter {
      mayTakeAccessible || !floor.columns.isAccessible[$0]
    }
  }
}
