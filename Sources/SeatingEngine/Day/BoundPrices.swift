import BookingDomain

/// Prices of table types at each start of a day, and the bound that follows from them.
struct BoundPrices {
  private let pointCount: Int
  private let typeCount: Int
  /// Tables that are not claimed, by type and point.
  private var supply: [Double]
  /// Never negative.
  private var prices: [Double]
  /// The prices with the lowest bound so far.
  private var center: [Double]
  private var slackAtCenter: [Double] = []
  /// The slack, averaged over steps: near the best prices it tells what the bookings would take on the whole.
  private var average: [Double] = []
  /// Supply less what the bookings would take at these prices; set by ``evaluate(_:)``.
  private var slack: [Double]
  /// `sums[type * (pointCount + 1) + point]`: the prices of the points before.
  private var sums: [Double]

  init(floor: CompiledFloor, claims: [SnapshotClaim], demand: BoundDemand) {
    pointCount = demand.starts.count
    typeCount = demand.tablesOfType.count
    supply = demand.tablesOfType.flatMap { [Double](repeating: Double($0), count: demand.starts.count) }
    prices = [Double](repeating: 0, count: supply.count)
    (slack, center) = (prices, prices)
    sums = [Double](repeating: 0, count: typeCount * (pointCount + 1))
    for (point, start) in demand.starts.enumerated() {
      let taken = Set(claims.filter { $0.window.contains(start) }.compactMap { floor.index(of: $0.table) })
      for table in taken { supply[demand.typeOfTable[table] * pointCount + point] -= 1 }
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

  /// Makes the present prices those from which steps are taken.
  mutating func keep() { (center, slackAtCenter) = (prices, slack) }

  /// Forgets all slack but that at the best prices.
  mutating func forget() { average = slackAtCenter }

  /// Counts the present slack into the average.
  mutating func learn(share: Double) {
    if average.isEmpty { average = slack }
    for index in slack.indices { average[index] += share * (slack[index] - average[index]) }
  }

  /// Moves the prices from the best ones against the averaged slack.
  /// - Parameter length: by how much the bound should fall.
  /// - Returns: false if there is nothing left to move.
  mutating func step(by length: Double) -> Bool {
    var norm = 0.0
    for index in average.indices where center[index] > 0 || average[index] < 0 {
      norm += average[index] * average[index]
    }
    guard norm > 0, length > 0 else { return false }
    for index in average.indices { prices[index] = max(0, center[index] - length / norm * average[index]) }
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
