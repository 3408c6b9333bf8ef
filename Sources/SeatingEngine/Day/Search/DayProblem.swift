import BookingDomain

/// A day's bookings as a search sees them: windows as points, and for each booking the options it may have.
struct DayProblem: Sendable {
  /// An option for one kind of party, with what it costs there.
  struct Choice: BitwiseCopyable {
    /// Position in ``CompiledFloor/options``.
    var option: Int32
    /// Spare seats, and ``extraTableCost`` for each table beyond the first.
    var cost: Int32
    /// Where its tables begin in ``members``, and how many they are.
    var start: Int32
    var count: Int32

    /// The part of the cost that is not spare seats.
    var extraTableCost: Int32 { Int32(DayProblem.extraTableCost) * (count - 1) }
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

    var points: Range<Int> { Int(firstPoint)..<Int(firstPoint + pointCount) }
  }

  static let extraTableCost = 3

  let tableCount: Int
  let pointCount: Int
  let members: [Int32]
  private(set) var choices: [Choice] = []
  /// One for each booking, in the order given.
  private(set) var parties: [Party] = []
  /// `singles[page * tableCount + table]`: the choice that is this table alone, or −1.
  private(set) var singles: [Int32] = []
  /// Tables that are taken whatever is planned.
  let taken: [(table: Int32, points: Range<Int>)]

  private struct Page: Hashable {
    var size: Int
    var need: OptionCatalogue.Need
  }

  /// - Parameter pointLimit: with more starts than this, those side by side are merged, which keeps plans valid.
  init(floor: CompiledFloor, bookings: [PlanBooking], claims: [SnapshotClaim], pointLimit: Int = LongPointSet.capacity)
  {
    let axis = PointAxis(bookings: bookings, claims: claims, limit: pointLimit)
    tableCount = floor.tables.count
    pointCount = axis.count
    members = floor.columns.members
    taken = claims.compactMap { claim in
      floor.index(of: claim.table).map { (Int32($0), axis.points(of: claim.window)) }
    }
    var pages: [Page: Party] = [:]
    for booking in bookings {
      let need = OptionCatalogue.Need(
        extraChairs: booking.extraChairs, accessible: booking.wishes.needsAccessibleTable)
      let page = Page(size: booking.party, need: need)
      var party = pages[page] ?? addPage(page, number: pages.count, floor: floor)
      pages[page] = party
      let points = axis.points(of: booking.slot.block)
      party.firstPoint = Int32(points.lowerBound)
      party.pointCount = Int32(points.count)
      parties.append(party)
    }
  }

  private mutating func addPage(_ page: Page, number: Int, floor: CompiledFloor) -> Party {
    let first = choices.count
    let options = floor.optionsByNeed.options(party: page.size, need: page.need)
    choices += options.map { DayProblem.choice(Int($0), size: page.size, columns: floor.columns) }
    choices[first...].sort { ($0.cost, $0.option) < ($1.cost, $1.option) }
    singles += [Int32](repeating: -1, count: tableCount)
    for index in choices.indices[first...] where choices[index].count == 1 {
      singles[number * tableCount + Int(members[Int(choices[index].start)])] = Int32(index)
    }
    return Party(
      size: Int32(page.size), firstChoice: Int32(first), choiceCount: Int32(options.count), page: Int32(number),
      firstPoint: 0, pointCount: 0)
  }

  private static func choice(_ option: Int, size: Int, columns: OptionColumns) -> Choice {
    let tables = columns.tableRange(option)
    let spare = max(0, Int(columns.seats[option]) - size)
    return Choice(
      option: Int32(option), cost: Int32(spare + extraTableCost * (tables.count - 1)),
      start: Int32(tables.lowerBound), count: Int32(tables.count))
  }
}
