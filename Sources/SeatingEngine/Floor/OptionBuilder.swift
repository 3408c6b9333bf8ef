import BookingDomain

/// Makes the options of a floor: single tables, tables that may be joined, and the combinations the house has named.
struct OptionBuilder {
  let graph: JoiningGraph
  let restaurant: Restaurant

  /// All options, sorted by the positions of their tables. The limits of a named combination replace those that
  /// the same tables would have unnamed.
  func build() -> [TableOption] {
    var options = graph.tables.indices.map(single)
    let named = namedCombinations()
    let namedSets = Set(named.map(\.members))
    options += named
    var left = CompiledFloor.combinationLimit
    graph.forEachCombination(upTo: restaurant.combining.maxTables) { members in
      left -= 1
      if !namedSets.contains(members) { options.append(joined(members)) }
      return left > 0
    }
    return options.sorted { $0.members.lexicographicallyPrecedes($1.members) }
  }

  private func single(_ index: Int) -> TableOption {
    let table = graph.tables[index]
    return TableOption(
      members: [index], combinationName: nil, seats: table.capacity, smallestParty: max(1, table.minParty ?? 1),
      largestParty: table.largestParty(extraChairs: false),
      largestPartyWithExtraChairs: table.largestParty(extraChairs: true), zone: graph.zoneOfTable[index],
      isAccessible: table.isAccessible, compactness: 1, priority: table.priority)
  }

  private func joined(_ members: [Int]) -> TableOption {
    let smallest = members.map { graph.tables[$0].minParty ?? 1 }.max() ?? 1
    return combination(members, name: nil, smallest: max(1, smallest), largest: nil)
  }

  private func namedCombinations() -> [TableOption] {
    var seen = Set<[Int]>()
    return restaurant.floor.combinations.compactMap { named in
      let members = named.tables.compactMap { graph.positions[$0] }.sorted()
      guard members.count == named.tables.count, members.count > 1, members.count <= restaurant.combining.maxTables,
        Set(members.map { graph.zoneOfTable[$0] }).count == 1, seen.insert(members).inserted
      else { return nil }
      return combination(members, name: named.name, smallest: max(1, named.minParty ?? 1), largest: named.maxParty)
    }
  }

  private func combination(_ members: [Int], name: String?, smallest: Int, largest: Int?) -> TableOption {
    let tables = members.map { graph.tables[$0] }
    let seats = tables.reduce(0) { $0 + $1.capacity }
    let most = min(seats, largest ?? seats)
    return TableOption(
      members: members, combinationName: name, seats: seats, smallestParty: smallest, largestParty: most,
      largestPartyWithExtraChairs: most, zone: graph.zoneOfTable[members[0]],
      isAccessible: tables.contains(where: \.isAccessible), compactness: compactness(members),
      priority: tables.map(\.priority).max() ?? 0)
  }

  /// By position where all tables have one: neighbours one metre apart in a square are 1, a long row is less.
  /// Else the share of the pairs that stand side by side.
  private func compactness(_ members: [Int]) -> Double {
    let places = members.compactMap { graph.tables[$0].position }
    if places.count == members.count {
      var farthest = 0.0
      for a in places {
        for b in places { farthest = max(farthest, (a.x - b.x).magnitude + (a.y - b.y).magnitude) }
      }
      return min(1, Double(members.count - 1) / max(farthest, 0.5) / Double(members.count - 1))
    }
    var pairs = 0
    for (offset, a) in members.enumerated() {
      pairs += members.dropFirst(offset + 1).count { graph.adjacent.contains(JoiningGraph.Edge(a, $0)) }
    }
    return Double(pairs) / Double(members.count * (members.count - 1) / 2)
  }
}
