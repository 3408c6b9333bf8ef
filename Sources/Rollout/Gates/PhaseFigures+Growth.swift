extension PhaseFigures {
  /// The same with so many times the bookings, each share as it is; what the phase before saw stays.
  func grown(by growth: Double) -> PhaseFigures {
    var figures = self
    figures.v3 = v3.grown(by: growth)
    figures.legacy = legacy.grown(by: growth)
    figures.paired = PairedOutcomes(
      both: paired.both.grown(growth), v3Only: paired.v3Only.grown(growth),
      legacyOnly: paired.legacyOnly.grown(growth), neither: paired.neither.grown(growth))
    figures.latency = latency?.grown(by: growth)
    figures.lockWait = lockWait?.grown(by: growth)
    return figures
  }
}

extension FlowFigures {
  func grown(by growth: Double) -> FlowFigures {
    FlowFigures(
      bookings: bookings.grown(growth), bookingsConfirmed: bookingsConfirmed.grown(growth),
      eligible: eligible.grown(growth), confirmed: eligible.grown(growth) - (eligible - confirmed).grown(growth),
      reviewed: reviewed.grown(growth), errors: errors.grown(growth), fullHouse: fullHouse.grown(growth))
  }
}

extension PhaseFigures.PercentileFigures {
  func grown(by growth: Double) -> Self {
    Self(p95Milliseconds: p95Milliseconds, count: count.grown(growth), slow: slow.grown(growth))
  }
}

extension Int {
  fileprivate func grown(_ growth: Double) -> Int { Int((Double(self) * growth).rounded()) }
}
