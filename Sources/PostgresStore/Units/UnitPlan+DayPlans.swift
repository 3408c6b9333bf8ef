import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

extension UnitPlan {
  mutating func writeDayPlan() throws(StoreError) {
    switch unit.dayPlan {
    case nil: break
    case .add(let plan, let budget): try add(plan, within: budget)
    case .go(let id, let from, let to, let by, let at):
      add(DayPlanSQL.go, [.text(id), .raw(from), .raw(to), .time(at), .text(by)])
    }
  }

  /// In order of restaurant and date, as everything that is locked; one statement writes a row only once.
  mutating func writeReplans() {
    if !unit.replans.isEmpty {
      let latest = Dictionary(unit.replans.map { ($0.day, $0) }, uniquingKeysWith: { $1 })
      let replans = latest.values.sorted { ($0.restaurantID, $0.date) < ($1.restaurantID, $1.date) }
      add(
        ReplanSQL.ask,
        [
          .texts(replans) { $0.restaurantID.rawValue }, .texts(replans) { $0.date.description },
          .texts(replans) { $0.cause.rawValue }, .times(replans) { $0.askedAt },
        ])
    }
    guard let settled = unit.settledReplan else { return }
    add(ReplanSQL.settle, [.text(settled.restaurantID), .text(settled.date.description), .time(settled.askedAt)])
  }

  /// Restaurants whose plans and replans are written, for the floor's lock.
  var replannedRestaurants: Set<RestaurantID> {
    var restaurants = Set(unit.replans.map(\.restaurantID))
    if let settled = unit.settledReplan { restaurants.insert(settled.restaurantID) }
    if case .add(let plan, _) = unit.dayPlan { restaurants.insert(plan.restaurantID) }
    return restaurants
  }

  private mutating func add(_ plan: StoredDayPlan, within budget: Int?) throws(StoreError) {
    let values: [PostgresValue]
    do { values = try DayPlanSQL.values(plan) } catch {
      throw .invalid("day plan \(plan.id) cannot be written")
    }
    if let budget {
      add(
        DayPlanSQL.checkBudget,
        [.text(plan.restaurantID), .text(plan.date.description), .text(plan.id), .int(budget - plan.moveCount)])
    }
    if plan.replacesOthers {
      add(
        DayPlanSQL.outdate,
        [.text(plan.restaurantID), .text(plan.date.description), .time(plan.createdAt), .text(plan.createdBy)])
    }
    add(DayPlanSQL.insert, values)
  }
}

/// How a plan of a day is written to and read from its row.
enum DayPlanSQL {
  private static let stored = [
    "id", "restaurant_id", "service_date", "cause", "state", "moves", "figures_before", "figures_after", "created_at",
    "created_by", "is_automatic", "decided_at", "decided_by",
  ]

  /// As they are read; dates as text.
  static let columns = stored.map { $0 == "service_date" ? "service_date::text" : $0 }.joined(separator: ", ")

  static let insert = """
    INSERT INTO day_plans (\(stored.joined(separator: ", ")), move_count)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    """

  /// Restaurant, date, time, actor. Follows the floor's lock, so that no other plan becomes ready meanwhile.
  static let outdate = """
    UPDATE day_plans SET state = 'outdated', decided_at = $3, decided_by = $4
    WHERE restaurant_id = $1 AND service_date = $2 AND state = 'ready'
    """

  /// Id, the state that it must have, the new one, time, actor.
  static let go = """
    WITH gone AS (
      UPDATE day_plans SET state = $3, decided_at = $4, decided_by = $5 WHERE id = $1 AND state = $2 RETURNING 1)
    SELECT headwaiter_refuse('\(Refusal.staleDayPlan.rawValue)', $1) WHERE NOT EXISTS (SELECT 1 FROM gone)
    """

  static let ofDay = """
    SELECT \(columns) FROM day_plans WHERE restaurant_id = $1 AND service_date = $2
    ORDER BY created_at DESC, id DESC LIMIT $3
    """

  /// Restaurant, date, id, moves that may have been made before. Follows the floor's lock.
  static let checkBudget = """
    SELECT headwaiter_refuse('\(Refusal.staleDayPlan.rawValue)', $3) FROM (\(automaticMoves)) AS made (moves)
    WHERE moves > $4
    """

  static let automaticMoves = """
    SELECT coalesce(sum(move_count), 0)::bigint FROM day_plans
    WHERE restaurant_id = $1 AND service_date = $2 AND is_automatic AND state = 'applied'
    """

  static func values(_ plan: StoredDayPlan) throws -> [PostgresValue] {
    [
      .text(plan.id), .text(plan.restaurantID), .text(plan.date.description), .raw(plan.cause), .raw(plan.state),
      .text(try JSONText.encode(plan.moves)), .text(try JSONText.encode(plan.before)),
      .text(try JSONText.encode(plan.after)), .time(plan.createdAt), .text(plan.createdBy), .bool(plan.isAutomatic),
      .time(plan.decidedAt), .text(plan.decidedBy), .int(plan.moveCount),
    ]
  }

  /// Reads a row of ``columns``.
  static func plan(_ row: PostgresRow) throws(StoreError) -> StoredDayPlan {
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
    INSERT INTO day_replans (restaurant_id, service_date, cause, asked_at)
    SELECT restaurant_id, service_date::date, cause, asked_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
      AS item (restaurant_id, service_date, cause, asked_at)
    ON CONFLICT (restaurant_id, service_date) DO UPDATE SET cause = excluded.cause, asked_at = excluded.asked_at
    """

  static let settle = "DELETE FROM day_replans WHERE restaurant_id = $1 AND service_date = $2 AND asked_at = $3"

  static let waiting = """
    SELECT restaurant_id, service_date::text, cause, asked_at FROM day_replans
    ORDER BY asked_at, restaurant_id, day_replans.service_date LIMIT $1
    """

  static func replan(_ row: PostgresRow) throws(StoreError) -> Replan {
    Replan(restaurantID: row.id(0), date: try row.date(1), cause: try row.raw(2), askedAt: row.time(3))
  }
}
