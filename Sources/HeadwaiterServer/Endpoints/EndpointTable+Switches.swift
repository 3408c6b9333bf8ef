import HeadwaiterAPI
import Hummingbird

/// Run-time flags and the kill switch.
extension EndpointTable {
  static let switches: [Endpoint] = [
    change(.setFlag, .put, oneFlag, "Sets a flag for all instances, within a second.", request: "FlagValue"),
    change(.clearFlag, .delete, oneFlag, "Lets a flag that was set go: what else is said of it counts again."),
    change(
      .setRestaurantFlag, .put, oneRestaurant, "Takes a restaurant into V3, out of it, or pauses it.",
      request: "RestaurantFlagValue"),
    change(.clearRestaurantFlag, .delete, oneRestaurant, "Lets a restaurant go on as the rollout has it."),
    change(.kill, .post, killSwitch, "Switches V3 off on all instances, within a second.", request: "Kill"),
    change(.releaseKill, .delete, killSwitch, "Releases the kill switch: the flags count again."),
  ]

  private static let oneFlag = "/v1/admin/flags/{flag}"
  private static let oneRestaurant = "/v1/admin/flags/restaurants/{restaurant_id}"
  private static let killSwitch = "/v1/admin/kill"

  private static func change(
    _ operation: Operation, _ method: HTTPRequest.Method, _ path: String, _ summary: String, request: String? = nil
  ) -> Endpoint {
    Endpoint(
      operation: operation, method: method, path: path, access: .switchers, summary: summary,
      query: method == .delete
        ? [.init(name: "reason", schema: .text(WireLimits.reason), description: "Why; recorded.", isRequired: true)]
        : [],
      request: request, success: [.ok("Flags", "The flags as they are then.")],
      problems: path == killSwitch ? [404, 422] : [422])
  }
}
