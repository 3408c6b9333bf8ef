import BookingDomain
import SeatingEngine

/// The plan as product specification §11 has it: `assignments`, `unseated` and `summary`, bookings in file order.
struct PlanJSON {
  let planned: PlannedDay

  /// - Parameter explanation: added under its own key, where asked for.
  func bytes(explanation: PlanExplanation? = nil) -> [UInt8] {
    var members = [("assignments", assignments), ("unseated", unseated), ("summary", summary)]
    if let explanation { members.append(("explanation", explanation.json)) }
    return JSONWriter.write(.members(members))
  }

  private var assignments: JSONTree {
    .members(
      rows.compactMap { row, verdict in
        guard case .seated(let assignment) = verdict else { return nil }
        return (row.bookingID.rawValue, JSONTree(.array(assignment.tables.map { .string($0.rawValue) })))
      })
  }

  private var unseated: JSONTree {
    .members(
      rows.compactMap { row, verdict in
        guard case .unseated(let reason) = verdict else { return nil }
        return (row.bookingID.rawValue, .string(reason.rawValue))
      })
  }

  private var summary: JSONTree {
    let plan = planned.plan
    return .members([
      ("seated", .number(plan.seated)), ("covers", .number(plan.covers)), ("spare_seats", .number(plan.spareSeats)),
      ("extra_tables", .number(plan.extraTables)), ("bound", .number(plan.bound)),
      ("gap", .number(plan.gap, decimals: 6)), ("covers_bound", coversBound),
      ("optimal", JSONTree(.bool(plan.isOptimal))),
      ("solve_ms", .number(planned.elapsed.inMilliseconds, decimals: 3)),
      ("seed", JSONTree(.number("\(planned.seed)"))),
    ])
  }

  /// Of mode `day` alone.
  private var coversBound: JSONTree {
    planned.plan.coversBound.map { .number($0) } ?? JSONTree(.null)
  }

  private var rows: [(BookingRow, PlannedDay.Verdict)] {
    zip(planned.day.entries, planned.verdicts).map { ($0.row, $1) }
  }
}
