public import BookingDomain

/// A restaurant's floor, prepared once for planning: its active tables by number, every combination that may be joined,
/// and for each party size the tables and combinations that take it. Immutable, so that any number of tasks share one.
public final class CompiledFloor: Sendable {
  /// Combinations that are enumerated at most; a floor with more is refused by the file's validator.
  public static let combinationLimit = 200_000

  public let restaurant: Restaurant
  /// Active tables, ascending by number. Positions in this array stand for tables everywhere in the engine.
  public let tables: [DiningTable]
  /// Names of the zones, in file order.
  public let zones: [String]
  /// Single tables and combinations, in the order that breaks ties: by table numbers, one after the other.
  public let options: [TableOption]
  /// The largest party that any table or combination takes, extra chairs counted.
  public let largestParty: Int
  /// Hash of everything in the restaurant's file that can change an answer, 16 hexadecimal digits.
  public let fingerprint: String

  let optionsByNeed: OptionCatalogue
  let columns: OptionColumns
  let tableColumns: TableColumns
  /// The zone with most seats; the first of those where several have.
  let dominantZone: Int32
  private let positions: [TableNumber: Int]

  /// - Important: stops at ``combinationLimit`` combinations; see ``combinationCount(of:limit:)``.
  public init(restaurant: Restaurant) {
    let graph = JoiningGraph(restaurant: restaurant)
    let options = OptionBuilder(graph: graph, restaurant: restaurant).build()
    self.restaurant = restaurant
    tables = graph.tables
    fingerprint = FloorFingerprint.of(restaurant)
    zones = graph.zones
    positions = graph.positions
    self.options = options
    largestParty = options.reduce(0) { max($0, $1.largestPartyWithExtraChairs) }
    tableColumns = TableColumns(graph: graph)
    columns = OptionColumns(options: options, tableTags: tableColumns.tags)
    optionsByNeed = OptionCatalogue(options: options, columns: columns, largestParty: largestParty)
    let seats = tableColumns.seatsOfZone
    dominantZone = Int32(seats.indices.max { (seats[$0], -$0) < (seats[$1], -$1) } ?? 0)
  }

  /// How many combinations a floor has, counted up to one more than `limit`.
  public static func combinationCount(of restaurant: Restaurant, limit: Int = combinationLimit) -> Int {
    let graph = JoiningGraph(restaurant: restaurant)
    var count = 0
    graph.forEachCombination(upTo: restaurant.combining.maxTables) { _ in
      count += 1
      return count <= limit
    }
    return count
  }

  /// Position of a table in ``tables``; nil if the floor has no such active table.
  public func index(of number: TableNumber) -> Int? { positions[number] }

  /// Positions of those of `numbers` that are active tables of this floor, ascending.
  public func tables(_ numbers: some Collection<TableNumber>) -> [Int] {
    numbers.compactMap { positions[$0] }.sorted()
  }

  /// Regular seats of tables together; those that the floor does not have have none.
  public func seats(of numbers: some Collection<TableNumber>) -> Int {
    tables(numbers).reduce(0) { $0 + tables[$1].capacity }
  }

  /// Numbers of an option's tables, ascending.
  public func numbers(of option: TableOption) -> [TableNumber] { option.members.map { tables[$0].number } }

  /// Whether the floor could ever seat a party, all tables free.
  /// - Parameter extraChairs: a host asks; see ``SeatingQuestion/extraChairs``.
  public func fit(party: Int, extraChairs: Bool = false, accessible: Bool = false) -> FloorFit {
    if party < 1 { return .tooSmall }
    let need = OptionCatalogue.Need(extraChairs: extraChairs, accessible: accessible)
    if !optionsByNeed.options(party: party, need: need).isEmpty { return .fits }
    let holds = options.contains { option in
      (!accessible || option.isAccessible)
        && party <= (extraChairs ? option.largestPartyWithExtraChairs : option.largestParty)
    }
    return holds ? .tooSmall : .tooLarge
  }

  /// Tags as bits; those that no table of the floor has count for nothing.
  func tagBits(_ tags: Set<String>) -> UInt64 { TableColumns.bits(tags, names: tableColumns.tagNames) }

  /// The option that consists of exactly these tables (positions, ascending).
  func option(members: [Int]) -> Int? {
    let index = options.partitioningIndex { !$0.members.lexicographicallyPrecedes(members) }
    return index < options.count && options[index].members == members ? index : nil
  }
}

extension Array {
  /// The first position whose element satisfies `predicate`, in an array that is partitioned by it.
  func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
