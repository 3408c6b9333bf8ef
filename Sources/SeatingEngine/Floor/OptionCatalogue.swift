/// For each party size and need, the options that could be used, and how many fail for which reason.
struct OptionCatalogue: Sendable {
  /// What decides which options a party may use.
  struct Need: Sendable, Hashable {
    var extraChairs: Bool
    var accessible: Bool

    var index: Int { (extraChairs ? 1 : 0) + (accessible ? 2 : 0) }
  }

  /// Options that are out for a party whatever is free.
  struct Misfits: Sendable, Hashable {
    var tooSmall = 0
    var belowMinParty = 0
    var notAccessible = 0
    var moreThanNeeded = 0
  }

  private struct Page: Sendable {
    var options: [Int32] = []
    var misfits = Misfits()
  }

  private let pages: [[Page]]
  private let optionCount: Int

  init(options: [TableOption], columns: OptionColumns, largestParty: Int) {
    optionCount = options.count
    pages = (0..<4).map { index in
      let need = Need(extraChairs: index & 1 != 0, accessible: index & 2 != 0)
      // A floor without accessible tables needs no pages of its own for them, nor one without extra chairs.
      return (0...largestParty).map { party in
        OptionCatalogue.page(party: Int32(party), need: need, options: options, columns: columns)
      }
    }
  }

  /// Positions of the options, in the order that breaks ties.
  func options(party: Int, need: Need) -> [Int32] {
    pages[need.index].indices.contains(party) ? pages[need.index][party].options : []
  }

  func misfits(party: Int, need: Need) -> Misfits {
    if pages[need.index].indices.contains(party) { return pages[need.index][party].misfits }
    return party < 1 ? Misfits(belowMinParty: optionCount) : Misfits(tooSmall: optionCount)
  }

  private static func page(party: Int32, need: Need, options: [TableOption], columns: OptionColumns) -> Page {
    var page = Page()
    let largest = need.extraChairs ? columns.largestWithChairs : columns.largest
    let enough = columns.enough(need)
    for index in options.indices {
      if largest[index] < party {
        page.misfits.tooSmall += 1
      } else if columns.smallest[index] > party {
        page.misfits.belowMinParty += 1
      } else if need.accessible && !options[index].isAccessible {
        page.misfits.notAccessible += 1
      } else if party <= enough[index] {
        page.misfits.moreThanNeeded += 1
      } else {
        page.options.append(Int32(index))
      }
    }
    return page
  }
}
