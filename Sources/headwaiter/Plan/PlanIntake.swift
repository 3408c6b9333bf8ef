import BookingDomain
import Bootstrap
import SeatingEngine

/// Applies the capacity rules to the rows of a file, in its order; each counts in the pacing of those after it.
struct PlanIntake {
  private let floor: CompiledFloor
  private let rows: [BookingRow]
  private let ignoringHours: Bool
  private let verifier: CapacityVerifier
  private let clock: FileBusinessClock
  private let problems: ProblemCollector
  private var loads: [Timestamp: PacingLoad] = [:]

  init(floor: CompiledFloor, rows: [BookingRow], source: String, ignoringHours: Bool) {
    self.floor = floor
    self.rows = rows
    self.ignoringHours = ignoringHours
    verifier = CapacityVerifier(restaurant: floor.restaurant)
    clock = FileBusinessClock(rows: rows, restaurants: [floor.restaurant.id: floor.restaurant])
    problems = ProblemCollector(source: source)
  }

  /// - Throws: `InputProblems` for rows whose length is not known.
  mutating func entries() throws(InputProblems) -> [PlanningDay.Entry] {
    var entries: [PlanningDay.Entry] = []
    entries.reserveCapacity(rows.count)
    for row in rows {
      let start = row.start(in: floor.restaurant.calendar)
      entries.append(PlanningDay.Entry(row: row, start: start, intake: intake(row, start)))
    }
    try problems.throwIfAny()
    return entries
  }

  private mutating func intake(_ row: BookingRow, _ start: Timestamp) -> PlanningDay.Intake {
    let now = clock.now(for: row.bookingID)
    do throws(CapacityRejection) {
      let slot = ignoringHours ? try slotIgnoringHours(row, start, now) : try verifiedSlot(row, start, now)
      return .accepted(
        PlanBooking(id: row.bookingID, party: row.party, slot: slot, wishes: row.wishes, now: now))
    } catch {
      return .rejected(OutcomeReason(error))
    }
  }

  private mutating func verifiedSlot(
    _ row: BookingRow, _ start: Timestamp, _ now: Timestamp
  ) throws(CapacityRejection) -> ServiceSlot {
    let request = CapacityRequest(
      party: row.party, start: start, service: row.service, durationMinutes: row.durationMinutes)
    let interval = verifier.pacingInterval(containing: start)
    let load = interval.flatMap { loads[$0.start] } ?? PacingLoad()
    let slot = try verifier.verify(request, now: now, load: load, fit: { _ in fit(row) })
    if let interval {
      loads[interval.start] = PacingLoad(
        covers: load.covers + row.party, coversOnline: load.coversOnline + row.party, parties: load.parties + 1)
    }
    return slot
  }

  private func slotIgnoringHours(
    _ row: BookingRow, _ start: Timestamp, _ now: Timestamp
  ) throws(CapacityRejection) -> ServiceSlot {
    guard start >= now.flooredToMinute else { throw .inThePast }
    let minutes = row.durationMinutes ?? verifier.turnMinutesIgnoringHours(party: row.party)
    if minutes == nil {
      problems.add(
        "line \(row.line)", "there is no duration_minutes",
        allowed: "1 or more, where hours are ignored and no service has a turn band for \(row.party)")
    }
    return verifier.slotIgnoringHours(start: start, durationMinutes: minutes ?? 1)
  }

  private func fit(_ row: BookingRow) -> PartyFit {
    switch floor.fit(party: row.party, accessible: row.wishes.needsAccessibleTable) {
    case .fits: .fits
    case .tooLarge: .tooLarge
    case .tooSmall: .tooSmall
    }
  }
}
