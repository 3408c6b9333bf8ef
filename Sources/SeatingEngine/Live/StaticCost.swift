import BookingDomain

extension LiveSeating {
  /// An option for one party, with what it costs in the unit of ``ScoreWeights``, which is a spare seat.
  struct Choice {
    var option: Int32
    var cost: Double
    /// Share of the soft wishes that it meets.
    var wishes: Double
    /// Spare seats and extra tables, as ``DayFigures/cost`` counts them.
    var figure: Int32
  }
}

/// What options cost a kind of party whatever else is going on, by the weights of ``ScoreWeights``.
struct StaticCost: Sendable {
  /// Parties that see the floor alike.
  struct Kind: Hashable {
    var party: Int
    var need: OptionCatalogue.Need
    var wishes: SeatingWishes

    init(_ booking: PlanBooking) {
      party = booking.party
      need = OptionCatalogue.Need(extraChairs: booking.extraChairs, accessible: booking.wishes.needsAccessibleTable)
      wishes = booking.wishes
    }
  }

  let party: Int
  private let floor: CompiledFloor
  private let need: OptionCatalogue.Need
  private let wishes: WishMask

  init(floor: CompiledFloor, kind: Kind) {
    self.floor = floor
    party = kind.party
    need = kind.need
    wishes = WishMask(kind.wishes, floor: floor)
  }

  /// All options that take the party, the cheapest first.
  func choices() -> [LiveSeating.Choice] {
    floor.optionsByNeed.options(party: party, need: need).map(choice).sorted {
      ($0.cost, $0.option) < ($1.cost, $1.option)
    }
  }

  func choice(_ option: Int32) -> LiveSeating.Choice {
    let columns = floor.columns
    let index = Int(option)
    let spare = max(0, Int(columns.seats[index]) - party)
    let extra = columns.tableRange(index).count - 1
    let met = wishes.share(zone: columns.zone[index], tags: columns.tags[index])
    var score = ScoreWeights.spareSeat * Double(spare) + ScoreWeights.extraTable * Double(extra)
    if let limit = floor.restaurant.combining.maxSpareSeats, spare > limit { score += ScoreWeights.beyondSpareLimit }
    if extra > 0 { score += ScoreWeights.apart * (1 - columns.compactness[index]) }
    score += ScoreWeights.preference * met + ScoreWeights.houseOrder * columns.houseOrder[index]
    if columns.isJoinable[index] { score += ScoreWeights.joinable }
    if columns.isAccessible[index] && !need.accessible { score += ScoreWeights.accessible }
    return LiveSeating.Choice(
      option: option, cost: -score, wishes: met, figure: Int32(spare + DayFigures.extraTableCost * extra))
  }
}
