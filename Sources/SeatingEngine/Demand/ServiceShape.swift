import BookingDomain

/// What is expected of one service, seen from each table: how long a turn is there, and how much it is wanted.
struct ServiceShape: Sendable {
  /// Minutes after the midnight that begins the service's date; nil where there is no service.
  let firstStart: Int?
  /// End of the service, in the same minutes.
  let end: Int?
  let lastSeatingBuffer: Int
  /// For each table, minutes of a turn of the smallest party it takes, buffers included.
  let turns: [Double]
  /// For each table, how much it is wanted compared to the others; about 1 on average.
  let wanted: [Double]
  /// How busy the service is expected to be: parties for each table.
  let partiesPerTable: Double

  init(floor: CompiledFloor, period: ServicePeriod?, expectation: DemandForecast.Expectation) {
    let buffers = floor.restaurant.buffers
    let times = period.map { TurnTimes(period: $0, buffers: buffers) } ?? .usual
    let smallest = floor.tables.map { max(1, $0.minParty ?? 1) }
    turns = smallest.map(times.minutes(party:))
    firstStart = period.map(\.start.minuteOfDay)
    end = period.map { $0.end.minuteOfDay + ($0.end <= $0.start ? 1_440 : 0) }
    lastSeatingBuffer = floor.restaurant.lastSeatingBufferMinutes
    wanted = TableDemand.wanted(floor: floor, partySizes: expectation.partySizes)
    partiesPerTable = expectation.parties / Double(max(1, floor.tables.count))
  }
}
