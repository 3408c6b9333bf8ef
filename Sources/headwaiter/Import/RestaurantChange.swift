import BookingDomain

/// What a restaurant's new file changes.
struct RestaurantChange {
  let old: Restaurant
  let new: Restaurant

  /// For example `tables: 2 added, 1 removed; opening hours`; empty if nothing changes.
  var words: String { parts.joined(separator: "; ") }

  private var parts: [String] {
    [
      list("tables", old.floor.tables, new.floor.tables, by: \.number),
      list("zones", old.floor.zones, new.floor.zones, by: \.name),
      list("combinations", old.floor.combinations, new.floor.combinations, by: \.name),
      part("adjacency", \.floor.adjacency), part("blocks", \.floor.blocks), part("name", \.name),
      part("time zone", \.calendar.identifier), part("opening hours", \.openingHours),
      part("service periods", \.servicePeriods), part("exceptions", \.exceptions),
      part("booking interval", \.bookingIntervalMinutes), part("last seating", \.lastSeatingBufferMinutes),
      part("buffers", \.buffers), part("pacing", \.pacing), part("combining", \.combining),
      part("automation", \.automation), part("holds", \.holdTTLSeconds),
      part("accessible tables", \.accessibleTablesKeptUntilMinutes), part("optimisation", \.optimisation),
      part("review", \.review), part("demand", \.demand),
    ].compactMap { $0 }
  }

  private func part(_ name: String, _ value: (Restaurant) -> some Equatable) -> String? {
    value(old) == value(new) ? nil : name
  }

  private func list<Element: Equatable, Key: Hashable>(
    _ name: String, _ old: [Element], _ new: [Element], by key: (Element) -> Key
  ) -> String? {
    guard old != new else { return nil }
    let before = Dictionary(old.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary(new.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let added = after.keys.count { before[$0] == nil }
    let removed = before.keys.count { after[$0] == nil }
    let changed = after.count { before[$0.key] != nil && before[$0.key] != $0.value }
    let counts = [(added, "added"), (removed, "removed"), (changed, "changed")].filter { $0.0 > 0 }
    let words = counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(name): \(words.isEmpty ? "in another order" : words)"
  }
}
