import BookingDomain

/// An upper bound on how many bookings of a day any plan could seat, in any order and knowing all of them.
///
/// True for every plan: tables are dropped to their types, so that each real plan is one of the relaxation, and the
/// relaxation is bounded from above by its Lagrangian dual, which is a bound whatever the prices (weak duality; see
/// M. L. Fisher, "The Lagrangian Relaxation Method for Solving Integer Programming Problems", 1981). The prices are
/// improved by the volume algorithm (F. Barahona, R. Anbil, "The volume algorithm: producing primal solutions with a
/// subgradient method", 2000) in a fixed number of steps, so that the answer is deterministic.
public struct SeatingBound: Sendable {
  let floor: CompiledFloor
  let claims: [SnapshotClaim]
  private static let steps = 1_000
  /// Share of the newest step in the averaged slack.
  private static let memory = 0.02

  /// - Parameter claims: tables taken whatever is planned.
  public init(floor: CompiledFloor, claims: [SnapshotClaim] = []) {
    self.floor = floor
    self.claims = claims
  }

  /// - Parameter seated: what some plan seats, to aim the steps; the bound is never below it.
  public func seats(_ bookings: [PlanBooking], seated: Int = 0) -> Int {
    lowest(bookings, goal: .seated, aim: seated)
  }

  /// An upper bound on the covers of the plans that seat at least `seated` bookings.
  /// - Parameter covers: what some such plan has, to aim the steps; the bound is never below it.
  public func covers(_ bookings: [PlanBooking], seated: Int, covers: Int = 0) -> Int {
    lowest(bookings, goal: .covers(seated: seated), aim: covers)
  }

  /// The best that a plan can have where it has whole numbers only. A hair is added for rounding in the sums, so that a
  /// whole number is not cut to the one below.
  static func whole(_ bound: Double) -> Int { Int((bound + 1e-6).rounded(.down)) }

  private func lowest(_ bookings: [PlanBooking], goal: BoundGoal, aim: Int) -> Int {
    let problem = DayProblem(floor: floor, bookings: bookings, claims: claims, pointLimit: .max)
    var prices = BoundPrices(BoundDemand(problem, floor: floor), goal: goal)
    var best = prices.evaluate()
    prices.keep()
    var pace = 1.0
    var idle = 0
    for _ in 0..<SeatingBound.steps where best >= Double(aim) + 1 {
      prices.learn(share: SeatingBound.memory)
      if !prices.step(by: pace * (best - Double(aim))) {
        pace /= 2
        prices.forget()
        if !prices.step(by: pace * (best - Double(aim))) { break }
      }
      let bound = prices.evaluate()
      if bound < best - 1e-9 {
        (best, idle, pace) = (bound, 0, min(2, pace * 1.1))
        prices.keep()
      } else {
        idle += 1
        if idle % 10 == 0 { pace *= 0.8 }
      }
    }
    return max(aim, SeatingBound.whole(best))
  }
}
