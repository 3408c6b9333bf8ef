public import BookingDomain

/// Why a table choice made by a person cannot be used: the place, the value, and what is allowed.
public enum TableChoiceError: Error, Sendable, Hashable, CustomStringConvertible {
  case noTables
  case unknownTable(TableNumber)
  case duplicateTable(TableNumber)
  case inactiveTable(TableNumber)
  /// `allowed` is the largest party that these tables take.
  case tooFewSeats(tables: [TableNumber], party: Int, allowed: Int)
  /// `allowed` is the smallest party that these tables take.
  case belowMinParty(tables: [TableNumber], party: Int, allowed: Int)
  case differentZones(tables: [TableNumber], zones: [String])
  case fixedTable(TableNumber)
  case notConnected(tables: [TableNumber])
  case tooManyTables(count: Int, allowed: Int)
  case notAccessible(tables: [TableNumber])

  /// A stable code, in snake_case.
  public var code: String {
    switch self {
    case .noTables: "no_tables"
    case .unknownTable: "unknown_table"
    case .duplicateTable: "duplicate_table"
    case .inactiveTable: "inactive_table"
    case .tooFewSeats: "too_few_seats"
    case .belowMinParty: "below_min_party"
    case .differentZones: "different_zones"
    case .fixedTable: "fixed_table"
    case .notConnected: "not_connected"
    case .tooManyTables: "too_many_tables"
    case .notAccessible: "not_accessible"
    }
  }

  public var description: String {
    switch self {
    case .noTables: "no table chosen; name at least one"
    case .unknownTable(let table): "table \(table) does not exist on this floor"
    case .duplicateTable(let table): "table \(table) is named twice; name each table once"
    case .inactiveTable(let table): "table \(table) is not in use; choose an active table"
    case .tooFewSeats(let tables, let party, let allowed):
      "\(TableChoiceError.list(tables)) too small for a party of \(party); allowed: up to \(allowed)"
    case .belowMinParty(let tables, let party, let allowed):
      "\(TableChoiceError.list(tables)) too large for a party of \(party); allowed: \(allowed) or more"
    case .differentZones(let tables, let zones):
      "\(TableChoiceError.list(tables)) in different zones (\(zones.joined(separator: ", "))); allowed: one zone"
    case .fixedTable(let table): "table \(table) is fixed and cannot be joined; allowed: movable tables"
    case .notConnected(let tables):
      "\(TableChoiceError.list(tables)) not side by side; allowed: tables connected by adjacency, or a named combination"
    case .tooManyTables(let count, let allowed): "\(count) tables chosen; allowed: at most \(allowed)"
    case .notAccessible(let tables):
      "\(TableChoiceError.list(tables)) not accessible; allowed: at least one table tagged \(DiningTable.accessibleTag)"
    }
  }

  private static func list(_ tables: [TableNumber]) -> String {
    tables.words + (tables.count == 1 ? " is" : " are")
  }
}
