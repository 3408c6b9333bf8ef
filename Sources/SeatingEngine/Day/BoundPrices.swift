import BookingDomain

/// Prices of table types at each start of a day, and the bound that follows from them.
struct BoundPrices {
  private let pointCount: Int
  private let typeCount: Int
  /// Tables that are not claimed, by type and point.
  private var supply: [Double]
  /// Never negative.
  private var prices: [Double]
  /// Supply less what the bookings would take at these prices; set by ``evaluate(_:)``.
  private var slack: [Double]
  /// `sums[type * (pointCount + 1) + point]`: the prices of the points before.
  private var sums: [Double]

  init(floor: CompiledFloor, claims: [SnapshotClaim], demand: BoundDemand) {
    pointCount = demand.starts.count
    typeCount = floor.tableColumns.tablesOfType.count
    supply = floor.tableColumns.tablesOfType.flatMap { [Double](repeating: Double($0), count: demand.starts.count) }
    prices = [Double](repeating: 0, count: supply.count)
    slack = prices
    sums = [Double](repeating: 0, count: typeCount * (pointCount + 1))
    for (point, start) in demand.starts.enumerated() {
      let taken = Set(claims.filter { $0.window.contains(start) }.compactMap { floor.index(of: $0.table) })
      for table in taken { supply[Int(floor.tableColumns.type[table]) * pointCount + point] -= 1 }
    }
  }

  /// The bound at these prices: what the tables are worth, and what each booking gains over the price of its cheapest
  /// option.
  mutating func evaluate(_ demand: BoundDemand) -> Double {
    sumPrices()
    slack = supply
    var bound = 0.0
    for index in supply.indices { bound += supply[index] * prices[index] }
    for kind in demand.kinds {
      let (pattern, price) = cheapest(demand.patterns[kind.patterns], points: kind.points)
      guard price < 1 else { continue }
      bound += kind.count * (1 - price)
      for use in pattern.uses {
        for point in kind.points { slack[use.type * pointCount + point] -= kind.count * use.count }
      }
    }
    return bound
  }

  /// Moves the prices against the slack.
  /// - Parameter length: by how much the bound should fall.
  /// - Returns: false if there is nothing left to move.
  mutating func step(by length: Double) -> Bool {
    var norm = 0.0
    for index in slack.indices where prices[index] > 0 || slack[index] < 0 { norm += slack[index] * slack[index] }
    guard norm > 0, length > 0 else { return false }
    for index in slack.indices { prices[index] = max(0, prices[index] - length / norm * slack[index]) }
    return true
  }

  private mutating func sumPrices() {
    for type in 0..<typeCount {
      var sum = 0.0
      for point in 0..<pointCount {
        sum += prices[type * pointCount + point]
        sums[type * (pointCount + 1) + point + 1] = sum
      }
    }
  }

  private func cheapest(_ patterns: [BoundDemand.Pattern], points: Range<Int>) -> (BoundDemand.Pattern, Double) {
    var best = (patterns[0], Double.infinity)
    for pattern in patterns {
      var price = 0.0
      for use in pattern.uses {
        let row = use.type * (pointCount + 1)
        price += use.count * (sums[row + points.upperBound] - sums[row + points.lowerBound])
      }
      if price < best.1 { best = (pattern, price) }
    }
    return best
  }
}
