/// What a bound is of.
enum BoundGoal {
  /// The most bookings.
  case seated
  /// The most covers of the plans that have at least so many bookings.
  case covers(seated: Int)

  /// Bookings that the plans have at least; 0 for no such demand.
  var leastSeated: Double {
    switch self {
    case .seated: 0
    case .covers(let seated): Double(seated)
    }
  }

  /// What a booking counts.
  /// - Parameter price: of the demand for bookings.
  @inline(__always)
  func worth(size: Double, price: Double) -> Double {
    switch self {
    case .seated: 1
    case .covers: size + price
    }
  }
}
