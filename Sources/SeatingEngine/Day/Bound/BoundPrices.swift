/// Prices of table types at each point of a day, and the bound that follows from them.
struct BoundPrices {
  private let demand: BoundDemand
  private let goal: BoundGoal
  /// Of the types at each point, and of the demand for bookings; never negative.
  private var prices: [Double]
  /// The prices with the lowest bound so far.
  private var center: [Double]
  private var slackAtCenter: [Double] = []
  /// The slack, averaged over steps: near the best prices it tells what the bookings would take on the whole.
  private var average: [Double] = []
  /// Supply less what the bookings would take at these prices, and bookings seated less those demanded; set by ``evaluate()``.
  private var slack: [Double]
  /// `sums[type * (pointCount + 1) + point]`: the prices of the points before.
  private var sums: [Double]

  private var pointCount: Int { demand.pointCount }
  private var demandPrice: Double { prices[demand.supply.count] }

  init(_ demand: BoundDemand, goal: BoundGoal) {
    self.demand = demand
    self.goal = goal
    prices = [Double](repeating: 0, count: demand.supply.count + 1)
    (slack, center) = (prices, prices)
    sums = [Double](repeating: 0, count: demand.typeCount * (demand.pointCount + 1))
  }

  /// The bound at these prices: what the tables are worth, and what each booking gains over the price of its cheapest
  /// option, less what is demanded.
  mutating func evaluate() -> Double {
    sumPrices()
    var bound = 0.0
    for (index, tables) in demand.supply.enumerated() {
      slack[index] = tables
      bound += tables * prices[index]
    }
    var surplus = -goal.leastSeated
    bound += surplus * demandPrice
    for kind in demand.kinds {
      let (pattern, price) = cheapest(demand.patterns[kind.page], points: kind.points)
      let gain = goal.worth(size: kind.size, price: demandPrice) - price
      guard gain > 0 else { continue }
      bound += kind.count * gain
      surplus += kind.count
      for use in pattern.uses {
        for point in kind.points { slack[use.type * pointCount + point] -= kind.count * use.count }
      }
    }
    slack[demand.supply.count] = surplus
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
    for type in 0..<demand.typeCount {
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
