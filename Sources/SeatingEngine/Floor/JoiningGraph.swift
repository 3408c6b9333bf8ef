import BookingDomain

/// Which active tables may be pushed together: movable ones of one zone, side by side where the house requires it.
struct JoiningGraph {
  let tables: [DiningTable]
  let zones: [String]
  let positions: [TableNumber: Int]
  /// Zone of each table, as position in `zones`.
  let zoneOfTable: [Int]
  /// Tables that each table may be joined with, ascending.
  let neighbours: [[Int]]
  /// Adjacent tables whatever their mobility; for compactness.
  let adjacent: Set<Edge>

  struct Edge: Hashable {
    let low: Int
    let high: Int

    init(_ a: Int, _ b: Int) {
      low = min(a, b)
      high = max(a, b)
    }
  }

  init(restaurant: Restaurant) {
    let tables = restaurant.floor.tables.filter(\.isActive).sorted { $0.number < $1.number }
    let positions = Dictionary(zip(tables.map(\.number), tables.indices), uniquingKeysWith: { first, _ in first })
    var zones = restaurant.floor.zones.map(\.name)
    for table in tables where !zones.contains(table.zone) { zones.append(table.zone) }
    let pairs = restaurant.floor.adjacency.compactMap { pair -> Edge? in
      guard let a = positions[pair.first], let b = positions[pair.second], a != b else { return nil }
      return Edge(a, b)
    }
    self.tables = tables
    self.positions = positions
    self.zones = zones
    zoneOfTable = tables.map { zones.firstIndex(of: $0.zone) ?? 0 }
    adjacent = Set(pairs)
    neighbours = JoiningGraph.neighbours(
      tables, adjacent: adjacent, requireAdjacency: restaurant.combining.requireAdjacency)
  }

  private static func neighbours(_ tables: [DiningTable], adjacent: Set<Edge>, requireAdjacency: Bool) -> [[Int]] {
    var result = [[Int]](repeating: [], count: tables.count)
    func mayJoin(_ a: Int, _ b: Int) -> Bool {
      tables[a].mobility == .movable && tables[b].mobility == .movable && tables[a].zone == tables[b].zone
    }
    if requireAdjacency {
      for edge in adjacent where mayJoin(edge.low, edge.high) {
        result[edge.low].append(edge.high)
        result[edge.high].append(edge.low)
      }
    } else {
      for a in tables.indices {
        for b in tables.indices where a != b && mayJoin(a, b) { result[a].append(b) }
      }
    }
    return result.map { $0.sorted() }
  }

  /// Calls `body` once for each set of 2 to `size` connected tables (ascending), until it returns false.
  ///
  /// Source: S. Wernicke, "Efficient detection of network motifs" (2006), algorithm ESU.
  func forEachCombination(upTo size: Int, _ body: (_ members: [Int]) -> Bool) {
    guard size > 1 else { return }
    for root in tables.indices {
      let extensions = neighbours[root].filter { $0 > root }
      if !extend([root], with: extensions, size: size, body) { return }
    }
  }

  /// - Returns: false when `body` wants no more.
  private func extend(_ members: [Int], with extensions: [Int], size: Int, _ body: ([Int]) -> Bool) -> Bool {
    var rest = extensions
    while let next = rest.popLast() {
      let grown = members + [next]
      if !body(grown.sorted()) { return false }
      guard grown.count < size else { continue }
      let known = Set(members).union(members.flatMap { neighbours[$0] })
      let exclusive = neighbours[next].filter { $0 > members[0] && !known.contains($0) }
      if !extend(grown, with: rest + exclusive, size: size, body) { return false }
    }
    return true
  }
}
