public import BookingDomain
public import Rollout

/// One UTC day of a span, as stores group what they count.
public struct PhaseDay: Sendable, Hashable {
  public static let microseconds: Int64 = 86_400_000_000
  /// Days since 1970.
  public var number: Int
  public var v3: FlowFigures

  public init(number: Int, v3: FlowFigures) {
    self.number = number
    self.v3 = v3
  }

  public var figures: PhaseFigures.DayFigures {
    PhaseFigures.DayFigures(date: LocalDate(daysSinceEpoch: number).description, v3: v3)
  }

  public func isOver(at time: Timestamp) -> Bool { (Int64(number) + 1) * Self.microseconds <= time.microseconds }
}
