public import BookingDomain

/// Tables chosen by a person: move, squeeze.
public struct TablesBody: WireRequest {
  public var tables: [String]

  public init(tables: [String]) { self.tables = tables }

  public static let keys = ["tables"]

  public init(_ reader: JSONObjectReader) {
    _ = reader.required("tables", allowed: "a list of table numbers")
    tables = reader.distinctTexts("tables", count: WireLimits.tables, length: WireLimits.tableNumber) ?? []
  }

  public var numbers: [TableNumber] { tables.map(TableNumber.init(rawValue:)) }
}

/// Two bookings exchange their tables.
public struct SwapBody: WireRequest {
  /// The other booking's id.
  public var with: String

  public init(with: String) { self.with = with }

  public static let keys = ["with"]

  public init(_ reader: JSONObjectReader) {
    with = reader.requiredText("with", length: 1...TextLimits.identifier) ?? ""
  }
}

/// A party at the door: `POST /v1/walk-ins`.
public struct WalkInBody: WireRequest {
  public var restaurantID: String
  public var partySize: Int
  public var guest: GuestBody?
  public var zone: String?
  public var tags: [String]?
  public var needs: [GuestNeed]?
  public var durationMinutes: Int?
  /// Chosen by the host; without them the engine chooses.
  public var tables: [String]?

  public init(restaurantID: String, partySize: Int) {
    self.restaurantID = restaurantID
    self.partySize = partySize
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case restaurantID = "restaurant_id"
    case partySize = "party_size"
    case guest, zone, tags, needs
    case durationMinutes = "duration_minutes"
    case tables
  }

  public static let keys = CodingKeys.allCases.map(\.rawValue)

  public init(_ reader: JSONObjectReader) {
    restaurantID = reader.requiredText("restaurant_id", length: 1...TextLimits.identifier) ?? ""
    partySize = reader.requiredInt("party_size", WireLimits.party) ?? 1
    guest = GuestBody.read(in: reader)
    let wishes = WishesReader(reader)
    (zone, tags, needs) = (wishes.zone, wishes.tags, wishes.needs)
    durationMinutes = reader.int("duration_minutes", WireLimits.durationMinutes)
    tables = reader.distinctTexts("tables", count: WireLimits.tables, length: WireLimits.tableNumber)
  }

  public var wishes: SeatingWishes { SeatingWishes(zone: zone, tags: tags, needs: needs) }
  public var numbers: [TableNumber] { (tables ?? []).map(TableNumber.init(rawValue:)) }
}
