public import BookingDomain

/// A table or combination for one booking, with its score and the reasons for it.
public struct SeatingPlan: Sendable, Hashable, Codable {
  /// Ascending.
  public var tables: [TableNumber]
  /// Set where the house has named the combination.
  public var combinationName: String?
  /// The strongest strategy that proposed it.
  public var strategy: StrategyName
  /// Sum of the parts; higher is better.
  public var score: Double
  public var parts: [ScorePart]
  /// Regular seats left empty; 0 when extra chairs are used.
  public var spareSeats: Int

  public init(
    tables: [TableNumber], combinationName: String? = nil, strategy: StrategyName, score: Double,
    parts: [ScorePart], spareSeats: Int
  ) {
    self.tables = tables
    self.combinationName = combinationName
    self.strategy = strategy
    self.score = score
    self.parts = parts
    self.spareSeats = spareSeats
  }

  public var extraTables: Int { max(0, tables.count - 1) }
}

/// One reason for a plan's score.
public struct ScorePart: Sendable, Hashable, Codable {
  /// What is judged.
  public enum Name: String, Sendable, Codable, CaseIterable {
    case spareSeats = "spare_seats"
    case tablesUsed = "tables_used"
    case compactness
    case preference
    case zoneLoad = "zone_load"
    case scarcity
    case houseOrder = "house_order"
    case pastSuccess = "past_success"
    case strategy
    case opportunityCost = "opportunity_cost"
  }

  public var name: Name
  /// What was measured, in ``unit``.
  public var measure: Double
  /// Unit of the measure, for example `seats`.
  public var unit: String
  /// Points added to the score; negative takes away.
  public var value: Double

  public init(name: Name, measure: Double, unit: String, value: Double) {
    self.name = name
    self.measure = measure
    self.unit = unit
    self.value = value
  }
}

/// A decision record has dozens of parts: each is written as the list of its four values, which takes a third of the
/// place and time of an object.
extension ScorePart {
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    name = try values.decode(Name.self)
    unit = try values.decode(String.self)
    measure = try values.decode(Double.self)
    value = try values.decode(Double.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(name.rawValue)
    try values.encode(unit)
    try values.encode(measure)
    try values.encode(value)
  }
}
