/// How many of 244 parties that one waiter served had which size (`data/party-sizes.csv`).
///
/// Source: the `tips` data set; P. G. Bryant and M. A. Smith, "Practical Data Analysis: Case Studies in Business
/// Statistics" (1995); in R's reshape2 package.
public enum PartySizes {
  /// Parties by size, at lunch.
  public static let lunch: [Int: Int] = [1: 2, 2: 52, 3: 5, 4: 5, 5: 1, 6: 3]
  /// Parties by size, at dinner.
  public static let dinner: [Int: Int] = [1: 2, 2: 104, 3: 33, 4: 32, 5: 4, 6: 1]

  /// The sizes for a service of this kind: `lunch` has its own, every other kind those of dinner.
  public static func counts(kind: String) -> [Int: Int] { kind == "lunch" ? lunch : dinner }

  /// The same as shares that sum to 1: what is expected of a service where the restaurant's file does not say.
  public static let shares = (lunch: shares(of: lunch), dinner: shares(of: dinner))

  private static func shares(of counts: [Int: Int]) -> [Int: Double] {
    let total = Double(counts.values.reduce(0, +))
    return counts.mapValues { Double($0) / total }
  }
}
