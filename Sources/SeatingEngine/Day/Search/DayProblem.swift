import BookingDomain

/// A day's bookings as a search sees them: windows as points, and for each booking the options it may have.
struct DayProblem: Sendable {
  /// An option for one kind of party, with what it costs there.
  struct Choice: BitwiseCopyable {
    /// Position in ``CompiledFloor/options``.
    var option: Int32
    /// Spare seats, and ``DayFigures/extraTableCost`` for each table beyond the first.
    var cost: Int32
    /// Where its tables begin in ``members``, and how many they are.
    var start: Int32
    var count: Int32
  }

  /// A booking.
  struct Party: BitwiseCopyable {
    var size: Int32
    /// Positions in ``choices``, the cheapest first; empty if the floor could never take it.
    var firstChoice: Int32
    var choiceCount: Int32
    /// Row of ``singles``.
    var page: Int32
    var firstPoint: Int32
    var pointCount: Int32

    var choices: Range<Int> { Int(firstChoice)..<Int(firstChoice + choiceCount) }
    var points: Range<Int> { Int(firstPoint)..<Int(firstPoint + pointCount) }
  }

  let tableCount: Int
  let pointCount: Int
  /// Starts share points: what is found is valid, but not all that would be valid can be found.
  let isMerged: Bool
  let members: [Int32]
  private(set) var choices: [Choice] = []
  /// One for each booking, in the order given.
  private(set) var parties: [Party] = []
  /// `singles[page * tableCount + table]`: the choice that is this table alone, or −1.
  private(set) var singles: [Int32] = []
  /// Tables that are taken whatever is planned.
  let taken: [(table: Int32, points: Range<Int>)]

  /// Bookings that the floor could take at all.
  var seatable: [Int] { parties.indices.filter { parties[$0].choiceCount > 0 } }

  /// Positions of an option's tables.
  func tables(of choice: Choice) -> ArraySlice<Int32> { members[Int(choice.start)..<Int(choice.start + choice.count)] }

  /// What a plan would be worth in which all sit as cheaply as if each were alone.
  var ideal: DayScore { score(of: parties.map { $0.choiceCount > 0 ? $0.firstChoice : -1 }) }

  /// What a plan is worth.
  /// - Parameter chosen: the choice of each booking, −1 for those without a table.
  func score(of chosen: [Int32]) -> DayScore {
    parties.indices.filter { chosen[$0] >= 0 }.reduce(into: DayScore()) { score, booking in
      score.seated += 1
      score.covers += Int(parties[booking].size)
      score.cost += Int(choices[Int(chosen[booking])].cost)
    }
  }

  /// - Parameter pointLimit: with more starts than this, those side by side are merged, which keeps plans valid.
  init(floor: CompiledFloor, bookings: [PlanBooking], claims: [SnapshotClaim], pointLimit: Int = LongPointSet.capacity)
  {
    let needs = bookings.map { DayNeed($0, floor: floor) }
    let seatable = Set(needs).filter { !$0.options(of: floor).isEmpty }
    let windows = zip(needs, bookings).filter { seatable.contains($0.0) }.map(\.1.slot.block)
    let axis = PointAxis(windows: windows, claims: claims, limit: pointLimit)
    tableCount = floor.tables.count
    pointCount = axis.count
    isMerged = axis.isMerged
    members = floor.columns.members
    taken = claims.compactMap { claim in
      floor.index(of: claim.table).map { (Int32($0), axis.points(of: claim.window)) }
    }
    var pages: [DayNeed: Party] = [:]
    for (booking, need) in zip(bookings, needs) {
      var party = pages[need] ?? addPage(need, number: pages.count, floor: floor)
      pages[need] = party
      let points = axis.points(of: booking.slot.block)
      party.firstPoint = Int32(points.lowerBound)
      party.pointCount = Int32(points.count)
      parties.append(party)
    }
  }

  private mutating func addPage(_ need: DayNeed, number: Int, floor: CompiledFloor) -> Party {
    let first = choices.count
    let options = need.options(of: floor)
    choices += options.map { DayProblem.choice($0, size: need.party, columns: floor.columns) }
    choices[first...].sort { ($0.cost, $0.option) < ($1.cost, $1.option) }
    singles += [Int32](repeating: -1, count: tableCount)
    for index in choices.indices[first...] where choices[index].count == 1 {
      singles[number * tableCount + Int(members[Int(choices[index].start)])] = Int32(index)
    }
    return Party(
      size: Int32(need.party), firstChoice: Int32(first), choiceCount: Int32(options.count), page: Int32(number),
      firstPoint: 0, pointCount: 0)
  }

  private static func choice(_ option: Int, size: Int, columns: OptionColumns) -> Choice {
    let tables = columns.tableRange(option)
    let spare = max(0, Int(columns.seats[option]) - size)
    return Choice(
      option: Int32(option), cost: Int32(spare + DayFigures.extraTableCost * (tables.count - 1)),
      start: Int32(tables.lowerBound), count: Int32(tables.count))
  }
}
