/// How many parties a free gap on one table can be expected to take, as a function of its length in turns.
///
/// A gap shorter than a turn takes nobody; just over a turn is better than exactly one, because a party that fits seldom
/// comes at exactly the right time; beyond that the value grows in steps as in Rényi's parking problem. The values were
/// fitted by hill climbing on generated evenings (parties seated in arrival order, floors of 18 to 400 tables) and tested
/// on evenings that the fit had not seen.
enum GapValue {
  /// At gaps of 0, ¼, ½ … turns.
  private static let knots: [Double] = [
    0, 0, 0, 0, 0, 1.4, 1.7, 1.7, 2.0, 2.0, 2.2, 2.4, 3.2, 3.2, 3.4, 3.6, 4.3,
  ]
  /// For each further quarter turn.
  private static let slope = 0.2
  private static let knotsPerTurn = 4.0

  /// Where the last useful gap of a service ends: this many turns after the last start.
  static let turnsAfterLastStart = 1.14

  /// - Parameter turns: length of the gap in turns; negative counts as none.
  static func parties(turns: Double) -> Double {
    if turns <= 0 { return 0 }
    let place = turns * knotsPerTurn
    let last = knots.count - 1
    if place >= Double(last) { return knots[last] + (place - Double(last)) * slope }
    let index = Int(place)
    return knots[index] + (place - Double(index)) * (knots[index + 1] - knots[index])
  }
}
