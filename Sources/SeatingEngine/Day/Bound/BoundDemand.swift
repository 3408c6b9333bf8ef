import BookingDomain

/// A day's bookings as the bound sees them: like ones counted together, options as numbers of tables by type.
struct BoundDemand {
  /// Tables of some types: how many of each, and the least that they cost a party.
  struct Pattern {
    var uses: [Use]
    var cost: Double

    struct Use: Hashable {
      var type: Int
      var count: Double
    }
  }

  /// Bookings of one size and window.
  struct Kind {
    var count: Double
    var size: Double
    /// Points that the window contains.
    var points: Range<Int>
    /// Position in `patterns`.
    var page: Int
  }

  private(set) var kinds: [Kind] = []
  private(set) var bookingsOfKind: [[Int]] = []
  /// By page of the problem's parties.
  private(set) var patterns: [[Pattern]]
  /// Tables that take the same parties, and alike in whether they can be joined and are accessible, are of one type.
  let typeOfTable: [Int]
  let typeCount: Int
  let pointCount: Int
  /// Tables that are not taken whatever is planned, by type and point.
  let supply: [Double]

  private struct Like: Hashable {
    var page: Int32
    var points: Range<Int>
  }

  /// - Parameter tellsApart: each table that can be joined, or is claimed, is a type of its own: larger, but what fits the
  ///   types fits the tables.
  init(_ problem: DayProblem, floor: CompiledFloor, tellsApart: Bool = false) {
    typeOfTable = BoundDemand.types(floor, alone: tellsApart ? Set(problem.taken.map { Int($0.table) }) : nil)
    typeCount = (typeOfTable.max() ?? -1) + 1
    pointCount = problem.pointCount
    supply = BoundDemand.supply(problem, typeOfTable, typeCount: typeCount)
    patterns = []
    var places: [Like: Int] = [:]
    for booking in problem.seatable {
      let party = problem.parties[booking]
      let like = Like(page: party.page, points: party.points)
      let place = places[like] ?? kinds.count
      places[like] = place
      if place == kinds.count {
        kinds.append(Kind(count: 0, size: Double(party.size), points: party.points, page: Int(party.page)))
        bookingsOfKind.append([])
        addPatterns(of: party, in: problem)
      }
      kinds[place].count += 1
      bookingsOfKind[place].append(booking)
    }
  }

  /// - Parameter alone: tables that are of no type with others, besides those that can be joined; nil for none at all.
  private static func types(_ floor: CompiledFloor, alone: Set<Int>?) -> [Int] {
    let joined = Set(floor.options.filter(\.isJoined).flatMap(\.members))
    var names: [[Int]: Int] = [:]
    return floor.tables.indices.map { table in
      let (seats, isJoined) = (floor.tables[table], joined.contains(table))
      var name = [Int(floor.tableColumns.type[table]), isJoined ? 1 : 0, seats.isAccessible ? 1 : 0]
      name += [seats.largestParty(extraChairs: false), seats.largestParty(extraChairs: true)]
      if let alone, isJoined || alone.contains(table) { name = [table] }
      let type = names[name] ?? names.count
      names[name] = type
      return type
    }
  }

  /// About how many numbers its linear program has.
  var numbers: Int {
    kinds.reduce(0) { $0 + patterns[$1.page].count } * (kinds.count + typeCount * pointCount)
  }

  private static func supply(_ problem: DayProblem, _ typeOfTable: [Int], typeCount: Int) -> [Double] {
    var supply = [Double](repeating: 0, count: typeCount * problem.pointCount)
    for (table, type) in typeOfTable.enumerated() {
      var isOpen = [Bool](repeating: true, count: problem.pointCount)
      for claim in problem.taken where claim.table == table {
        for point in claim.points { isOpen[point] = false }
      }
      for point in isOpen.indices where isOpen[point] { supply[type * problem.pointCount + point] += 1 }
    }
    return supply
  }

  private mutating func addPatterns(of party: DayProblem.Party, in problem: DayProblem) {
    let page = Int(party.page)
    while patterns.count <= page { patterns.append([]) }
    if !patterns[page].isEmpty { return }
    var seen = Set<[Pattern.Use]>()
    // The cheapest come first.
    for choice in problem.choices[party.choices] {
      let uses = self.uses(of: choice, in: problem)
      if seen.insert(uses).inserted { patterns[page].append(Pattern(uses: uses, cost: Double(choice.cost))) }
    }
  }

  /// The types of an option's tables, ascending.
  func uses(of choice: DayProblem.Choice, in problem: DayProblem) -> [Pattern.Use] {
    var counts: [Int: Double] = [:]
    for table in problem.tables(of: choice) { counts[typeOfTable[Int(table)], default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { Pattern.Use(type: $0.key, count: $0.value) }
  }
}
