/// How two flows did on the same bookings, as shadow compares them: counts of eligible bookings.
public struct PairedOutcomes: Sendable, Hashable, Codable {
  /// Both confirmed it.
  public var both: Int
  /// V3 alone confirmed it.
  public var v3Only: Int
  /// Legacy alone confirmed it, at its first quote.
  public var legacyOnly: Int
  /// Neither confirmed it; or shadow had an error where legacy failed too.
  public var neither: Int

  public init(both: Int = 0, v3Only: Int = 0, legacyOnly: Int = 0, neither: Int = 0) {
    self.both = both
    self.v3Only = v3Only
    self.legacyOnly = legacyOnly
    self.neither = neither
  }

  public var count: Int { both + v3Only + legacyOnly + neither }

  /// V3's success rate less legacy's.
  ///
  /// On pairs the difference is that of the two discordant shares, P(V3 alone) − P(legacy alone): bookings on which both
  /// did the same say nothing about it but count as trials. See ``DifferenceBounds`` for method and source.
  public var difference: DifferenceBounds {
    DifferenceBounds(Share(part: v3Only, whole: count), minus: Share(part: legacyOnly, whole: count))
  }

  /// Whether V3 is not worse than legacy by more than a margin.
  /// - Parameter margin: a fraction, above 0: 0.05 is five points.
  /// - Returns: pass when the lower bound of the difference is above −margin, fail when the upper bound is below it.
  public func isNotWorse(margin: Double) -> CriterionVerdict {
    guard count > 0 else { return .notEnoughData }
    let bounds = difference
    if bounds.lower > -margin { return .pass }
    return bounds.upper < -margin ? .fail : .notEnoughData
  }
}
