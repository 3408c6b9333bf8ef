import BookingDomain

/// The guest's zone and tags; without such wishes, the house's dominant zone.
struct ZonePreferenceStrategy: SeatingStrategy {
  let name = StrategyName.zonePreference

  func strength(of candidate: Candidate, in context: PlanningContext) -> Double {
    if context.wishes.isEmpty {
      return context.zone(of: candidate) == context.floor.dominantZone ? 1 : 0
    }
    return candidate.preference
  }
}
