import BookingDomain

/// One plan of the chain: who sits where. Parties that were absent have places too, but count for nothing.
struct RegretStep {
  /// Tables by position of the party in the day.
  var places: [Int: [TableNumber]] = [:]
  private(set) var figures = DayFigures()

  init() {}

  /// - Parameter places: of parties whose tables the floor has.
  init(_ places: [Int: [TableNumber]], of parties: [PastParty], on floor: CompiledFloor) {
    self.places = places
    for (index, tables) in places where parties[index].fate != .absent {
      let seats = floor.seats(of: tables)
      figures.add(party: parties[index].booking.party, seats: seats, tables: tables.count)
    }
  }

  /// The better of two; of equals this one.
  func orBetter(_ other: RegretStep) -> RegretStep { other.figures.isBetter(than: figures) ? other : self }

  /// Whether all these parties have tables.
  func holds(_ parties: some Sequence<Int>) -> Bool { parties.allSatisfy { places[$0] != nil } }

  /// What leaves the parties that this step has and the other does not, in order of start.
  func more(than other: RegretStep, of parties: [PastParty]) -> [BookingID] {
    places.keys.filter { other.places[$0] == nil && parties[$0].fate != .absent }
      .map { parties[$0].booking }
      .sorted { ($0.slot.dining.start, $0.id) < ($1.slot.dining.start, $1.id) }
      .map(\.id)
  }
}
