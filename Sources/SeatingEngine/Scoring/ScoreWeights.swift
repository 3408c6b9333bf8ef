/// Points that a plan's score gives and takes. The unit is one spare seat: fit outweighs everything but the opportunity
/// cost, and which strategy proposed a plan decides only between equals.
enum ScoreWeights {
  /// For each regular seat left empty.
  static let spareSeat = -1.0
  /// On top, for a plan with more spare seats than the house allows: it comes after every other.
  static let beyondSpareLimit = -1_000.0
  /// For each table beyond the first.
  static let extraTable = -3.0
  /// For joined tables that stand as far apart as can be.
  static let apart = -0.2
  /// For a plan that meets all wishes for zone and tags.
  static let preference = 0.5
  /// For a zone with all seats free.
  static let freeZone = 0.000_1
  /// For a table that can be joined, used by a party that does not need that: such tables are used last.
  static let joinable = -0.001
  /// For an accessible table, used by a party that does not need one.
  static let accessible = -0.5
  /// For a table type that is nearly gone at that time.
  static let scarceType = -0.000_1
  /// For the last table in the house's own order; the first is free.
  static let houseOrder = -0.9
  /// For tables where like parties always sat, by a strategy that always succeeded.
  static let pastSuccess = 0.02
  /// For each point of the strategy's weight times its strength.
  static let strategy = 0.001
  /// For each party that can no longer be seated, as far as can be foreseen.
  static let lostParty = -2.1
}
