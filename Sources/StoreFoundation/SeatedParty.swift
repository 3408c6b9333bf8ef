package import BookingDomain

/// A confirmed party and its tables, as an invariant check reads it.
package struct SeatedParty: Sendable {
  package var restaurantID: RestaurantID
  package var party: Int
  /// A guest's booking that a host has not moved: extra chairs are not for it.
  package var mayNotUseExtraChairs: Bool
  package var tables: [TableNumber]
  package var end: Timestamp

  package init(
    restaurantID: RestaurantID, party: Int, mayNotUseExtraChairs: Bool, tables: [TableNumber], end: Timestamp
  ) {
    self.restaurantID = restaurantID
    self.party = party
    self.mayNotUseExtraChairs = mayNotUseExtraChairs
    self.tables = tables
    self.end = end
  }

  /// Tables that are no longer on the floor say nothing about a past evening.
  package func hasTooFewSeats(on floor: FloorPlan, now: Timestamp) -> Bool {
    let known = tables.compactMap(floor.table)
    guard known.count == tables.count else { return end > now }
    let seats = known.reduce(0) { $0 + $1.capacity }
    let single = known.count == 1 && !mayNotUseExtraChairs ? known[0].largestParty(extraChairs: true) : 0
    let named = floor.combinations.first { Set($0.tables) == Set(tables) }?.maxParty ?? 0
    return party > max(seats, single, named)
  }
}
