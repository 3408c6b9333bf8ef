import BookingDomain

/// A day's bookings as the bound sees them: like ones counted together, options as numbers of tables by type.
struct BoundDemand {
  /// Tables of some types: how many of each.
  struct Pattern: Hashable {
    var uses: [Use]

    struct Use: Hashable {
      var type: Int
      var count: Double
    }
  }

  /// Bookings of one size and window.
  struct Kind {
    var count: Double
    /// Positions in `starts` that the window contains.
    var points: Range<Int>
    /// Position in `patterns`.
    var patterns: Int
  }

  /// All starts; between two of them no booking begins, so it is enough to look at these.
  let starts: [Timestamp]
  private(set) var kinds: [Kind] = []
  private(set) var patterns: [[Pattern]] = []
  /// Bookings that the floor could take at all.
  private(set) var bookings = 0

  /// Tables alike in seats, smallest party, and whether they can be joined and are accessible are of one type.
  let typeOfTable: [Int]
  private(set) var tablesOfType: [Int] = []

  private struct Like: Hashable {
    var need: DayNeed
    var block: TimeWindow
  }

  init(floor: CompiledFloor, bookings all: [PlanBooking]) {
    starts = Set(all.map(\.slot.block.start)).sorted()
    typeOfTable = BoundDemand.types(floor)
    tablesOfType = [Int](repeating: 0, count: (typeOfTable.max() ?? -1) + 1)
    for type in typeOfTable { tablesOfType[type] += 1 }
    var counts: [Like: Int] = [:]
    var order: [Like] = []
    for booking in all {
      let like = Like(need: DayNeed(booking, floor: floor), block: booking.slot.block)
      if counts[like] == nil { order.append(like) }
      counts[like, default: 0] += 1
    }
    var pages: [DayNeed: Int] = [:]
    for like in order {
      let page = pages[like.need] ?? patterns.count
      if page == patterns.count { patterns.append(patterns(of: like.need, floor: floor)) }
      pages[like.need] = page
      if patterns[page].isEmpty { continue }
      let count = counts[like] ?? 0
      bookings += count
      kinds.append(Kind(count: Double(count), points: points(like.block), patterns: page))
    }
  }

  private func points(_ block: TimeWindow) -> Range<Int> {
    let first = starts.partitioningIndex { $0 >= block.start }
    return first..<max(first, starts.partitioningIndex { $0 >= block.end })
  }

  private static func types(_ floor: CompiledFloor) -> [Int] {
    let joined = Set(floor.options.filter(\.isJoined).flatMap(\.members))
    var names: [Int: Int] = [:]
    return floor.tables.indices.map { table in
      let traits = (joined.contains(table) ? 1 : 0) + (floor.tables[table].isAccessible ? 2 : 0)
      let name = 4 * Int(floor.tableColumns.type[table]) + traits
      let type = names[name] ?? names.count
      names[name] = type
      return type
    }
  }

  private func patterns(of need: DayNeed, floor: CompiledFloor) -> [Pattern] {
    var seen = Set<Pattern>()
    var patterns: [Pattern] = []
    for option in need.options(of: floor) {
      var counts: [Int: Double] = [:]
      for table in floor.options[option].members {
        counts[typeOfTable[table], default: 0] += 1
      }
      let pattern = Pattern(
        uses: counts.sorted { $0.key < $1.key }.map { Pattern.Use(type: $0.key, count: $0.value) })
      if seen.insert(pattern).inserted { patterns.append(pattern) }
    }
    return patterns
  }
}
