import BookingDomain
import SeatingEngine

/// A day to be planned: the rows of a bookings file, and what the capacity rules make of each.
struct PlanningDay {
  /// A row, with its start and what came of the rules.
  struct Entry {
    var row: BookingRow
    var start: Timestamp
    var intake: Intake
  }

  /// Whether a row goes to the engine.
  enum Intake {
    case accepted(PlanBooking)
    case rejected(OutcomeReason)
  }

  let floor: CompiledFloor
  /// In file order.
  let entries: [Entry]

  var restaurant: Restaurant { floor.restaurant }

  /// Those that the engine is asked about, in file order.
  var accepted: [PlanBooking] {
    entries.compactMap { entry in
      if case .accepted(let booking) = entry.intake { booking } else { nil }
    }
  }

  /// The blocks that the restaurant's file sets.
  var blocks: [SnapshotClaim] {
    restaurant.floor.blocks.flatMap { block in
      block.tables.map { SnapshotClaim(table: $0, window: block.window) }
    }
  }

  /// - Parameter source: name of the bookings file for messages.
  /// - Throws: `InputProblems` if the rows are not of one day, or a length is missing where hours are ignored.
  init(
    floor: CompiledFloor, rows: [BookingRow], source: String, ignoringHours: Bool
  ) throws(InputProblems) {
    self.floor = floor
    var intake = PlanIntake(floor: floor, rows: rows, source: source, ignoringHours: ignoringHours)
    entries = try intake.entries()
    try OneDay.check(entries, source: source)
  }
}

/// A file for `plan` holds one day: one date, or one service date where the evening runs past midnight.
enum OneDay {
  static func check(_ entries: [PlanningDay.Entry], source: String) throws(InputProblems) {
    guard let first = entries.first else { return }
    let day = serviceDate(first)
    if entries.allSatisfy({ $0.row.date == first.row.date }) || entries.allSatisfy({ serviceDate($0) == day }) {
      return
    }
    let problems = ProblemCollector(source: source)
    for entry in entries where entry.row.date != first.row.date && serviceDate(entry) != day {
      problems.add(
        "line \(entry.row.line) (date)", value: "\"\(entry.row.date)\"", "is another day than the first row's",
        allowed: "\(first.row.date), as plan seats one day's bookings")
    }
    try problems.throwIfAny()
  }

  private static func serviceDate(_ entry: PlanningDay.Entry) -> LocalDate {
    if case .accepted(let booking) = entry.intake { booking.slot.serviceDate } else { entry.row.date }
  }
}
