/// How long it takes, at the present rate and with the present values, until a criterion has enough data.
public enum DataEstimate: Sendable, Hashable, Codable {
  /// It has.
  case enough
  /// So much longer, and so many more bookings (0 where only time is missing).
  case after(seconds: Double, bookings: Int)
  /// Not at the present rate or with the present value, or not a matter of time, such as a drill.
  case never
}

/// Estimates for the results of a gate.
public struct DataForecast: Sendable {
  /// Beyond this no forecast is worth its name.
  private static let sampleLimit = 10_000_000
  private let gate: PhaseGate
  private let figures: PhaseFigures

  public init(_ gate: PhaseGate, _ figures: PhaseFigures) {
    self.gate = gate
    self.figures = figures
  }

  /// When all criteria will have enough data: the last of them decides, ``DataEstimate/never`` if one never has.
  public func whole() -> DataEstimate {
    var longest = DataEstimate.enough
    for result in gate.evaluate(figures) {
      switch (estimate(result), longest) {
      case (.never, _): return .never
      case (.after(let seconds, _), .after(let other, _)) where seconds <= other: continue
      case (.after(let seconds, let bookings), _): longest = .after(seconds: seconds, bookings: bookings)
      case (.enough, _): continue
      }
    }
    return longest
  }

  /// For one result of the same gate and figures.
  public func estimate(_ result: CriterionResult) -> DataEstimate {
    guard result.verdict == .notEnoughData else { return .enough }
    switch result.name {
    case "least_time": return .after(seconds: result.limit - (result.value ?? 0), bookings: 0)
    case "least_bookings": return bookings(upTo: phaseBookings(result))
    case CriterionKind.everyDay.rawValue:
      return .after(seconds: (result.limit - Double(result.sample)) * 86_400, bookings: 0)
    default: return bookings(upTo: neededGrowth(result.name))
    }
  }

  private func phaseBookings(_ result: CriterionResult) -> Double? {
    figures.v3.eligible > 0 ? result.limit / Double(figures.v3.eligible) : nil
  }

  /// Data grow in proportion: `growth` times the bookings take as many times as long.
  private func bookings(upTo growth: Double?) -> DataEstimate {
    guard let growth, growth > 1, figures.elapsedSeconds > 0 else { return .never }
    return .after(
      seconds: (growth - 1) * figures.elapsedSeconds,
      bookings: Int(((growth - 1) * Double(figures.v3.eligible)).rounded(.up)))
  }

  /// The smallest multiple of the present data with which the criterion would say pass or fail; nil if none would.
  private func neededGrowth(_ name: String) -> Double? {
    guard let kind = CriterionKind(rawValue: name), figures.v3.eligible > 0,
      let rule = gate.plan.criteria(of: gate.phase).first(where: { $0.kind == kind })
    else { return nil }
    var low = 1.0
    var high = 2.0
    while !isDecided(rule, high) {
      low = high
      high *= 2
      if high * Double(figures.v3.eligible) > Double(Self.sampleLimit) { return nil }
    }
    while (high - low) * Double(figures.v3.eligible) > 0.5, high / low > 1.001 {
      let middle = (low + high) / 2
      if isDecided(rule, middle) { high = middle } else { low = middle }
    }
    return high
  }

  private func isDecided(_ rule: CriterionRule, _ growth: Double) -> Bool {
    gate.evaluate(rule, figures.grown(by: growth)).verdict != .notEnoughData
  }
}
