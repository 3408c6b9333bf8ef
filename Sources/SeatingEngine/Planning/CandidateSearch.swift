import BookingDomain

/// Finds all feasible options of a question, and counts why the others are not.
struct CandidateSearch {
  private let context: PlanningContext
  private var cost: OpportunityCost?
  private var occupied = 0
  private var kept = 0

  init(_ context: PlanningContext, shape: ServiceShape, snapshot: AvailabilitySnapshot) {
    self.context = context
    cost = OpportunityCost(context, shape: shape, snapshot: snapshot)
  }

  /// Every feasible option, in the order that breaks ties.
  mutating func run() -> [Candidate] {
    let columns = context.floor.columns
    let options = context.floor.optionsByNeed.options(party: context.question.party, need: context.need)
    var found: [Candidate] = []
    found.reserveCapacity(options.count)
    for option in options {
      let tables = columns.tableRange(Int(option))
      if columns.areWithin(context.usable, tables) {
        found.append(candidate(Int(option), tables, columns))
      } else if columns.areWithin(context.free, tables) {
        kept += 1
      } else {
        occupied += 1
      }
    }
    return found
  }

  /// Counts of those rejected, after ``run()``; reasons without any are left out.
  var rejections: [PlanRejection] {
    let misfits = context.floor.optionsByNeed.misfits(party: context.question.party, need: context.need)
    let counts: [(PlanRejection.Reason, Int)] = [
      (.tooSmall, misfits.tooSmall), (.belowMinParty, misfits.belowMinParty),
      (.notAccessible, misfits.notAccessible), (.moreThanNeeded, misfits.moreThanNeeded), (.keptAccessible, kept),
      (.occupied, occupied),
    ]
    return counts.compactMap { reason, count in count > 0 ? PlanRejection(reason: reason, count: count) : nil }
  }

  private mutating func candidate(_ option: Int, _ tables: Range<Int>, _ columns: OptionColumns) -> Candidate {
    var lost = 0.0
    for slot in tables { lost += cost?.lostParties(table: Int(columns.members[slot])) ?? 0 }
    return Candidate(
      option: option, spareSeats: max(0, Int(columns.seats[option]) - context.question.party),
      extraTables: tables.count - 1,
      preference: context.wishes.share(zone: columns.zone[option], tags: columns.tags[option]), lostParties: lost)
  }
}
