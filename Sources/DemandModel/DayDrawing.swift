import BookingDomain

/// Draws the bookings of one date.
struct DayDrawing {
  /// Shortest time between booking and start.
  private static let shortestLeadMinutes = 30
  /// Guests book between these hours of the restaurant's clock.
  private static let wakingHours = 8...22

  private let restaurant: Restaurant
  private let date: LocalDate
  private let options: DemandOptions
  private let verifier: CapacityVerifier
  /// Kind of each service by name.
  private let kinds: [String: String]
  private var random: SplitMix64
  private var startsByParty: [Int: [Start]] = [:]

  private struct Start {
    var slot: ServiceSlot
    var kind: String
    var weight: Double
  }

  init(restaurant: Restaurant, date: LocalDate, options: DemandOptions, seed: UInt64) {
    self.restaurant = restaurant
    self.date = date
    self.options = options
    verifier = CapacityVerifier(restaurant: restaurant)
    let own = restaurant.exceptions.flatMap { $0.servicePeriods ?? [] }
    kinds = Dictionary((restaurant.servicePeriods + own).map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
    random = SplitMix64(seed: seed)
  }

  /// One booking without its id; nil if guests cannot start on this date.
  mutating func booking() -> BookingRow? {
    guard let (party, slot) = partyAndSlot() else { return nil }
    let start = slot.dining.start
    return BookingRow(
      bookingID: "", restaurantID: restaurant.id, date: date, startMinute: restaurant.calendar.local(start).minute,
      party: party, durationMinutes: options.withDurations ? duration(party, slot) : nil, zone: zoneWish(),
      createdAt: bookedAt(start), line: 0)
  }

  /// A kind of service, a party by the sizes of that kind, and a start that suits them. A size that no start of that kind
  /// takes is drawn as two: the commonest party.
  private mutating func partyAndSlot() -> (party: Int, slot: ServiceSlot)? {
    let offered = Set(starts(party: 2).map(\.kind)).sorted()
    guard let index = random.index(weights: offered.map(ArrivalShape.share)) else { return nil }
    let kind = offered[index]
    let sizes = PartySizes.counts(kind: kind).sorted(by: { $0.key < $1.key })
    let drawn = sizes[random.index(weights: sizes.map { Double($0.value) }) ?? 0].key
    for party in [drawn, 2] {
      let candidates = starts(party: party).filter { $0.kind == kind }
      if let choice = random.index(weights: candidates.map(\.weight)) { return (party, candidates[choice].slot) }
    }
    return nil
  }

  private mutating func starts(party: Int) -> [Start] {
    if let known = startsByParty[party] { return known }
    let starts = verifier.slots(on: date, party: party, byHost: false).map { slot in
      let kind = slot.service.flatMap { kinds[$0] } ?? ""
      let evening = restaurant.calendar.timestamp(date: slot.serviceDate, minute: 0)
      let minute = Int(slot.dining.start.minutes - evening.minutes)
      return Start(slot: slot, kind: kind, weight: ArrivalShape.weight(kind: kind, minute: minute))
    }
    startsByParty[party] = starts
    return starts
  }

  /// Minutes at the table, in fives, within a quarter of the mean and within the slot's own.
  private mutating func duration(_ party: Int, _ slot: ServiceSlot) -> Int {
    let mean = DiningMinutes.mean(party: party, weekday: date.weekday.rawValue)
    let drawn = mean * (0.75 + 0.5 * random.unit())
    let longest = Int(slot.dining.length.components.seconds) / 60
    return min(longest, Int((drawn / 5).rounded()) * 5)
  }

  private mutating func zoneWish() -> String? {
    guard options.zoneWishShare > 0, random.unit() < options.zoneWishShare else { return nil }
    let zones = restaurant.floor.zones
    return zones.isEmpty ? nil : zones[random.whole(in: 0...(zones.count - 1))].name
  }

  /// When the guest booked: some days before, while people are awake, never less than half an hour before the start.
  private mutating func bookedAt(_ start: Timestamp) -> Timestamp {
    let day = date.adding(days: -ArrivalShape.leadDays(&random))
    let minute = random.whole(in: (Self.wakingHours.lowerBound * 60)...(Self.wakingHours.upperBound * 60))
    let booked = restaurant.calendar.timestamp(date: day, minute: minute).adding(.seconds(random.whole(in: 0...59)))
    let latest = start.adding(minutes: -Self.shortestLeadMinutes)
    if booked <= latest { return booked }
    // Too late on the day itself: somewhere in the hours before it.
    return latest.adding(.seconds(-random.whole(in: 0...(3 * 3600))))
  }
}
