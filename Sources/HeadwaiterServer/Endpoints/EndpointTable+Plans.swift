import HeadwaiterAPI
import Hummingbird

/// Better seatings of a day.
extension EndpointTable {
  static let plans: [Endpoint] = [
    Endpoint(
      operation: .optimiseDay, method: .post, path: house + "/optimise", access: .staff,
      summary: "Looks for a better seating of a day; what is found is stored, and applied only when asked for.",
      request: "Optimise", success: [.ok("DayPreview", "The plan, or null where nothing better was found.")]),
    Endpoint(
      operation: .listDayPlans, method: .get, path: house + "/plans", access: .readers,
      summary: "Better seatings of a day, newest first: the last 50.", query: [.requiredDate],
      success: [.ok("DayPlanList", "The plans.")]),
    Endpoint(
      operation: .readDayPlan, method: .get, path: one, access: .readers, summary: "A better seating of a day.",
      success: [.ok("DayPlan", "The plan.")]),
    Endpoint(
      operation: .applyDayPlan, method: .post, path: one + "/apply", access: .staff,
      summary: "Moves everybody whom the plan moves, in one transaction.", success: [.ok("DayPlan", "As applied.")]),
    Endpoint(
      operation: .undoDayPlan, method: .post, path: one + "/undo", access: .staff,
      summary: "Everybody back to where they sat, in one transaction.", success: [.ok("DayPlan", "As taken back.")]),
  ]

  private static let house = "/v1/restaurants/{restaurant_id}"
  private static let one = house + "/plans/{plan_id}"
}
