import BookingDomain

/// Who sits where while a live day is searched.
struct LiveSeating {
  /// An option for one party, with what it costs in the unit of ``ScoreWeights``, which is a spare seat.
  struct Choice {
    var option: Int32
    var cost: Double
    /// Share of the soft wishes that it meets.
    var wishes: Double
    /// Spare seats and extra tables, as ``DayFigures/cost`` counts them.
    var figure: Int32
  }

  /// Where a party sits.
  enum Place: Equatable {
    case nowhere
    /// The tables that it has now.
    case own
    /// The same, but a claim that stays lies on them: it is in the way there and does not count as seated.
    case lost
    case option(Int32)
  }

  let floor: CompiledFloor
  let parties: [LiveParty]
  /// Tables that each party has now, as positions; empty for those that wait without any.
  let own: [[Int]]
  private(set) var places: [Place]
  /// Parties at each table.
  private var occupants: [[Int32]]
  private let fixed: Occupancy
  private var reachable: [[UInt64]?]
  /// What kind of party each is, and for each kind what it could have.
  private let kinds: [Int]
  private let costs: [StaticCost]
  private var choicesOfKind: [[Choice]?]

  init(floor: CompiledFloor, day: LiveDay) {
    self.floor = floor
    parties = day.parties
    own = day.parties.map { floor.tables($0.tables) }
    let span = DayPlanner.span(of: day.parties.map(\.booking))
    var fixed = Occupancy(floor: floor, span: span)
    for claim in day.claims {
      if let table = floor.index(of: claim.table) { fixed.insert(table: table, window: claim.window) }
    }
    self.fixed = fixed
    places = Array(repeating: .nowhere, count: parties.count)
    occupants = Array(repeating: [], count: floor.tables.count)
    reachable = Array(repeating: nil, count: parties.count)
    (kinds, costs) = LiveSeating.kinds(of: day.parties, floor: floor)
    choicesOfKind = Array(repeating: nil, count: costs.count)
    for party in parties.indices where !parties[party].tables.isEmpty {
      seat(party, at: mayKeepOwn(party) ? .own : .lost)
    }
  }

  private static func kinds(of parties: [LiveParty], floor: CompiledFloor) -> ([Int], [StaticCost]) {
    var known: [StaticCost.Kind: Int] = [:]
    var costs: [StaticCost] = []
    let kinds = parties.map { party in
      let kind = StaticCost.Kind(party.booking)
      if let index = known[kind] { return index }
      known[kind] = costs.count
      costs.append(StaticCost(floor: floor, kind: kind))
      return costs.count - 1
    }
    return (kinds, costs)
  }

  /// Whether no claim that stays lies on the tables that a party has now.
  private func mayKeepOwn(_ party: Int) -> Bool {
    !own[party].isEmpty && own[party].count == parties[party].tables.count
      && own[party].allSatisfy { fixed.isFree(table: $0, window: parties[party].booking.slot.block) }
  }

  // MARK: - Questions

  /// Whether a party has no tables that it could sit at.
  func isWaiting(_ party: Int) -> Bool { places[party] == .nowhere || places[party] == .lost }

  /// A party with tables that would sit at others.
  func isMoved(_ party: Int) -> Bool {
    if case .option = places[party] { return !parties[party].tables.isEmpty }
    return false
  }

  /// How many are.
  var moveCount: Int { parties.indices.count { isMoved($0) } }

  var figures: DayFigures {
    var figures = DayFigures()
    for party in parties.indices where !isWaiting(party) {
      let members = members(party)
      let seats = members.reduce(0) { $0 + floor.tables[$1].capacity }
      figures.add(party: parties[party].booking.party, seats: seats, tables: members.count)
    }
    return figures
  }

  /// The tables of a party where it sits.
  func members(_ party: Int) -> [Int] {
    switch places[party] {
    case .nowhere: []
    case .own, .lost: own[party]
    case .option(let option): floor.options[Int(option)].members
    }
  }

  /// The place of a party as a choice; nil for one that sits nowhere, or at tables that no rule would give it.
  func choice(_ party: Int) -> Choice? {
    let option: Int32? =
      switch places[party] {
      case .nowhere, .lost: nil
      case .own: floor.option(members: own[party]).map(Int32.init)
      case .option(let option): option
      }
    return option.map { costs[kinds[party]].choice($0) }
  }

  /// What a party could have, the cheapest first.
  mutating func choices(of party: Int) -> [Choice] {
    let kind = kinds[party]
    if let known = choicesOfKind[kind] { return known }
    let made = costs[kind].choices()
    choicesOfKind[kind] = made
    return made
  }

  /// Who would have to leave for a party to have these tables; nil if they cannot be had, or if more than `limit` would.
  mutating func conflicts(_ party: Int, _ option: Int32, limit: Int = .max) -> [Int]? {
    let columns = floor.columns
    let places = columns.tableRange(Int(option))
    guard columns.areWithin(reach(of: party), places) else { return nil }
    let window = parties[party].booking.slot.block
    var found: [Int] = []
    for place in places {
      for other in occupants[Int(columns.members[place])] where Int(other) != party {
        guard parties[Int(other)].booking.slot.block.overlaps(window), !found.contains(Int(other)) else { continue }
        if found.count == limit { return nil }
        found.append(Int(other))
      }
    }
    return found
  }

  /// Whether its own tables are free for a party that has left them.
  func isOwnFree(_ party: Int) -> Bool {
    let window = parties[party].booking.slot.block
    return mayKeepOwn(party)
      && own[party].allSatisfy { table in
        !occupants[table].contains { other in
          Int(other) != party && parties[Int(other)].booking.slot.block.overlaps(window)
        }
      }
  }

  /// Tables that no fixed claim takes in a party's window, and that are not kept for others, as bits.
  private mutating func reach(of party: Int) -> [UInt64] {
    if let known = reachable[party] { return known }
    let question = parties[party].booking.question
    let free = fixed.freeTables(in: question.slot.block)
    let made = PlanningContext.usable(free, question: question, floor: floor)
    reachable[party] = made
    return made
  }

  // MARK: - Changes

  mutating func seat(_ party: Int, at place: Place) {
    places[party] = place
    for table in members(party) { occupants[table].append(Int32(party)) }
  }

  mutating func lift(_ party: Int) {
    for table in members(party) { occupants[table].removeAll { $0 == Int32(party) } }
    places[party] = .nowhere
  }

  /// Seats a party at an option; at its own tables, if they are those.
  mutating func seat(_ party: Int, at option: Int32) {
    let isOwn = !own[party].isEmpty && floor.options[Int(option)].members == own[party]
    seat(party, at: isOwn ? .own : .option(option))
  }

  /// Everyone as in `wanted`.
  mutating func restore(_ wanted: [Place]) {
    let changed = parties.indices.filter { places[$0] != wanted[$0] }
    for party in changed where places[party] != .nowhere { lift(party) }
    for party in changed where wanted[party] != .nowhere { seat(party, at: wanted[party]) }
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

  private let floor: CompiledFloor
  private let party: Int
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
