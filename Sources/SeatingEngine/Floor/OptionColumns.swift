/// The options of a floor as columns, for the planning loop: no objects, no reference counting.
struct OptionColumns: Sendable {
  /// `members[memberStart[o]..<memberStart[o + 1]]` are the tables of option `o`.
  let memberStart: [Int32]
  let members: [Int32]
  let seats: [Int32]
  let smallest: [Int32]
  /// Largest party without and with extra chairs.
  let largest: [Int32]
  let largestWithChairs: [Int32]
  /// For each ``OptionCatalogue/Need``, the largest party for which fewer of the same tables are enough.
  private let enoughByNeed: [[Int32]]

  let zone: [Int32]
  let compactness: [Double]
  let isAccessible: [Bool]
  /// A single table that belongs to some combination.
  let isJoinable: [Bool]
  /// Tags of any of the tables, as bits.
  let tags: [UInt64]
  /// Place in the house's own order, 0 for the tables used first to 1 for those used last.
  let houseOrder: [Double]

  init(options: [TableOption], tableTags: [UInt64]) {
    var start: [Int32] = [0]
    var flat: [Int32] = []
    for option in options {
      flat += option.members.map(Int32.init)
      start.append(Int32(flat.count))
    }
    memberStart = start
    members = flat
    seats = options.map { Int32($0.seats) }
    smallest = options.map { Int32($0.smallestParty) }
    largest = options.map { Int32($0.largestParty) }
    largestWithChairs = options.map { Int32($0.largestPartyWithExtraChairs) }
    zone = options.map { Int32($0.zone) }
    compactness = options.map(\.compactness)
    isAccessible = options.map(\.isAccessible)
    let joined = Set(options.filter(\.isJoined).flatMap(\.members))
    isJoinable = options.map { !$0.isJoined && joined.contains($0.members[0]) }
    tags = options.map { option in option.members.reduce(0) { $0 | tableTags[$1] } }
    let priorities = Set(options.map(\.priority)).sorted()
    let last = Double(max(1, priorities.count - 1))
    houseOrder = options.map { option in Double(priorities.firstIndex(of: option.priority) ?? 0) / last }
    enoughByNeed = (0..<4).map { index in
      Dominance(options: options, extraChairs: index & 1 != 0, accessible: index & 2 != 0).enough
    }
  }

  func enough(_ need: OptionCatalogue.Need) -> [Int32] { enoughByNeed[need.index] }

  func tableRange(_ option: Int) -> Range<Int> { Int(memberStart[option])..<Int(memberStart[option + 1]) }

  /// Whether all tables at these places of ``members`` have their bit set.
  func areWithin(_ bits: [UInt64], _ places: Range<Int>) -> Bool {
    for place in places {
      let table = Int(members[place])
      if bits[table / 64] >> UInt64(table % 64) & 1 == 0 { return false }
    }
    return true
  }
}
