import BookingDomain

/// All that one question needs, worked out once before its options are looked at.
struct PlanningContext: Sendable {
  let floor: CompiledFloor
  let question: SeatingQuestion
  let need: OptionCatalogue.Need
  /// Tables free in the block window, as bits.
  let free: [UInt64]
  /// Those of them that this party may have: without the accessible ones while they are kept for others.
  let usable: [UInt64]
  let load: FloorLoad
  let wishes: WishMask
  let history: LikeParties
  let past: PastSuccess
  /// The least fit cost of all candidates.
  var closestFit = 0

  init(_ question: SeatingQuestion, in snapshot: AvailabilitySnapshot) {
    let floor = snapshot.floor
    let free = snapshot.occupancy.freeTables(in: question.slot.block)
    self.floor = floor
    self.question = question
    self.free = free
    need = question.need
    usable = PlanningContext.usable(free, question: question, floor: floor)
    load = FloorLoad(floor: floor, free: free)
    wishes = WishMask(question.wishes, floor: floor)
    history = LikeParties(party: question.party, past: snapshot.pastSuccess, floor: floor)
    past = snapshot.pastSuccess
  }

  func zone(of candidate: Candidate) -> Int32 { floor.columns.zone[candidate.option] }

  static func usable(_ free: [UInt64], question: SeatingQuestion, floor: CompiledFloor) -> [UInt64] {
    if question.mayTakeAccessible(at: floor.restaurant) { return free }
    let accessible = floor.tableColumns.accessible
    return free.indices.map { free[$0] & ~accessible[$0] }
  }
}
