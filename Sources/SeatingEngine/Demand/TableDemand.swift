import BookingDomain

/// How much each table is wanted: the parties expected that it takes, shared among all tables that take them.
enum TableDemand {
  /// Damps the differences; fitted together with ``GapValue``.
  private static let exponentRoots = 2

  /// - Returns: for each table, about 1 on average.
  static func wanted(floor: CompiledFloor, partySizes: [Int: Double]) -> [Double] {
    let takes = floor.tables.map { table in
      let smallest = max(1, table.minParty ?? 1)
      return smallest...max(smallest, table.largestParty(extraChairs: false))
    }
    var shares = [Double](repeating: 0, count: takes.count)
    for (party, share) in partySizes.sorted(by: { $0.key < $1.key }) {
      let takers = takes.indices.filter { takes[$0].contains(party) }
      for table in takers { shares[table] += share * Double(takes.count) / Double(takers.count) }
    }
    let damped = shares.map { share in
      (0..<exponentRoots).reduce(max(share, 0.001)) { value, _ in value.squareRoot() }
    }
    let mean = damped.reduce(0, +) / Double(max(1, damped.count))
    return damped.map { $0 / mean }
  }
}
