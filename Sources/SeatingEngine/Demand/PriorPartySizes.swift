/// How large parties are, where the restaurant's file does not say.
///
/// Source: P. Bryant and M. Smith, "Practical Data Analysis: Case Studies in Business Statistics" (1995), the `tips` data
/// set: 244 parties that one waiter served, counted by service and size.
enum PriorPartySizes {
  static let lunch: [Int: Double] = shares([1: 2, 2: 52, 3: 5, 4: 5, 5: 1, 6: 3])
  static let dinner: [Int: Double] = shares([1: 2, 2: 104, 3: 33, 4: 32, 5: 4, 6: 1])

  private static func shares(_ parties: [Int: Double]) -> [Int: Double] {
    let total = parties.values.reduce(0, +)
    return parties.mapValues { $0 / total }
  }
}
