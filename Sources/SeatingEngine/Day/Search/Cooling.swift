/// How a search cools: the temperature falls by `factor` from level to level, each of the same work.
struct Cooling {
  var hottest: Double
  var factor: Double
  var levels: Int
  /// Of all levels; see `Annealer.work`.
  var work: Int
}
