/// How much an exact search may do, so that it ends, and at the same place on every machine.
struct WorkBudget {
  /// What is left; one is about a nanosecond.
  private var left: Int
  private let isOver: @Sendable () -> Bool

  /// - Parameter isOver: ends it at once.
  init(_ work: Int, isOver: @escaping @Sendable () -> Bool) {
    left = work
    self.isOver = isOver
  }

  mutating func spend(_ work: Int) { left -= work }

  var isSpent: Bool { left <= 0 || isOver() }
}
