public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: DayPlanStore {
  public func dayPlan(_ id: String, of restaurant: RestaurantID) async throws(StoreError) -> StoredDayPlan? {
    try await first(
      "SELECT \(DayPlanSQL.columns) FROM day_plans WHERE id = $1 AND restaurant_id = $2",
      [.text(id), .text(restaurant)], DayPlanSQL.plan)
  }

  public func dayPlans(
    _ restaurant: RestaurantID, date: LocalDate, limit: Int
  ) async throws(StoreError) -> [StoredDayPlan] {
    try await all(DayPlanSQL.ofDay, [.text(restaurant), .text(date.description), .int(limit)], DayPlanSQL.plan)
  }

  public func automaticMoves(_ restaurant: RestaurantID, date: LocalDate) async throws(StoreError) -> Int {
    try await first(DayPlanSQL.automaticMoves, [.text(restaurant), .text(date.description)]) { $0.int(0) } ?? 0
  }

  public func replans(limit: Int) async throws(StoreError) -> [Replan] {
    try await all(ReplanSQL.waiting, [.int(limit)], ReplanSQL.replan)
  }
}
