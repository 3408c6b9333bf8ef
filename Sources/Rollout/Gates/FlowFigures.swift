/// How a flow did: counts of bookings, as the views of outcomes define them (product specification §9).
public struct FlowFigures: Sendable, Hashable, Codable {
  /// All of them, eligible or not; for the raw rates.
  public var bookings: Int
  /// Confirmed among all of them.
  public var bookingsConfirmed: Int
  /// Eligible, and ended: what the rates are of.
  public var eligible: Int
  public var confirmed: Int
  /// Eligible that were ever in review.
  public var reviewed: Int
  /// Eligible with an error, or failed for a system reason.
  public var errors: Int
  /// Eligible in all but that no table was free.
  public var fullHouse: Int

  public init(
    bookings: Int = 0, bookingsConfirmed: Int = 0, eligible: Int = 0, confirmed: Int = 0, reviewed: Int = 0,
    errors: Int = 0, fullHouse: Int = 0
  ) {
    self.bookings = bookings
    self.bookingsConfirmed = bookingsConfirmed
    self.eligible = eligible
    self.confirmed = confirmed
    self.reviewed = reviewed
    self.errors = errors
    self.fullHouse = fullHouse
  }

  /// Confirmed ÷ all bookings; nil without any.
  public var rawConfirmationRate: Double? {
    bookings > 0 ? Double(bookingsConfirmed) / Double(bookings) : nil
  }

  var confirmation: Share { Share(part: confirmed, whole: eligible) }
  var review: Share { Share(part: reviewed, whole: eligible) }
  var error: Share { Share(part: errors, whole: eligible) }
  var fullHouseShare: Share { Share(part: fullHouse, whole: eligible + fullHouse) }
}

extension FlowFigures {
  /// Of both together.
  public static func + (one: FlowFigures, other: FlowFigures) -> FlowFigures {
    FlowFigures(
      bookings: one.bookings + other.bookings, bookingsConfirmed: one.bookingsConfirmed + other.bookingsConfirmed,
      eligible: one.eligible + other.eligible, confirmed: one.confirmed + other.confirmed,
      reviewed: one.reviewed + other.reviewed, errors: one.errors + other.errors,
      fullHouse: one.fullHouse + other.fullHouse)
  }
}
