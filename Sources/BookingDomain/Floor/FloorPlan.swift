/// The tables of a restaurant and how they relate.
public struct FloorPlan: Sendable, Hashable {
  public var zones: [Zone]
  /// In file order.
  public var tables: [DiningTable]
  /// Pairs of tables that stand side by side; undirected.
  public var adjacency: [TablePair]
  /// Combinations the house has named; exempt from adjacency and mobility.
  public var combinations: [NamedCombination]
  /// Blocks that the file itself sets.
  public var blocks: [FileBlock]

  public init(
    zones: [Zone], tables: [DiningTable], adjacency: [TablePair] = [], combinations: [NamedCombination] = [],
    blocks: [FileBlock] = []
  ) {
    self.zones = zones
    self.tables = tables
    self.adjacency = adjacency
    self.combinations = combinations
    self.blocks = blocks
  }

  public func table(_ number: TableNumber) -> DiningTable? { tables.first(where: { $0.number == number }) }
}

/// A part of the house; tables are joined only within one.
public struct Zone: Sendable, Hashable {
  public var name: String
  /// Free text, for example `indoor`.
  public var area: String?

  public init(name: String, area: String? = nil) {
    self.name = name
    self.area = area
  }
}

/// Whether a table can be pushed to another.
public enum Mobility: String, Sendable, Codable, CaseIterable {
  case movable, fixed
}

/// One table.
public struct DiningTable: Sendable, Hashable {
  public var number: TableNumber
  public var zone: String
  /// Regular seats, 1 or more.
  public var capacity: Int
  /// Smallest party; nil is no limit.
  public var minParty: Int?
  /// Largest party with extra chairs, which only hosts may use beyond the capacity; nil is the capacity.
  public var maxParty: Int?
  public var mobility: Mobility
  public var category: String?
  public var seating: String?
  public var tags: Set<String>
  /// Lower is used first; 0 unless set.
  public var priority: Int
  /// Inactive tables are never proposed; true unless set.
  public var isActive: Bool
  public var position: TablePosition?

  public init(
    number: TableNumber, zone: String, capacity: Int, minParty: Int? = nil, maxParty: Int? = nil,
    mobility: Mobility = .movable, category: String? = nil, seating: String? = nil, tags: Set<String> = [],
    priority: Int = 0, isActive: Bool = true, position: TablePosition? = nil
  ) {
    self.number = number
    self.zone = zone
    self.capacity = capacity
    self.minParty = minParty
    self.maxParty = maxParty
    self.mobility = mobility
    self.category = category
    self.seating = seating
    self.tags = tags
    self.priority = priority
    self.isActive = isActive
    self.position = position
  }

  /// The tag that marks a table for guests with a wheelchair.
  public static let accessibleTag = "accessible"

  public var isAccessible: Bool { tags.contains(DiningTable.accessibleTag) }

  /// The largest party this table may take by itself: with extra chairs for a host, the regular seats for a guest.
  public func largestParty(extraChairs: Bool) -> Int {
    guard let maxParty else { return capacity }
    return extraChairs ? maxParty : min(maxParty, capacity)
  }
}

/// Where a table is drawn; in units of about one metre, rotation in degrees.
public struct TablePosition: Sendable, Hashable {
  public enum Shape: String, Sendable, CaseIterable { case square, rectangle, round }

  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double
  public var rotation: Double
  public var shape: Shape

  public init(
    x: Double, y: Double, width: Double = 0.8, height: Double = 0.8, rotation: Double = 0, shape: Shape = .square
  ) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.rotation = rotation
    self.shape = shape
  }
}

/// Two different tables, smaller number first.
public struct TablePair: Sendable, Hashable {
  public let first: TableNumber
  public let second: TableNumber

  public init(_ a: TableNumber, _ b: TableNumber) {
    first = min(a, b)
    second = max(a, b)
  }
}

/// Tables that the house joins under a name, with limits of their own.
public struct NamedCombination: Sendable, Hashable {
  public var name: String
  /// Two or more, of one zone.
  public var tables: [TableNumber]
  /// Nil is no limit.
  public var minParty: Int?
  /// Nil is the sum of the capacities.
  public var maxParty: Int?

  public init(name: String, tables: [TableNumber], minParty: Int? = nil, maxParty: Int? = nil) {
    self.name = name
    self.tables = tables
    self.minParty = minParty
    self.maxParty = maxParty
  }
}

/// A block in a restaurant file: wall times in the restaurant's zone.
public struct FileBlock: Sendable, Hashable {
  public var tables: [TableNumber]
  public var window: TimeWindow
  public var reason: String

  public init(tables: [TableNumber], window: TimeWindow, reason: String) {
    self.tables = tables
    self.window = window
    self.reason = reason
  }
}
