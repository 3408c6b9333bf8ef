/// A feasible option for one question, with what its score is made of.
struct Candidate: Sendable {
  /// Position in ``CompiledFloor/options``.
  let option: Int
  /// Regular seats left empty; 0 with extra chairs.
  let spareSeats: Int
  /// Tables beyond the first.
  let extraTables: Int
  /// Share of the wishes that it meets, 0…1.
  let preference: Double
  /// Parties that can no longer be seated.
  let lostParties: Double
  var strategy = StrategyClaim()
  var score = 0.0

  /// Spare seats plus three for each extra table; less is a closer fit.
  var fitCost: Int { spareSeats + 3 * extraTables }
}
