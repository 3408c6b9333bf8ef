/// Where parties of the same size sat in the last 7 days.
struct LikeParties: Sendable {
  private var times: [Int: Int] = [:]
  private var most = 1

  init(party: Int, past: PastSuccess, floor: CompiledFloor) {
    for seating in past.seatings where seating.party == party {
      let members = floor.tables(seating.tables)
      guard members.count == seating.tables.count, let option = floor.option(members: members) else { continue }
      times[option, default: 0] += seating.times
    }
    most = max(1, times.values.max() ?? 1)
  }

  /// How often they had this option, compared to the one they had most, 0…1.
  func share(of option: Int) -> Double {
    if times.isEmpty { return 0 }
    return Double(times[option] ?? 0) / Double(most)
  }
}
