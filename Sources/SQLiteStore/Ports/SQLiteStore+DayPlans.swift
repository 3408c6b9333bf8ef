public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: DayPlanStore {
  public func dayPlan(_ id: String, of restaurant: RestaurantID) async throws(StoreError) -> StoredDayPlan? {
    try await read { session in
      try session.first(
        "SELECT \(DayPlanSQL.columns) FROM day_plans WHERE id = ? AND restaurant_id = ?",
        [.text(id), .text(restaurant)], DayPlanSQL.plan)
    }
  }

  public func dayPlans(
    _ restaurant: RestaurantID, date: LocalDate, limit: Int
  ) async throws(StoreError) -> [StoredDayPlan] {
    try await read { session in
      try session.all(
        DayPlanSQL.ofDay, [.text(restaurant), .text(date.description), .int(limit)], DayPlanSQL.plan)
    }
  }

  public func automaticMoves(_ restaurant: RestaurantID, date: LocalDate) async throws(StoreError) -> Int {
    try await read { session in
      try session.count(DayPlanSQL.automaticMoves, [.text(restaurant), .text(date.description)])
    }
  }

  public func replans(limit: Int) async throws(StoreError) -> [Replan] {
    try await read { session in try session.all(ReplanSQL.waiting, [.int(limit)], ReplanSQL.replan) }
  }
}
