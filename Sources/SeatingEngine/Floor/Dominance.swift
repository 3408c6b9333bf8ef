/// For which parties a combination is more than is needed: fewer of the same tables are an option too, and take them.
/// Wherever the combination is free, those are free as well, so nothing feasible is lost by leaving it out.
/// Combinations that the house has named are never left out and leave none out: their limits are a choice of their own.
struct Dominance {
  /// For each option, the largest party for which fewer tables are enough; 0 if there is none.
  let enough: [Int32]

  init(options: [TableOption], extraChairs: Bool, accessible: Bool) {
    let finder = OptionFinder(options: options)
    var reach = [Int32](repeating: 0, count: options.count)
    for index in options.indices.sorted(by: { options[$0].members.count < options[$1].members.count }) {
      let members = options[index].members
      guard members.count > 1 else { continue }
      for left in members {
        guard let part = finder.index(of: members, without: left) else { continue }
        reach[index] = max(reach[index], reach[part], Self.largest(options[part], extraChairs, accessible))
      }
    }
    for index in options.indices where options[index].combinationName != nil { reach[index] = 0 }
    enough = reach
  }

  private static func largest(_ option: TableOption, _ extraChairs: Bool, _ accessible: Bool) -> Int32 {
    if option.combinationName != nil || accessible && !option.isAccessible { return 0 }
    return Int32(extraChairs ? option.largestPartyWithExtraChairs : option.largestParty)
  }
}

/// Finds an option by its tables.
struct OptionFinder {
  let options: [TableOption]

  /// The option of `members` without one of them.
  func index(of members: [Int], without left: Int) -> Int? {
    let wanted = members.filter { $0 != left }
    let index = options.partitioningIndex { !$0.members.lexicographicallyPrecedes(wanted) }
    return index < options.count && options[index].members == wanted ? index : nil
  }
}
