import BookingDomain

/// One way to choose tables: it proposes some of the feasible options, each with a strength.
protocol SeatingStrategy: Sendable {
  var name: StrategyName { get }

  /// - Returns: how strongly the strategy proposes the candidate, 0…1; 0 does not propose it.
  func strength(of candidate: Candidate, in context: PlanningContext) -> Double
}

/// The strategy that proposes a plan most strongly: the same tables proposed twice keep the stronger one.
struct StrategyClaim: Sendable {
  var name = StrategyName.optimalFit
  /// The strategy's weight times its strength.
  var points = 0.0

  /// Keeps the stronger of the two; the earlier one where they are equal.
  mutating func merge(_ name: StrategyName, strength: Double) {
    let other = Double(name.weight) * strength
    if other > points { (self.name, points) = (name, other) }
  }
}
