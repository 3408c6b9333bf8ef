/// A linear program: the most of an objective under rows `a · x ≤ b`, with no `x` below 0, solved by the simplex method
/// (G. B. Dantzig, "Linear Programming and Extensions", 1963) on a dense tableau.
///
/// Right-hand sides are raised by a hair, each by another, against cycling (A. Charnes, 1952): the optimum of that program
/// is a hair above the true one, never below.
struct LinearProgram {
  /// A term of a row: a variable and its factor.
  typealias Term = (variable: Int, factor: Double)

  let variableCount: Int
  private(set) var rowCount = 0
  /// Of the objective, at the present corner.
  private(set) var value = 0.0
  /// `cells[row * variableCount + column]`
  private var cells: [Double] = []
  private var right: [Double] = []
  /// What a column out of the basis would win.
  private var gains: [Double]
  /// The variable of each row, and of each column; from `variableCount` on slacks.
  private var basis: [Int] = []
  private var outside: [Int]

  /// What came of going to the best corner.
  enum Outcome {
    case best
    /// No corner keeps all rows.
    case impossible
    /// The budget is spent.
    case ended
  }

  /// How many numbers it has.
  var size: Int { rowCount * variableCount }

  private static let tiny = 1e-9
  private static let hair = 1e-7
  /// What is left of numbers that cancel out.
  private static let nothing = 1e-12

  /// - Parameter variables: how many.
  init(variables: Int) {
    variableCount = variables
    gains = [Double](repeating: 0, count: variables)
    outside = Array(0..<variables)
  }

  /// Adds `terms ≤ limit`, wherever the present corner is.
  mutating func add(_ terms: [Term], atMost limit: Double) {
    var row = [Double](repeating: 0, count: variableCount)
    var rest = limit + LinearProgram.hair * (1 + Double(rowCount * 7 % 11) / 11)
    var factors = [Double](repeating: 0, count: variableCount)
    for term in terms { factors[term.variable] += term.factor }
    for column in 0..<variableCount where outside[column] < variableCount { row[column] = factors[outside[column]] }
    for other in 0..<rowCount where basis[other] < variableCount {
      let factor = factors[basis[other]]
      if factor == 0 { continue }
      rest -= factor * right[other]
      for column in 0..<variableCount { row[column] -= factor * cells[other * variableCount + column] }
    }
    cells += row
    right.append(rest)
    basis.append(variableCount + rowCount)
    rowCount += 1
  }

  /// Sets what is to be made the most of.
  mutating func maximise(_ terms: [Term]) {
    var factors = [Double](repeating: 0, count: variableCount)
    for term in terms { factors[term.variable] += term.factor }
    gains = outside.map { $0 < variableCount ? factors[$0] : 0 }
    value = 0
    for row in 0..<rowCount where basis[row] < variableCount {
      let factor = factors[basis[row]]
      if factor == 0 { continue }
      value += factor * right[row]
      for column in 0..<variableCount { gains[column] -= factor * cells[row * variableCount + column] }
    }
  }

  /// The variables at the present corner.
  var values: [Double] {
    var values = [Double](repeating: 0, count: variableCount)
    for row in 0..<rowCount where basis[row] < variableCount { values[basis[row]] = right[row] }
    return values
  }

  /// Goes from a corner that keeps all rows to the best one.
  mutating func solve(budget: inout WorkBudget) -> Outcome {
    while !budget.isSpent {
      guard let column = gains.indices.max(by: { gains[$0] < gains[$1] }), gains[column] > LinearProgram.tiny else {
        return .best
      }
      var best: (row: Int, ratio: Double)?
      for row in 0..<rowCount {
        let cell = cells[row * variableCount + column]
        if cell > LinearProgram.tiny, right[row] / cell < best?.ratio ?? .infinity { best = (row, right[row] / cell) }
      }
      // Without a row there is no end to it, which no day has: each kind has a row.
      guard let best else { return .impossible }
      budget.spend(pivot(best.row, column))
    }
    return .ended
  }

  /// Goes from a corner that was best before rows were added to the best one.
  mutating func repair(budget: inout WorkBudget) -> Outcome {
    while !budget.isSpent {
      guard let row = right.indices.min(by: { right[$0] < right[$1] }), right[row] < -LinearProgram.tiny else {
        return .best
      }
      var best: (column: Int, ratio: Double)?
      for column in 0..<variableCount {
        let cell = cells[row * variableCount + column]
        if cell < -LinearProgram.tiny, gains[column] / cell < best?.ratio ?? .infinity {
          best = (column, gains[column] / cell)
        }
      }
      guard let best else { return .impossible }
      budget.spend(pivot(row, best.column))
    }
    return .ended
  }

  /// Brings a column into the basis in place of a row.
  /// - Returns: how many numbers were looked at.
  private mutating func pivot(_ row: Int, _ column: Int) -> Int {
    let count = variableCount
    let inverse = 1 / cells[row * count + column]
    var source = Array(cells[row * count..<(row + 1) * count])
    for place in 0..<count {
      source[place] *= inverse
      if source[place].magnitude < LinearProgram.nothing { source[place] = 0 }
    }
    source[column] = 0
    right[row] *= inverse
    var touched = rowCount
    cells.withUnsafeMutableBufferPointer { cells in
      for other in 0..<rowCount where other != row {
        let line = UnsafeMutableBufferPointer(rebasing: cells[other * count..<(other + 1) * count])
        let factor = line[column]
        if factor == 0 { continue }
        LinearProgram.subtract(factor, of: source, from: line)
        line[column] = -factor * inverse
        right[other] -= factor * right[row]
        touched += count / 4
      }
    }
    let factor = gains[column]
    gains.withUnsafeMutableBufferPointer { LinearProgram.subtract(factor, of: source, from: $0) }
    gains[column] = -factor * inverse
    value += factor * right[row]
    source[column] = inverse
    cells.replaceSubrange(row * count..<(row + 1) * count, with: source)
    swap(&basis[row], &outside[column])
    return touched
  }

  /// Four numbers at a time.
  @inline(__always)
  private static func subtract(
    _ factor: Double, of source: [Double], from line: UnsafeMutableBufferPointer<Double>
  ) {
    source.withUnsafeBufferPointer { source in
      guard let from = source.baseAddress, let to = line.baseAddress else { return }
      for place in 0..<source.count { to[place] -= factor * from[place] }
    }
  }
}
