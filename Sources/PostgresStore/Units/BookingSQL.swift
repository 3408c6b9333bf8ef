import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

/// How a booking is written to and read from its row.
enum BookingSQL {
  /// Set once.
  private static let fixed = ["id", "restaurant_id", "origin", "created_at"]
  /// Written with every change, in the order of ``changingValues(_:)``.
  private static let changing = [
    "status", "assignment_state", "assignment_state_version", "assignment_strategy", "assignment_flow", "party_size",
    "requested_service", "duration_minutes", "zone", "tags", "needs", "service", "service_date", "dining_start",
    "dining_end", "block_start", "block_end", "state_entered_at", "attempts", "tables", "reason", "review_deadline",
    "pinned", "decision_id", "undo", "guest_name", "guest_phone", "guest_mail", "guest_locale", "guest_notes",
    "updated_at", "automation", "feasible", "verified", "outcome", "outcome_reason", "outcome_flow", "outcome_at",
    "reviewed",
    "interrupted",
  ]

  /// Set once too; last, so that it moves no other column.
  private static let trace = ["trace_id"]

  /// As they are read; dates as text.
  static let columns = (fixed + changing + trace).map { $0 == "service_date" ? "service_date::text" : $0 }.joined(
    separator: ", ")
  static let insert = """
    INSERT INTO bookings (\((fixed + changing + trace).joined(separator: ", ")))
    VALUES (\(marks(1...fixed.count + changing.count + trace.count)))
    """
  static let update = """
    UPDATE bookings SET (\(changing.joined(separator: ", "))) = (\(marks(3...changing.count + 2)))
    WHERE restaurant_id = $1 AND id = $2
    """
  /// Locks the row, so that what follows in the transaction writes on what was checked.
  static let hasVersion =
    "EXISTS (SELECT 1 FROM bookings WHERE id = $2 AND assignment_state_version = $3 FOR NO KEY UPDATE)"

  static func insertValues(_ booking: Booking) throws(StoreError) -> [PostgresValue] {
    [.text(booking.id), .text(booking.restaurantID), .raw(booking.origin), .time(booking.createdAt)]
      + (try changingValues(booking)) + [.text(booking.trace?.text)]
  }

  static func updateValues(_ booking: Booking) throws(StoreError) -> [PostgresValue] {
    [.text(booking.restaurantID), .text(booking.id)] + (try changingValues(booking))
  }

  private static func changingValues(_ booking: Booking) throws(StoreError) -> [PostgresValue] {
    let slot = booking.slot
    return [
      .raw(booking.status), .raw(booking.state), .int(booking.version), .raw(booking.strategy), .raw(booking.flow),
      .int(booking.party), .text(booking.requestedService), .int(booking.durationMinutes), .text(booking.wishes.zone),
      .texts(booking.wishes.tags.sorted()), .texts(booking.wishes.needs.map(\.rawValue).sorted()),
      .text(slot.service), .text(slot.serviceDate.description), .time(slot.dining.start), .time(slot.dining.end),
      .time(slot.block.start), .time(slot.block.end), .time(booking.stateEnteredAt), .int(booking.attempts),
      .tables(booking.tables), .raw(booking.reason), .time(booking.reviewDeadline), .bool(booking.pinned),
      .text(booking.decisionID), .text(try undo(booking)), .text(booking.guest?.name), .text(booking.guest?.phone),
      .text(booking.guest?.mail), .text(booking.guest?.locale), .text(booking.guest?.notes), .time(booking.updatedAt),
    ] + workValues(booking.work)
  }

  private static func workValues(_ work: AutomaticWork) -> [PostgresValue] {
    [
      .raw(work.automation), .bool(work.feasible), .bool(work.isVerified), .raw(work.end?.state),
      .raw(work.end?.reason),
      .raw(work.end?.flow), .time(work.end?.at), .bool(work.wasInReview), .raw(work.interruption),
    ]
  }

  private static func undo(_ booking: Booking) throws(StoreError) -> String? {
    guard let undo = booking.undo else { return nil }
    guard let text = try? JSONText.encode(undo) else { throw .invalid("the undo of \(booking.id) cannot be written") }
    return text
  }

  /// Reads a row of ``columns``.
  static func booking(_ row: PostgresRow) throws(StoreError) -> Booking {
    Booking(
      stored: BookingRecord(
        id: row.id(0), restaurantID: row.id(1), origin: try row.raw(2), guest: guest(row), party: row.int(9),
        requestedService: row.optionalText(10), durationMinutes: row.optionalInt(11), wishes: wishes(row, zone: 12),
        slot: try slot(row, service: 15), status: try row.raw(4), state: try row.raw(5), version: row.int(6),
        stateEnteredAt: row.time(21), attempts: row.int(22), strategy: try row.optionalRaw(7),
        flow: try row.optionalRaw(8), tables: row.tables(23), reason: try row.optionalRaw(24),
        reviewDeadline: row.optionalTime(25), pinned: row.bool(26), decisionID: row.optionalText(27),
        undo: try row.optionalJSON(28), createdAt: row.time(3), updatedAt: row.time(34),
        work: try work(row), trace: row.optionalText(44).flatMap { TraceID($0) }))
  }

  /// The nine columns that tell of the automatic work; all null where a program wrote the row that did not know them.
  private static func work(_ row: PostgresRow) throws(StoreError) -> AutomaticWork {
    var work = AutomaticWork(
      automation: try row.optionalRaw(35), feasible: row.optionalBool(36), isVerified: row.optionalBool(37) ?? false,
      wasInReview: row.optionalBool(42) ?? false, interruption: try row.optionalRaw(43))
    if let state: AssignmentState = try row.optionalRaw(38), let flow: AssignmentFlow = try row.optionalRaw(40) {
      work.end = AutomaticWork.End(state: state, reason: try row.optionalRaw(39), flow: flow, at: row.time(41))
    }
    return work
  }

  /// Zone, tags and needs from three columns in a row.
  static func wishes(_ row: PostgresRow, zone: Int) -> SeatingWishes {
    SeatingWishes(
      zone: row.optionalText(zone), tags: Set(row.strings(zone + 1)),
      needs: Set(row.strings(zone + 2).compactMap(GuestNeed.init(rawValue:))))
  }

  /// Service, its date, and both windows from six columns in a row.
  static func slot(_ row: PostgresRow, service: Int) throws(StoreError) -> ServiceSlot {
    ServiceSlot(
      service: row.optionalText(service), serviceDate: try row.date(service + 1), dining: row.window(service + 2),
      block: row.window(service + 4))
  }

  private static func guest(_ row: PostgresRow) -> Guest? {
    row.optionalText(29).map {
      Guest(
        name: $0, phone: row.optionalText(30), mail: row.optionalText(31), locale: row.optionalText(32),
        notes: row.optionalText(33))
    }
  }

  static func marks(_ range: ClosedRange<Int>) -> String { range.map { "$\($0)" }.joined(separator: ", ") }
}
