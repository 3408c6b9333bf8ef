public import BookingDomain

/// What a service date's seating comes to.
public struct DayFiguresBody: Codable, Sendable {
  /// With tables.
  public var bookings: Int
  /// Their guests.
  public var covers: Int
  /// Seats that they leave empty.
  public var spareSeats: Int
  /// Tables beyond the first of each.
  public var extraTables: Int

  enum CodingKeys: String, CodingKey, CaseIterable {
    case bookings, covers
    case spareSeats = "spare_seats"
    case extraTables = "extra_tables"
  }

  public init(_ figures: DayFigures) {
    bookings = figures.bookings
    covers = figures.covers
    spareSeats = figures.spareSeats
    extraTables = figures.extraTables
  }
}

/// One booking that changes tables, or gets some.
public struct DayMoveBody: Codable, Sendable {
  public var bookingID: String
  public var partySize: Int
  public var start: String
  /// Empty for a booking that had no table.
  public var from: [String]
  public var to: [String]
  /// Plain words, for example `Party of 2 at 19:00: table 4 → table 7`.
  public var text: String

  enum CodingKeys: String, CodingKey, CaseIterable {
    case bookingID = "booking_id"
    case partySize = "party_size"
    case start, from, to, text
  }

  public init(
    bookingID: String, partySize: Int, start: Timestamp, from: [String], to: [String], calendar: RestaurantCalendar
  ) {
    self.bookingID = bookingID
    self.partySize = partySize
    self.start = calendar.format(start)
    self.from = from
    self.to = to
    let (old, new) = (from.map(TableNumber.init).words, to.map(TableNumber.init).words)
    let change = from.isEmpty ? "gets \(new)" : "\(old) → \(new)"
    text = "Party of \(partySize) at \(calendar.clockTime(start)): \(change)"
  }
}

/// A better seating of a service date: offered, applied, taken back or outdated. No personal data.
public struct DayPlanBody: Codable, Sendable {
  public var planID: String
  public var date: LocalDate
  /// Why the day was looked at.
  public var cause: String
  public var state: String
  /// Applied by the restaurant's own rule, by no person.
  public var automatic: Bool
  public var createdAt: String
  public var createdBy: String
  /// When it was applied, taken back or outdated last.
  public var decidedAt: String?
  public var decidedBy: String?
  public var before: DayFiguresBody
  public var after: DayFiguresBody
  /// Of the first that differs of bookings, covers, and spare seats with joined tables; to one decimal.
  public var gainPercent: Double
  /// Plain words.
  public var gain: String
  /// In order of start.
  public var moves: [DayMoveBody]
  /// Confirmed bookings among ``moves`` that change tables for others.
  public var moveCount: Int

  enum CodingKeys: String, CodingKey, CaseIterable {
    case planID = "plan_id"
    case date, cause, state, automatic
    case createdAt = "created_at"
    case createdBy = "created_by"
    case decidedAt = "decided_at"
    case decidedBy = "decided_by"
    case before, after
    case gainPercent = "gain_percent"
    case gain, moves
    case moveCount = "move_count"
  }

  public init(
    planID: String, date: LocalDate, cause: String, state: String, automatic: Bool, createdAt: String,
    createdBy: String, before: DayFigures, after: DayFigures, gain: String, moves: [DayMoveBody], moveCount: Int
  ) {
    self.planID = planID
    self.date = date
    self.cause = cause
    self.state = state
    self.automatic = automatic
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.before = DayFiguresBody(before)
    self.after = DayFiguresBody(after)
    gainPercent = (after.gainPercent(over: before) * 10).rounded() / 10
    self.gain = gain
    self.moves = moves
    self.moveCount = moveCount
  }
}

/// The plans of a service date, newest first.
public struct DayPlanListBody: Codable, Sendable {
  public var plans: [DayPlanBody]

  public init(plans: [DayPlanBody]) { self.plans = plans }
}
