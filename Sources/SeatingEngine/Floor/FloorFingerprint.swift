import BookingDomain

/// Hash of everything in a restaurant's file that can change an answer of the engine.
struct FloorFingerprint {
  private var hash = StableHash()

  static func of(_ restaurant: Restaurant) -> String {
    var fingerprint = FloorFingerprint()
    fingerprint.add(restaurant)
    return fingerprint.hash.hex
  }

  private mutating func add(_ restaurant: Restaurant) {
    hash.combine(restaurant.id.rawValue)
    hash.combine(restaurant.accessibleTablesKeptUntilMinutes)
    hash.combine(restaurant.combining.maxTables)
    hash.combine(restaurant.combining.requireAdjacency)
    hash.combine(restaurant.combining.maxSpareSeats)
    hash.combine(restaurant.floor.zones.map(\.name))
    for table in restaurant.floor.tables.sorted(by: { $0.number < $1.number }) { add(table) }
    for pair in restaurant.floor.adjacency.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
      hash.combine([pair.first.rawValue, pair.second.rawValue])
    }
    for combination in restaurant.floor.combinations { add(combination) }
    let exceptions = restaurant.exceptions.flatMap { $0.servicePeriods ?? [] }
    for period in restaurant.servicePeriods + exceptions { add(period) }
    for expectation in restaurant.demand { add(expectation) }
  }

  private mutating func add(_ table: DiningTable) {
    hash.combine([table.number.rawValue, table.zone, table.mobility.rawValue])
    hash.combine(table.capacity)
    hash.combine(table.minParty)
    hash.combine(table.maxParty)
    hash.combine(table.tags.sorted())
    hash.combine(table.priority)
    hash.combine(table.isActive)
    for place in [table.position?.x, table.position?.y] { hash.combine(place ?? .infinity) }
  }

  private mutating func add(_ combination: NamedCombination) {
    hash.combine(combination.name)
    hash.combine(combination.tables.map(\.rawValue))
    hash.combine(combination.minParty)
    hash.combine(combination.maxParty)
  }

  private mutating func add(_ period: ServicePeriod) {
    hash.combine([period.name, period.kind])
    hash.combine(period.start.minuteOfDay)
    hash.combine(period.end.minuteOfDay)
    for band in period.turnBands {
      hash.combine(band.maxParty)
      hash.combine(band.minutes)
    }
  }

  private mutating func add(_ expectation: DemandExpectation) {
    hash.combine(expectation.service)
    hash.combine(expectation.days.map(\.name))
    hash.combine(expectation.expectedParties)
    for size in expectation.partySizes.keys.sorted() {
      hash.combine(size)
      hash.combine(expectation.partySizes[size] ?? 0)
    }
  }
}
