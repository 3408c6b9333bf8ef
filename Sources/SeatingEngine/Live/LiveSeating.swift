import BookingDomain

/// Who sits where while a live day is searched.
struct LiveSeating {
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
  private(set) var parties: [LiveParty]
  /// Tables that each party has now, as positions; empty for those that wait without any.
  private(set) var own: [[Int]]
  private(set) var places: [Place]
  /// Those with tables that sit elsewhere.
  private(set) var moveCount = 0
  private(set) var figures = DayFigures()
  /// Parties at each table.
  private var occupants: [[Int32]]
  /// Block windows in microseconds.
  private var starts: [Int64] = []
  private var ends: [Int64] = []
  /// Whether a party has tables now.
  private var hasTables: [Bool] = []
  private var kinds: [Int] = []
  private var known: [StaticCost.Kind: Int] = [:]
  private var costs: [StaticCost] = []
  /// For each party, which of ``choicesOfMenu`` it has.
  private var menus: [Int] = []
  private var menuOf: [Menu: Int] = [:]
  /// What parties of a kind could have where the same tables are free of fixed claims, the cheapest first.
  private var choicesOfMenu: [[Choice]] = []
  /// As ``OptionColumns`` has them.
  private let memberStart: [Int32]
  private let memberTables: [Int32]
  private let fixed: Occupancy

  init(floor: CompiledFloor, day: LiveDay) {
    self.floor = floor
    (memberStart, memberTables) = (floor.columns.memberStart, floor.columns.members)
    var fixed = Occupancy(floor: floor, span: day.span)
    for claim in day.claims {
      if let table = floor.index(of: claim.table) { fixed.insert(table: table, window: claim.window) }
    }
    self.fixed = fixed
    parties = []
    own = []
    places = []
    occupants = Array(repeating: [], count: floor.tables.count)
    for party in day.parties { add(party) }
  }

  /// One more party, where it is.
  mutating func add(_ party: LiveParty) {
    let (index, block) = (parties.count, party.booking.slot.block)
    parties.append(party)
    own.append(floor.tables(party.tables))
    places.append(.nowhere)
    starts.append(block.start.microseconds)
    ends.append(block.end.microseconds)
    hasTables.append(!party.tables.isEmpty)
    kinds.append(kind(of: party.booking))
    let free = fixed.freeTables(in: block)
    let usable = PlanningContext.usable(free, question: party.booking.question, floor: floor)
    menus.append(menu(Menu(kind: kinds[index], usable: usable)))
    if hasTables[index] { seat(index, at: mayKeepOwn(index) ? .own : .lost) }
  }

  private mutating func kind(of booking: PlanBooking) -> Int {
    let kind = StaticCost.Kind(booking)
    if let index = known[kind] { return index }
    let cost = StaticCost(floor: floor, kind: kind)
    known[kind] = costs.count
    costs.append(cost)
    return costs.count - 1
  }

  private mutating func menu(_ menu: Menu) -> Int {
    if let index = menuOf[menu] { return index }
    let columns = floor.columns
    menuOf[menu] = choicesOfMenu.count
    choicesOfMenu.append(
      costs[menu.kind].choices().filter { columns.areWithin(menu.usable, columns.tableRange(Int($0.option))) })
    return choicesOfMenu.count - 1
  }

  /// Whether no claim that stays lies on the tables that a party has now.
  private func mayKeepOwn(_ party: Int) -> Bool {
    !own[party].isEmpty && own[party].count == parties[party].tables.count
      && own[party].allSatisfy { fixed.isFree(table: $0, window: parties[party].booking.slot.block) }
  }

  // MARK: - Questions

  func size(_ party: Int) -> Int { costs[kinds[party]].party }

  /// Whether a party has no tables that it could sit at.
  func isWaiting(_ party: Int) -> Bool { places[party] == .nowhere || places[party] == .lost }

  /// Whether a party with tables would have to be moved to be anywhere else.
  func countsAsMove(_ party: Int) -> Bool { hasTables[party] && !isMoved(party) }

  /// A party with tables that would sit at others.
  func isMoved(_ party: Int) -> Bool {
    if case .option = places[party] { return hasTables[party] }
    return false
  }

  /// One that has no tables now.
  func isNew(_ party: Int) -> Bool { !hasTables[party] }

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

  /// What a party could have as far as claims that stay go, the cheapest first.
  func choices(of party: Int) -> [Choice] { choicesOfMenu[menus[party]] }

  /// Who would have to leave for a party to have one of its choices.
  /// - Parameters:
  ///   - moves: so many of them at most may not have been moved yet.
  ///   - limit: so many in all.
  /// - Returns: nil if there are more.
  func leaving(_ party: Int, _ option: Int32, moves: Int, limit: Int) -> [Int]? {
    let (start, end) = (starts[party], ends[party])
    var (found, moved): ([Int], Int) = ([], 0)
    for slot in Int(memberStart[Int(option)])..<Int(memberStart[Int(option) + 1]) {
      let table = Int(memberTables[slot])
      for index in occupants[table].indices {
        let other = Int(occupants[table][index])
        guard starts[other] < end, start < ends[other], other != party, !found.contains(other) else { continue }
        if countsAsMove(other) { moved += 1 }
        if moved > moves || found.count == limit { return nil }
        found.append(other)
      }
    }
    return found
  }

  /// Whether nobody would have to leave.
  func isFree(_ party: Int, _ option: Int32) -> Bool { leaving(party, option, moves: 0, limit: 0) != nil }

  /// Whether its own tables are free for a party that has left them.
  func isOwnFree(_ party: Int) -> Bool {
    mayKeepOwn(party)
      && own[party].allSatisfy { table in
        !occupants[table].contains { other in
          Int(other) != party && starts[Int(other)] < ends[party] && starts[party] < ends[Int(other)]
        }
      }
  }

  // MARK: - Changes

  mutating func seat(_ party: Int, at place: Place) {
    places[party] = place
    let members = members(party)
    for table in members { occupants[table].append(Int32(party)) }
    count(party, members, 1)
  }

  mutating func lift(_ party: Int) {
    let members = members(party)
    for table in members {
      if let index = occupants[table].lastIndex(of: Int32(party)) { occupants[table].remove(at: index) }
    }
    count(party, members, -1)
    places[party] = .nowhere
  }

  /// Seats a party at an option; at its own tables, if they are those.
  mutating func seat(_ party: Int, at option: Int32) {
    let isOwn = hasTables[party] && floor.options[Int(option)].members == own[party]
    seat(party, at: isOwn ? .own : .option(option))
  }

  /// Everyone as in `wanted`.
  mutating func restore(_ wanted: [Place]) {
    let changed = parties.indices.filter { places[$0] != wanted[$0] }
    for party in changed where places[party] != .nowhere { lift(party) }
    for party in changed where wanted[party] != .nowhere { seat(party, at: wanted[party]) }
  }

  private mutating func count(_ party: Int, _ members: [Int], _ sign: Int) {
    if isWaiting(party) { return }
    if isMoved(party) { moveCount += sign }
    let seats = members.reduce(0) { $0 + floor.tables[$1].capacity }
    figures.bookings += sign
    figures.covers += sign * size(party)
    figures.spareSeats += sign * max(0, seats - size(party))
    figures.extraTables += sign * max(0, members.count - 1)
  }
}

/// What decides which choices a party has.
private struct Menu: Hashable {
  var kind: Int
  /// Tables that no fixed claim takes in the party's window, and that are not kept for others, as bits.
  var usable: [UInt64]
}

extension LiveDay {
  /// Of the parties and what stays.
  fileprivate var span: TimeWindow {
    let windows = parties.map(\.booking.slot.block) + claims.map(\.window)
    let start = windows.map(\.start).min() ?? Timestamp(seconds: 0)
    return TimeWindow(start: start, end: max(start, windows.map(\.end).max() ?? start))
  }
}
