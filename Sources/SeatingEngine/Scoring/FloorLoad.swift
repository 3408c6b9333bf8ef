/// How full the floor is in one window: free seats by zone, free tables by type.
struct FloorLoad: Sendable {
  /// Share of a zone's seats that are free, 0…1.
  let freeShareOfZone: [Double]
  /// The zone with most free seats; the first of those where several have.
  let freestZone: Int32
  /// Share of a table type's tables that are free, 0…1.
  let freeShareOfType: [Double]

  init(floor: CompiledFloor, free: [UInt64]) {
    let columns = floor.tableColumns
    var seats = [Int](repeating: 0, count: floor.zones.count)
    var tables = [Int](repeating: 0, count: columns.tablesOfType.count)
    for word in free.indices {
      var bits = free[word]
      while bits != 0 {
        let table = word * 64 + bits.trailingZeroBitCount
        bits &= bits - 1
        seats[Int(columns.zone[table])] += Int(columns.capacity[table])
        tables[Int(columns.type[table])] += 1
      }
    }
    freestZone = Int32(seats.indices.max { (seats[$0], -$0) < (seats[$1], -$1) } ?? 0)
    freeShareOfZone = seats.indices.map { Double(seats[$0]) / Double(max(1, columns.seatsOfZone[$0])) }
    freeShareOfType = tables.indices.map { Double(tables[$0]) / Double(columns.tablesOfType[$0]) }
  }
}
