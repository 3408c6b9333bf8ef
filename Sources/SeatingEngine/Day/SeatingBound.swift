import BookingDomain

/// An upper bound on how many bookings of a day any plan could seat, in any order and knowing all of them.
///
/// True for every plan: tables are dropped to their types, so that each real plan is one of the relaxation, and the
/// relaxation is bounded from above by its Lagrangian dual, which is a bound whatever the prices (weak duality; see
/// M. L. Fisher, "The Lagrangian Relaxation Method for Solving Integer Programming Problems", 1981). The prices are
/// improved by a fixed number of subgradient steps, so the answer is deterministic, and usually one or two per cent above
/// the best plan.
public struct SeatingBound: Sendable {
  let floor: CompiledFloor
  let claims: [SnapshotClaim]
  private static let steps = 250

  /// - Parameter claims: tables taken whatever is planned.
  public init(floor: CompiledFloor, claims: [SnapshotClaim] = []) {
    self.floor = floor
    self.claims = claims
  }

  /// - Parameter seated: what some plan seats, to aim the steps; the bound is never below it.
  public func seats(_ bookings: [PlanBooking], seated: Int = 0) -> Int {
    let demand = BoundDemand(floor: floor, bookings: bookings)
    var prices = BoundPrices(floor: floor, claims: claims, demand: demand)
    var best = Double(demand.bookings)
    var pace = 1.0
    var idle = 0
    for _ in 0..<SeatingBound.steps where best >= Double(seated) + 1 {
      let bound = prices.evaluate(demand)
      idle = bound < best - 1e-9 ? 0 : idle + 1
      best = min(best, bound)
      if idle == 8 { (pace, idle) = (pace / 2, 0) }
      if !prices.step(by: pace * (bound - Double(seated))) { break }
    }
    // A hair is added for rounding in the sums, so that a whole number is not cut to the one below.
    return max(seated, Int((best + 1e-6).rounded(.down)))
  }
}
