/// Reads the tables of a restaurant file.
struct RestaurantTableReader {
  static let keys = [
    "number", "zone", "capacity", "min_party", "max_party", "category", "seating", "mobility", "tags", "priority",
    "active", "position",
  ]
  static let positionKeys = ["x", "y", "width", "height", "rotation", "shape"]

  let root: JSONObjectReader
  /// Names of the zones; empty if they are not all known, then any is taken.
  let zones: [String]

  /// The tables, and the numbers of those whose zone or capacity was wrong and is a stand-in.
  func tables() -> (tables: [DiningTable], doubtful: Set<TableNumber>) {
    var tables: [DiningTable] = []
    var doubtful: Set<TableNumber> = []
    var numbers: Set<TableNumber> = []
    for (tree, place) in root.requiredList("tables", count: RestaurantLimits.tables) {
      guard let entry = JSONObjectReader(tree, at: place, keys: Self.keys, problems: root.problems) else { continue }
      let number = entry.requiredText("number", length: 1...TextLimits.identifier).map(TableNumber.init(rawValue:))
      let zone = zone(entry)
      let capacity = entry.requiredInt("capacity", RestaurantLimits.capacity)
      let table = table(entry, number: number ?? "", zone: zone ?? "", capacity: capacity ?? 1)
      if let capacity { checkParty(table, capacity, entry) }
      guard let number else { continue }
      if !numbers.insert(number).inserted { entry.report("number", "occurs twice", allowed: "each table once") }
      if zone == nil || capacity == nil { doubtful.insert(number) }
      tables.append(table)
    }
    return (tables, doubtful)
  }

  private func zone(_ entry: JSONObjectReader) -> String? {
    guard let zone = entry.requiredText("zone", length: 1...TextLimits.name) else { return nil }
    if zones.contains(zone) || zones.isEmpty { return zone }
    entry.report(
      "zone", "is no zone of this file", allowed: NameList.text(zones),
      suggestion: Spelling.closest(to: zone, in: zones))
    return nil
  }

  private func table(_ entry: JSONObjectReader, number: TableNumber, zone: String, capacity: Int) -> DiningTable {
    DiningTable(
      number: number, zone: zone, capacity: capacity, minParty: entry.int("min_party", RestaurantLimits.party),
      maxParty: entry.int("max_party", RestaurantLimits.party), mobility: entry.choice("mobility", default: .movable),
      category: entry.text("category", length: 0...TextLimits.name),
      seating: entry.text("seating", length: 0...TextLimits.name), tags: tags(entry),
      priority: entry.int("priority", RestaurantLimits.priority, default: 0),
      isActive: entry.bool("active", default: true), position: position(entry))
  }

  private func checkParty(_ table: DiningTable, _ capacity: Int, _ entry: JSONObjectReader) {
    guard let least = table.minParty, least > table.maxParty ?? capacity else { return }
    let limit = table.maxParty.map { "max_party, \($0)" } ?? "the capacity, \(capacity)"
    entry.report("min_party", "is above the largest party", allowed: "at most \(limit)")
  }

  private func tags(_ entry: JSONObjectReader) -> Set<String> {
    var tags: Set<String> = []
    for (tree, place) in entry.list("tags", count: RestaurantLimits.tags) {
      let tag = JSONScalar.text(tree, at: place, length: 1...TextLimits.identifier, root.problems)
      if let tag, !tags.insert(tag).inserted {
        root.problems.add(place, value: tree.excerpt, "occurs twice", allowed: "each tag once")
      }
    }
    return tags
  }

  private func position(_ entry: JSONObjectReader) -> TablePosition? {
    guard let place = entry.object("position", keys: Self.positionKeys) else { return nil }
    for key in ["x", "y"] { _ = place.required(key, allowed: "a number") }
    return TablePosition(
      x: place.double("x", RestaurantLimits.coordinate) ?? 0, y: place.double("y", RestaurantLimits.coordinate) ?? 0,
      width: place.double("width", RestaurantLimits.size) ?? 0.8,
      height: place.double("height", RestaurantLimits.size) ?? 0.8,
      rotation: place.double("rotation", RestaurantLimits.rotation) ?? 0, shape: place.choice("shape", default: .square)
    )
  }
}
