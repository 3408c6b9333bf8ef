package import StoreFoundation

extension Migration {
  /// All steps of a PostgreSQL database, in order; they have the numbers and names of SQLite's.
  package static let postgres: [Migration] = [
    .bookings, .claims, .queue, .journal, .access, .breakers, .rounds, .instances, .outcomes, .traces,
    .flags, .rollout, .dayPlans, .stays,
  ]
}
