public import BookingDomain

/// The day to look at: `POST /v1/restaurants/{restaurant_id}/optimise`.
public struct OptimiseBody: WireRequest {
  /// A service date, `YYYY-MM-DD`.
  public var date: String

  public init(date: String) { self.date = date }

  public static let keys = ["date"]

  public init(_ reader: JSONObjectReader) {
    _ = reader.required("date", allowed: WireTime.allowedDate)
    date = reader.date("date") ?? ""
  }

  /// The date it names; nil for one that was not read from a valid body.
  public var day: LocalDate? { WireTime.date(date) }
}

/// Tables for a booking in review, and who gives them up: `POST /v1/review/{booking_id}/force-confirm`.
public struct ForceConfirmBody: WireRequest {
  public var tables: [String]
  /// Confirmed bookings that change tables for it, in the same transaction; none unless given.
  public var moves: [Move]?

  /// A booking, and where it goes.
  public struct Move: Codable, Sendable, Hashable {
    public var bookingID: String
    public var tables: [String]

    enum CodingKeys: String, CodingKey, CaseIterable {
      case bookingID = "booking_id"
      case tables
    }

    public static let keys = CodingKeys.allCases.map(\.rawValue)

    public init(bookingID: String, tables: [String]) {
      self.bookingID = bookingID
      self.tables = tables
    }

    init(_ reader: JSONObjectReader) {
      bookingID = reader.requiredText("booking_id", length: 1...TextLimits.identifier) ?? ""
      tables = TablesBody(reader).tables
    }
  }

  public init(tables: [String], moves: [Move]? = nil) {
    self.tables = tables
    self.moves = moves
  }

  public static let keys = ["tables", "moves"]

  public init(_ reader: JSONObjectReader) {
    tables = TablesBody(reader).tables
    guard reader.has("moves") else { return }
    let problems = reader.problems
    let moves = reader.list("moves", count: WireLimits.moves).compactMap { tree, place in
      JSONObjectReader(tree, at: place, keys: Move.keys, problems: problems).map(Move.init)
    }
    if Set(moves.map(\.bookingID)).count < moves.count {
      reader.report("moves", "names a booking twice", allowed: "each booking once")
    }
    self.moves = moves
  }

  public var numbers: [TableNumber] { tables.map(TableNumber.init(rawValue:)) }
}
