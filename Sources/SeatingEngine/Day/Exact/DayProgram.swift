/// A day as a linear program over types of tables: how many bookings of each kind sit on which types.
struct DayProgram {
  /// So many bookings of a kind on the tables of a pattern.
  struct Variable {
    var kind: Int
    var pattern: Int
  }

  let variables: [Variable]
  /// What counts, in its order: bookings, covers, and cost as a loss.
  let goals: [[LinearProgram.Term]]
  private(set) var program: LinearProgram

  init(_ demand: BoundDemand, joints: JointLimits) {
    variables = demand.kinds.indices.flatMap { kind in
      demand.patterns[demand.kinds[kind].page].indices.map { Variable(kind: kind, pattern: $0) }
    }
    let kinds = variables.map { demand.kinds[$0.kind] }
    let patterns = variables.map { demand.patterns[demand.kinds[$0.kind].page][$0.pattern] }
    goals = [
      variables.indices.map { ($0, 1) }, variables.indices.map { ($0, kinds[$0].size) },
      variables.indices.map { ($0, -patterns[$0].cost) },
    ]
    program = LinearProgram(variables: variables.count)
    for own in grouped(by: { $0.kind }) {
      program.add(own.map { ($0, 1) }, atMost: demand.kinds[variables[own[0]].kind].count)
    }
    for type in 0..<demand.typeCount {
      let terms = variables.indices.compactMap { variable in
        patterns[variable].uses.first { $0.type == type }.map { (variable: variable, factor: $0.count) }
      }
      addPoints(terms, kinds, limits: (0..<demand.pointCount).map { demand.supply[type * demand.pointCount + $0] })
    }
    for (uses, limit) in joints.limits {
      let terms = variables.indices.filter { uses.contains(patterns[$0].uses) }.map { (variable: $0, factor: 1.0) }
      addPoints(terms, kinds, limits: [Double](repeating: Double(limit), count: demand.pointCount))
    }
  }

  /// Variables by something that they have, in its order.
  func grouped<Key: Hashable & Comparable>(by key: (Variable) -> Key) -> [[Int]] {
    Dictionary(grouping: variables.indices) { key(variables[$0]) }.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A row for each point, but for those whose row follows from the next one's.
  private mutating func addPoints(_ terms: [LinearProgram.Term], _ kinds: [BoundDemand.Kind], limits: [Double]) {
    for point in limits.indices {
      let now = terms.filter { kinds[$0.variable].points.contains(point) }
      if now.isEmpty { continue }
      let ends = now.contains { kinds[$0.variable].points.upperBound == point + 1 }
      if ends || limits[point] != limits[point + 1] { program.add(now, atMost: limits[point]) }
    }
  }
}
