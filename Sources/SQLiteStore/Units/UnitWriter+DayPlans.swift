import AssignmentStore
import BookingDomain
import GRDB
import StoreFoundation

extension UnitWriter {
  func writeDayPlan() throws {
    switch unit.dayPlan {
    case nil: break
    case .add(let plan): try add(plan)
    case .go(let id, let from, let to, let by, let at):
      let gone = try session.run(DayPlanSQL.go, [.raw(to), .time(at), .text(by), .text(id), .raw(from)])
      guard gone == 1 else { throw StoreError.staleDayPlan(id) }
    }
  }

  func writeReplans() throws {
    for replan in unit.replans {
      try session.run(
        ReplanSQL.ask,
        [.text(replan.restaurantID), .text(replan.date.description), .raw(replan.cause), .time(replan.askedAt)])
    }
    guard let settled = unit.settledReplan else { return }
    try session.run(
      ReplanSQL.settle, [.text(settled.restaurantID), .text(settled.date.description), .time(settled.askedAt)])
  }

  private func add(_ plan: StoredDayPlan) throws {
    if try session.exists("SELECT 1 FROM day_plans WHERE id = ?", [.text(plan.id)]) {
      throw StoreError.constraint("day plan \(plan.id) exists")
    }
    if plan.replacesOthers {
      try session.run(
        DayPlanSQL.outdate,
        [.time(plan.createdAt), .text(plan.createdBy), .text(plan.restaurantID), .text(plan.date.description)])
    }
    try session.run(DayPlanSQL.insert, try DayPlanSQL.values(plan))
  }
}

/// How a plan of a day is written to and read from its row.
enum DayPlanSQL {
  static let columns = """
    id, restaurant_id, service_date, cause, state, moves, figures_before, figures_after, created_at, created_by,
    is_automatic, decided_at, decided_by
    """

  static let insert = """
    INSERT INTO day_plans (\(columns), move_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// Time, actor, restaurant, date.
  static let outdate = """
    UPDATE day_plans SET state = 'outdated', decided_at = ?, decided_by = ?
    WHERE restaurant_id = ? AND service_date = ? AND state = 'ready'
    """

  /// The new state, time, actor, id, the state that it must have.
  static let go = "UPDATE day_plans SET state = ?, decided_at = ?, decided_by = ? WHERE id = ? AND state = ?"

  static let ofDay = """
    SELECT \(columns) FROM day_plans WHERE restaurant_id = ? AND service_date = ?
    ORDER BY created_at DESC, id DESC LIMIT ?
    """

  static let automaticMoves = """
    SELECT coalesce(sum(move_count), 0) FROM day_plans
    WHERE restaurant_id = ? AND service_date = ? AND is_automatic AND state = 'applied'
    """

  static func values(_ plan: StoredDayPlan) throws -> [DatabaseValue] {
    [
      .text(plan.id), .text(plan.restaurantID), .text(plan.date.description), .raw(plan.cause), .raw(plan.state),
      .text(try JSONText.encode(plan.moves)), .text(try JSONText.encode(plan.before)),
      .text(try JSONText.encode(plan.after)), .time(plan.createdAt), .text(plan.createdBy), .bool(plan.isAutomatic),
      .time(plan.decidedAt), .text(plan.decidedBy), .int(plan.moveCount),
    ]
  }

  /// Reads a row of ``columns``.
  static func plan(_ row: Row) throws -> StoredDayPlan {
    StoredDayPlan(
      id: row.text(0), restaurantID: row.id(1), date: try row.date(2), cause: try row.raw(3), state: try row.raw(4),
      moves: try row.json(5), before: try row.json(6), after: try row.json(7), createdAt: row.time(8),
      createdBy: row.text(9), isAutomatic: row.bool(10), decidedAt: row.optionalTime(11),
      decidedBy: row.optionalText(12))
  }
}

/// Statements on days to look at again.
enum ReplanSQL {
  static let ask = """
    INSERT INTO day_replans (restaurant_id, service_date, cause, asked_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (restaurant_id, service_date) DO UPDATE SET cause = excluded.cause, asked_at = excluded.asked_at
    """

  static let settle = "DELETE FROM day_replans WHERE restaurant_id = ? AND service_date = ? AND asked_at = ?"

  static let waiting = """
    SELECT restaurant_id, service_date, cause, asked_at FROM day_replans
    ORDER BY asked_at, restaurant_id, service_date LIMIT ?
    """

  static func replan(_ row: Row) throws -> Replan {
    Replan(restaurantID: row.id(0), date: try row.date(1), cause: try row.raw(2), askedAt: row.time(3))
  }
}
