/// How many joined options can be in use at once: a floor has only so many pairs of tables side by side.
struct JointLimits {
  /// For some patterns together, how many.
  private(set) var limits: [(patterns: Set<[BoundDemand.Pattern.Use]>, limit: Int)] = []

  /// Of more options than this it is not tried how many are apart.
  private static let mostOptions = 24

  init(_ problem: DayProblem, demand: BoundDemand) {
    var order: [[BoundDemand.Pattern.Use]] = []
    var options: [[BoundDemand.Pattern.Use]: Set<Set<Int32>>] = [:]
    for choice in problem.choices where choice.count > 1 {
      let uses = demand.uses(of: choice, in: problem)
      if options[uses] == nil { order.append(uses) }
      options[uses, default: []].insert(Set(problem.tables(of: choice)))
    }
    for uses in order { add([uses], options[uses] ?? []) }
    if order.count > 1 { add(Set(order), options.values.reduce(into: []) { $0.formUnion($1) }) }
  }

  private mutating func add(_ patterns: Set<[BoundDemand.Pattern.Use]>, _ sets: Set<Set<Int32>>) {
    let limit = sets.count > JointLimits.mostOptions ? sets.count : JointLimits.mostApart(Array(sets)[...])
    limits.append((patterns, limit))
  }

  /// The most of some sets that have no member in common.
  private static func mostApart(_ sets: ArraySlice<Set<Int32>>) -> Int {
    guard let first = sets.first else { return 0 }
    let rest = sets.dropFirst()
    let apart = rest.filter { $0.isDisjoint(with: first) }
    let with = 1 + mostApart(apart[...])
    return apart.count == rest.count ? with : max(with, mostApart(rest))
  }
}
