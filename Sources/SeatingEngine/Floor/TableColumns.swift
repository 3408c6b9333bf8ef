import BookingDomain

/// The tables of a floor as columns, for the planning loop.
struct TableColumns: Sendable {
  let capacity: [Int32]
  let zone: [Int32]
  /// Position in ``tablesOfType``: tables of the same capacity and smallest party are of one type.
  let type: [Int32]
  let tablesOfType: [Int]
  let seatsOfZone: [Int]
  /// The accessible tables, as bits.
  let accessible: [UInt64]
  /// Names of all tags, ascending; bit `i` stands for the `i`-th. Tags beyond the 64th are not told apart.
  let tagNames: [String]
  let tags: [UInt64]

  init(graph: JoiningGraph) {
    let tables = graph.tables
    capacity = tables.map { Int32($0.capacity) }
    zone = graph.zoneOfTable.map(Int32.init)
    var types: [[Int]] = []
    type = tables.map { table in
      let key = [table.capacity, table.minParty ?? 1]
      if let index = types.firstIndex(of: key) { return Int32(index) }
      types.append(key)
      return Int32(types.count - 1)
    }
    var counts = [Int](repeating: 0, count: types.count)
    for index in type { counts[Int(index)] += 1 }
    tablesOfType = counts
    var seats = [Int](repeating: 0, count: graph.zones.count)
    var bits = [UInt64](repeating: 0, count: max(1, (tables.count + 63) / 64))
    for (index, table) in tables.enumerated() {
      seats[graph.zoneOfTable[index]] += table.capacity
      if table.isAccessible { bits[index / 64] |= 1 << UInt64(index % 64) }
    }
    seatsOfZone = seats
    accessible = bits
    let names = Set(tables.flatMap(\.tags)).sorted()
    tagNames = names
    tags = tables.map { TableColumns.bits($0.tags, names: names) }
  }

  static func bits(_ tags: Set<String>, names: [String]) -> UInt64 {
    tags.reduce(0) { bits, tag in
      names.firstIndex(of: tag).map { bits | 1 << UInt64(min($0, 63)) } ?? bits
    }
  }
}
