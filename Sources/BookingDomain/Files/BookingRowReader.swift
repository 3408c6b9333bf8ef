/// Reads the rows of a bookings file, and checks what concerns several of them.
struct BookingRowReader {
  let columns: [BookingsFile.Column]
  let problems: ProblemCollector
  /// Names that a misspelt one is compared with; with a hundred thousand restaurants it would take too long.
  private static let comparedNames = 1_000

  private let restaurants: [RestaurantID: Known]
  private let restaurantNames: [String]
  private var lines: [BookingID: Int] = [:]
  private var counts: [Day: Int] = [:]

  /// What rows of a restaurant may name.
  private struct Known {
    var zones: [String]
    var services: [String]
  }

  private struct Day: Hashable {
    var restaurant: RestaurantID
    var date: LocalDate
  }

  init(columns: [BookingsFile.Column], restaurants: [RestaurantID: Restaurant], problems: ProblemCollector) {
    self.columns = columns
    self.problems = problems
    restaurantNames = restaurants.keys.map(\.rawValue).sorted()
    self.restaurants = restaurants.mapValues { restaurant in
      let own = restaurant.exceptions.flatMap { $0.servicePeriods ?? [] }
      let services = Set((restaurant.servicePeriods + own).map(\.name)).sorted()
      return Known(zones: restaurant.floor.zones.map(\.name), services: services)
    }
  }

  /// The row of a record; nil if something is wrong with it, which is reported.
  mutating func read(_ record: CSVReader.Record) -> BookingRow? {
    guard record.fields.count == columns.count else {
      problems.add(
        "line \(record.line)", value: "a row of \(record.fields.count)", "has not the fields of the header",
        allowed: "\(columns.count) fields")
      return nil
    }
    let fields = BookingFields(record, columns: columns, problems: problems)
    let bookingID = fields.bookingID()
    let restaurantID = restaurant(fields)
    let date = fields.date()
    let start = fields.startMinute()
    let party = fields.int(.partySize, RestaurantLimits.party)
    let optional = optionalFields(fields, restaurantID.flatMap { restaurants[$0] })
    guard let bookingID, let restaurantID, let date, let start, let party else { return nil }
    checkUnique(bookingID, fields)
    count(Day(restaurant: restaurantID, date: date), fields)
    return BookingRow(
      bookingID: bookingID, restaurantID: restaurantID, date: date, startMinute: start, party: party,
      durationMinutes: optional.duration, service: optional.service, zone: optional.zone, tags: optional.tags,
      createdAt: optional.createdAt, line: record.line)
  }

  private func optionalFields(
    _ fields: BookingFields, _ known: Known?
  ) -> (duration: Int?, service: String?, zone: String?, tags: Set<String>, createdAt: Timestamp?) {
    let duration = fields.has(.durationMinutes) ? fields.int(.durationMinutes, RestaurantLimits.turnMinutes) : nil
    return (
      duration, fields.name(.service, of: known?.services), fields.name(.zone, of: known?.zones), fields.tags(),
      fields.createdAt()
    )
  }

  private func restaurant(_ fields: BookingFields) -> RestaurantID? {
    guard let text = fields.required(.restaurantID, allowed: "a restaurant's id") else { return nil }
    let id = RestaurantID(text)
    if restaurants[id] != nil { return id }
    fields.report(
      .restaurantID, "is no restaurant given", allowed: NameList.text(restaurantNames),
      suggestion: Spelling.closest(to: text, in: restaurantNames.prefix(Self.comparedNames)))
    return nil
  }

  private mutating func checkUnique(_ id: BookingID, _ fields: BookingFields) {
    if let line = lines.updateValue(fields.line, forKey: id) {
      fields.report(.bookingID, "occurs on line \(line) too", allowed: "each id once")
    }
  }

  private mutating func count(_ day: Day, _ fields: BookingFields) {
    counts[day, default: 0] += 1
    // Said once, not for every row that follows.
    guard counts[day] == RestaurantLimits.bookingsPerDay + 1 else { return }
    fields.report(
      .date, "has too many bookings for \(day.restaurant)",
      allowed: "at most \(RestaurantLimits.bookingsPerDay) for one restaurant and date")
  }
}
