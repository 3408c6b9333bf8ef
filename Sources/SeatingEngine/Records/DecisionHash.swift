import BookingDomain

/// Hash of a decision's whole input over a canonical encoding: fields in a fixed order, sets and dictionaries sorted.
enum DecisionHash {
  static func of(
    question: SeatingQuestion, floor: String, span: TimeWindow, taken: [String: [Int32]], waiting: [WaitingParty],
    pastSuccess: PastSuccess, limit: Int
  ) -> String {
    var hash = StableHash()
    hash.combine(DecisionRecord.engineVersion)
    hash.combine(floor)
    hash.combine(limit)
    combine(question, into: &hash)
    combine(span, into: &hash)
    for table in taken.keys.sorted() {
      hash.combine(table)
      for minute in taken[table] ?? [] { hash.combine(minute) }
    }
    for party in waiting {
      hash.combine(party.party)
      hash.combine(party.accessible)
      hash.combine(party.count)
      combine(party.block, into: &hash)
    }
    combine(pastSuccess, into: &hash)
    return hash.hex
  }

  private static func combine(_ question: SeatingQuestion, into hash: inout StableHash) {
    hash.combine(question.bookingID.rawValue)
    hash.combine(question.party)
    hash.combine(question.slot.service)
    hash.combine(question.slot.serviceDate.daysSinceEpoch)
    combine(question.slot.dining, into: &hash)
    combine(question.slot.block, into: &hash)
    hash.combine(question.wishes.zone)
    hash.combine(question.wishes.tags.sorted())
    hash.combine(question.wishes.needs.map(\.rawValue).sorted())
    hash.combine(question.extraChairs)
    hash.combine(question.now.microseconds)
  }

  private static func combine(_ window: TimeWindow, into hash: inout StableHash) {
    hash.combine(window.start.microseconds)
    hash.combine(window.end.microseconds)
  }

  private static func combine(_ past: PastSuccess, into hash: inout StableHash) {
    for name in StrategyName.allCases {
      guard let count = past.strategies[name] else { continue }
      hash.combine(name.rawValue)
      hash.combine(count.tries)
      hash.combine(count.successes)
    }
    for seating in past.seatings {
      hash.combine(seating.party)
      hash.combine(seating.tables.map(\.rawValue))
      hash.combine(seating.times)
    }
  }
}
