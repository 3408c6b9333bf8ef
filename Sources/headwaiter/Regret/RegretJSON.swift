import AssignmentPipeline
import BookingDomain
import SeatingEngine

/// What days lost, for programs: `{"date", "seed", "restaurants": [{…}]}`.
struct RegretJSON {
  let date: LocalDate
  let days: [RegrettedDay]
  let seed: UInt64

  var bytes: [UInt8] {
    JSONWriter.write(
      .members([
        ("date", .string(date.description)), ("seed", JSONTree(.number("\(seed)"))),
        ("restaurants", JSONTree(.array(days.map(restaurant)))),
      ]))
  }

  private func restaurant(_ day: RegrettedDay) -> JSONTree {
    let (regret, record) = (day.regret, day.record)
    return .members([
      ("restaurant_id", .string(day.restaurant.id.rawValue)), ("happened", figures(regret.happened)),
      ("best", figures(regret.best)), ("bound", .number(regret.bound)), ("gap", .number(regret.gap, decimals: 6)),
      ("proven", JSONTree(.bool(regret.isProven))),
      ("lost", .members([("bookings", .number(regret.bookings)), ("covers", .number(regret.covers))])),
      ("causes", JSONTree(.array(regret.parts.map { part($0, day) }))),
      ("no_shows", .number(record.noShows)), ("late_cancellations", .number(record.lateCancellations)),
      ("cancellations", .number(record.cancellations)), ("refused_by_rules", .number(record.refusedByRules)),
      ("waiting", .number(record.waiting)), ("best_plan", places(regret.places)),
    ])
  }

  private func figures(_ figures: DayFigures) -> JSONTree {
    .members([
      ("bookings", .number(figures.bookings)), ("covers", .number(figures.covers)),
      ("spare_seats", .number(figures.spareSeats)), ("extra_tables", .number(figures.extraTables)),
    ])
  }

  private func part(_ part: DayRegret.Part, _ day: RegrettedDay) -> JSONTree {
    .members([
      ("cause", .string(part.cause.rawValue)), ("bookings", .number(part.bookings)), ("covers", .number(part.covers)),
      ("gained", parties(part.gained, day)), ("given_up", parties(part.givenUp, day)),
    ])
  }

  private func parties(_ ids: [BookingID], _ day: RegrettedDay) -> JSONTree {
    JSONTree(
      .array(
        ids.compactMap { day.record.bookings[$0] }.map { booking in
          .members([
            ("booking_id", .string(booking.id.rawValue)), ("party_size", .number(booking.party)),
            ("start", .string(day.restaurant.calendar.format(booking.slot.dining.start))),
          ])
        }))
  }

  private func places(_ places: [BookingID: [TableNumber]]) -> JSONTree {
    .members(
      places.sorted { $0.key < $1.key }.map { id, tables in
        (id.rawValue, JSONTree(.array(tables.map { .string($0.rawValue) })))
      })
  }
}
