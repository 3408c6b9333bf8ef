package import StoreFoundation

extension Migration {
  /// All steps of a SQLite database, in order.
  package static let all: [Migration] = [
    .bookings, .claims, .queue, .journal, .access, .breakers, .rounds, .instances, .outcomes, .traces,
    .flags, .rollout, .dayPlans, .stays,
  ]
}
