import BookingDomain
import DemandModel

/// One of many restaurants: a part of a real floor, so that each has tables of its own, and a popularity.
struct RehearsalHouse {
  let restaurant: Restaurant
  /// Relative demand: by seats, and by chance half to one and a half times that.
  let popularity: Double

  /// - Parameter house: hours, services and floor; between 40 % and all of its tables are kept.
  init(number: Int, like house: Restaurant, random: inout SplitMix64) {
    let digits = "\(number)"
    let id = "house-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    var copy = house
    copy.id = RestaurantID(id)
    copy.name = "House \(number)"
    copy.floor = Self.part(of: house.floor, keep: 0.4 + 0.6 * random.unit(), &random)
    restaurant = copy
    let seats = copy.floor.tables.reduce(0) { $0 + $1.capacity }
    popularity = Double(seats) * (0.5 + random.unit())
  }

  private static func part(of floor: FloorPlan, keep share: Double, _ random: inout SplitMix64) -> FloorPlan {
    var left = floor.tables
    let gone = left.count - max(1, Int((share * Double(left.count)).rounded()))
    for _ in 0..<gone { left.remove(at: random.whole(in: 0...(left.count - 1))) }
    let kept = Set(left.map(\.number))
    let zones = Set(left.map(\.zone))
    return FloorPlan(
      zones: floor.zones.filter { zones.contains($0.name) }, tables: left,
      adjacency: floor.adjacency.filter { kept.contains($0.first) && kept.contains($0.second) },
      combinations: floor.combinations.filter { $0.tables.allSatisfy(kept.contains) })
  }
}
