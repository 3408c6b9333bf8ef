import BookingDomain
import SeatingEngine

/// A day with its plan.
struct PlannedDay {
  /// What came of one row.
  enum Verdict {
    case seated(DayPlan.Assignment)
    case unseated(OutcomeReason)
  }

  let day: PlanningDay
  let plan: DayPlan
  /// Of the planning alone: files are read and the floor is compiled before.
  let elapsed: Duration
  let seed: UInt64
  /// One for each entry of the day, in file order.
  let verdicts: [Verdict]

  /// Plans the day.
  /// - Parameter recording: keeps the decision records, for ``PlanExplanation``.
  init(_ day: PlanningDay, mode: PlanMode, search: PlanSearch, recording: Bool) {
    let planner = DayPlanner(floor: day.floor)
    let (bookings, blocks) = (day.accepted, day.blocks)
    let begin = ContinuousClock.now
    let limits = search.limits(mode: mode, tables: day.floor.tables.count)
    let planning = { planner.plan(bookings, mode: mode, claims: blocks, recording: recording, limits: limits) }
    let plan = search.isSearch(mode) ? search.interruption.noted(during: planning) : planning()
    elapsed = begin.duration(to: .now)
    self.day = day
    self.plan = plan
    seed = search.seed
    verdicts = PlannedDay.verdicts(of: day, plan)
  }

  private static func verdicts(of day: PlanningDay, _ plan: DayPlan) -> [Verdict] {
    var decided = Dictionary(
      uniqueKeysWithValues: plan.assignments.map { ($0.bookingID, Verdict.seated($0)) })
    for unseated in plan.unseated { decided[unseated.bookingID] = .unseated(unseated.reason) }
    return day.entries.map { entry in
      switch entry.intake {
      case .rejected(let reason): .unseated(reason)
      case .accepted: decided[entry.row.bookingID] ?? .unseated(.noTable)
      }
    }
  }
}
