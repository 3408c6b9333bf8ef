import BookingDomain

/// Whether others should change tables for a booking that finds none free.
///
/// On a small floor always: every booking counts. On a larger one only for a booking that takes no more seats for no
/// longer than those before it did on average: a large party squeezed in takes the room of two small
/// ones that are sure to come. On a very large one never: some table is free for nearly all who are worth it, and the others
/// cost more bookings than they bring. Measured on generated days; see decision 0021.
struct ReseatWorth {
  private var bookings = 0.0
  /// Seats times minutes, of all bookings so far, each at the cheapest tables it could have.
  private var taken = 0.0
  private let floor: CompiledFloor

  private static let smallFloor = 18
  private static let largeFloor = 120

  init(_ floor: CompiledFloor) { self.floor = floor }

  /// - Returns: false if it would cost others more than it brings.
  mutating func pays(_ booking: PlanBooking, _ party: DayProblem.Party, in problem: DayProblem) -> Bool {
    if party.choiceCount == 0 { return false }
    let cheapest = floor.options[Int(problem.choices[Int(party.firstChoice)].option)]
    let seats = max(booking.party, cheapest.seats)
    let use = Double(seats) * Double(booking.slot.block.end.minutes - booking.slot.block.start.minutes)
    let tables = floor.tables.count
    let isWorth =
      tables <= ReseatWorth.smallFloor || tables <= ReseatWorth.largeFloor && use * bookings <= taken
    bookings += 1
    taken += use
    return isWorth
  }
}
