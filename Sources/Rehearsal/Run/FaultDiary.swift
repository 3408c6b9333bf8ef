import BookingDomain

/// When the faults of a scenario begin, began and ended.
struct FaultDiary {
  private let scenario: RehearsalScenario
  private var toCome: Set<Int>
  private(set) var spans: [Int: (from: Timestamp, until: Timestamp?)] = [:]

  init(scenario: RehearsalScenario) {
    self.scenario = scenario
    toCome = Set(scenario.faults.indices)
  }

  /// Whether one has yet to begin, or is to end by itself.
  var isToCome: Bool {
    !toCome.isEmpty || spans.contains { $0.value.until == nil && scenario.faults[$0.key].lastsHours != nil }
  }

  /// When the first began; nil before.
  var firstBegan: Timestamp? { spans.values.map(\.from).min() }

  /// What begins because a phase is entered for the first time; nil for the beginning.
  func due(entering phase: String?, at now: Timestamp) -> [(RehearsalRun.Due, Timestamp)] {
    toCome.sorted().filter { scenario.faults[$0].phase == phase && spans[$0] == nil }.map {
      (.beginFault($0), now.adding(.seconds(1) * (scenario.faults[$0].afterHours * 3_600)))
    }
  }

  mutating func began(_ index: Int, at now: Timestamp) {
    toCome.remove(index)
    spans[index] = (now, nil)
  }

  mutating func ended(_ index: Int, at now: Timestamp) { spans[index]?.until = now }

  /// The restaurants with most bookings, of those for which V3 decides if it decides for any.
  func busiest(_ count: Int, in demand: RehearsalDemand, flags: FeatureFlags) -> Set<RestaurantID> {
    var bookings: [RestaurantID: Int] = [:]
    for row in demand.rows { bookings[row.restaurantID, default: 0] += 1 }
    let withV3 = demand.restaurants.map(\.id).filter { flags.flow(for: $0) == .v3 }
    let candidates = withV3.isEmpty ? demand.restaurants.map(\.id) : withV3
    let sorted = candidates.sorted { (bookings[$1, default: 0], $0) < (bookings[$0, default: 0], $1) }
    return Set(sorted.prefix(count))
  }
}
