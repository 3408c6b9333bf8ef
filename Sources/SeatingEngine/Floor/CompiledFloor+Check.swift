public import BookingDomain

extension CompiledFloor {
  /// Checks tables that a person has chosen for a party, whatever is free.
  /// - Parameter extraChairs: true for a host, who may use a single table's extra chairs.
  /// - Throws: ``TableChoiceError``, the first rule that is broken.
  public func check(
    tables numbers: [TableNumber], party: Int, extraChairs: Bool = true, accessible: Bool = false
  ) throws(TableChoiceError) {
    let members = try members(numbers)
    let chosen = members.map { tables[$0] }
    let named = members.count > 1 ? option(members: members).flatMap { options[$0].combinationName } : nil
    if members.count > 1 { try checkJoining(chosen, members: members, isNamed: named != nil) }
    let allowed = allowedParties(members, extraChairs: extraChairs)
    let sorted = chosen.map(\.number)
    if party > allowed.largest {
      throw .tooFewSeats(tables: sorted, party: party, allowed: allowed.largest)
    }
    if party < allowed.smallest { throw .belowMinParty(tables: sorted, party: party, allowed: allowed.smallest) }
    if accessible && !chosen.contains(where: \.isAccessible) { throw .notAccessible(tables: sorted) }
  }

  private func members(_ numbers: [TableNumber]) throws(TableChoiceError) -> [Int] {
    if numbers.isEmpty { throw .noTables }
    var seen: Set<TableNumber> = []
    var members: [Int] = []
    for number in numbers {
      if !seen.insert(number).inserted { throw .duplicateTable(number) }
      guard let index = index(of: number) else {
        throw restaurant.floor.table(number) == nil ? .unknownTable(number) : .inactiveTable(number)
      }
      members.append(index)
    }
    return members.sorted()
  }

  private func checkJoining(
    _ chosen: [DiningTable], members: [Int], isNamed: Bool
  ) throws(TableChoiceError) {
    let numbers = chosen.map(\.number)
    let limit = restaurant.combining.maxTables
    if chosen.count > limit { throw .tooManyTables(count: chosen.count, allowed: limit) }
    let zones = Set(chosen.map(\.zone))
    if zones.count > 1 { throw .differentZones(tables: numbers, zones: zones.sorted()) }
    if isNamed { return }
    if let fixed = chosen.first(where: { $0.mobility == .fixed }) { throw .fixedTable(fixed.number) }
    if option(members: members) == nil { throw .notConnected(tables: numbers) }
  }

  private func allowedParties(_ members: [Int], extraChairs: Bool) -> (smallest: Int, largest: Int) {
    guard let index = option(members: members) else { return (1, 0) }
    let option = options[index]
    return (option.smallestParty, extraChairs ? option.largestPartyWithExtraChairs : option.largestParty)
  }
}
