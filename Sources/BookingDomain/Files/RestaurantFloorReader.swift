/// Reads zones, tables, and what refers to them.
struct RestaurantFloorReader {
  let root: JSONObjectReader
  let problems: ProblemCollector
  /// Nil if the file's time zone is wrong, which is reported elsewhere.
  let calendar: RestaurantCalendar?
  /// Tables that may be joined at most; nil if the file's number is wrong, which is reported elsewhere.
  let joinedTables: Int?
  private let zones: [Zone]
  private let tables: [DiningTable]
  /// Tables whose zone or capacity is a stand-in for a wrong one: conclusions from them would only confuse.
  private let doubtful: Set<TableNumber>
  private let byNumber: [TableNumber: DiningTable]
  /// False if a table could not be read at all: then one that is referred to may be that one.
  private let hasAllTables: Bool

  init(_ root: JSONObjectReader, calendar: RestaurantCalendar?, joinedTables: Int?) {
    self.root = root
    self.calendar = calendar
    self.joinedTables = joinedTables
    problems = root.problems
    zones = Self.zones(root)
    let hasAllZones = zones.count == root.elementCount("zones")
    (tables, doubtful) = RestaurantTableReader(root: root, zones: hasAllZones ? zones.map(\.name) : []).tables()
    hasAllTables = tables.count == root.elementCount("tables")
    byNumber = Dictionary(tables.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func floor() -> FloorPlan {
    FloorPlan(zones: zones, tables: tables, adjacency: adjacency(), combinations: combinations(), blocks: blocks())
  }

  private static func zones(_ root: JSONObjectReader) -> [Zone] {
    var names: Set<String> = []
    return root.requiredList("zones", count: RestaurantLimits.zones).compactMap { tree, place in
      guard let entry = JSONObjectReader(tree, at: place, keys: ["name", "area"], problems: root.problems) else {
        return nil
      }
      let name = entry.requiredText("name", length: 1...TextLimits.name)
      let area = entry.text("area", length: 0...TextLimits.name)
      guard let name else { return nil }
      if !names.insert(name).inserted { entry.report("name", "occurs twice", allowed: "each zone once") }
      return Zone(name: name, area: area)
    }
  }

  private func adjacency() -> [TablePair] {
    var seen: Set<TablePair> = []
    return root.list("adjacency", count: RestaurantLimits.adjacentPairs).compactMap { tree, place in
      let pair = JSONScalar.list(tree, at: place, count: 2...2, problems).compactMap(tableNumber)
      guard pair.count == 2 else { return nil }
      if pair[0] == pair[1] {
        problems.add(
          place, value: "table \(ValueExcerpt.quoted(pair[0].rawValue))", "is paired with itself",
          allowed: "two different tables")
      }
      // A pair given again, or the other way round, says nothing new.
      let edge = TablePair(pair[0], pair[1])
      return seen.insert(edge).inserted ? edge : nil
    }
  }

  /// Reads the number of a table that exists.
  private func tableNumber(_ tree: JSONTree, _ place: String) -> TableNumber? {
    guard let text = JSONScalar.text(tree, at: place, length: 1...TextLimits.identifier, problems) else { return nil }
    let number = TableNumber(text)
    if byNumber[number] != nil || !hasAllTables { return number }
    problems.add(
      place, value: tree.excerpt, "is no table of this file", allowed: NameList.text(tables.map(\.number.rawValue)),
      suggestion: Spelling.closest(to: text, in: tables.map(\.number.rawValue)))
    return nil
  }

  /// A list of different tables that exist.
  private func tableNumbers(_ entry: JSONObjectReader, count: ClosedRange<Int>) -> [TableNumber] {
    var numbers: [TableNumber] = []
    for (tree, place) in entry.requiredList("tables", count: count) {
      guard let number = tableNumber(tree, place) else { continue }
      if numbers.contains(number) {
        problems.add(place, value: tree.excerpt, "occurs twice", allowed: "different tables")
      }
      numbers.append(number)
    }
    return numbers
  }

  private func combinations() -> [NamedCombination] {
    var names: Set<String> = []
    return root.list("combinations", count: RestaurantLimits.combinations).compactMap { tree, place in
      let keys = ["name", "tables", "min_party", "max_party"]
      guard let entry = JSONObjectReader(tree, at: place, keys: keys, problems: problems) else { return nil }
      let name = entry.requiredText("name", length: 1...TextLimits.name)
      let combination = NamedCombination(
        name: name ?? "", tables: tableNumbers(entry, count: RestaurantLimits.combinationTables),
        minParty: entry.int("min_party", RestaurantLimits.party),
        maxParty: entry.int("max_party", RestaurantLimits.party))
      if let name, !names.insert(name).inserted {
        entry.report("name", "occurs twice", allowed: "each combination once")
      }
      check(combination, entry)
      return combination
    }
  }

  private func check(_ combination: NamedCombination, _ entry: JSONObjectReader) {
    if let least = combination.minParty, let most = combination.maxParty, least > most {
      entry.report("min_party", "is above max_party", allowed: "at most \(most)")
    }
    if let joinedTables, combination.tables.count > joinedTables {
      problems.add(
        entry.place("tables"), value: "a list of \(combination.tables.count)", "joins more tables than max_tables",
        allowed: "at most \(joinedTables), as combining/max_tables says")
    }
    let members = combination.tables.compactMap { byNumber[$0] }
    guard members.count == combination.tables.count, doubtful.isDisjoint(with: combination.tables) else { return }
    let zones = Set(members.map(\.zone)).sorted()
    if zones.count > 1 {
      problems.add(
        entry.place("tables"), value: "a list over \(NameList.text(zones))", "spans zones",
        allowed: "tables of one zone")
    }
    let seats = members.reduce(0) { $0 + $1.capacity }
    for key in ["min_party", "max_party"]
    where (key == "min_party" ? combination.minParty : combination.maxParty) ?? 0 > seats {
      entry.report(key, "is above the seats of its tables", allowed: "at most \(seats)")
    }
  }

  private func blocks() -> [FileBlock] {
    root.list("blocks", count: RestaurantLimits.blocks).compactMap { tree, place in
      let keys = ["tables", "from", "to", "reason"]
      guard let entry = JSONObjectReader(tree, at: place, keys: keys, problems: problems) else { return nil }
      let tables = tableNumbers(entry, count: 1...RestaurantLimits.tables.upperBound)
      let from = WallTime.read(entry, "from", calendar)
      let to = WallTime.read(entry, "to", calendar)
      let reason = entry.text("reason", length: 0...TextLimits.name) ?? ""
      guard let from, let to else { return nil }
      if from >= to { entry.report("to", "is not after from", allowed: "a time after from") }
      return FileBlock(tables: tables, window: TimeWindow(start: from, end: to), reason: reason)
    }
  }
}
