import BookingDomain

/// Several restaurant files as one input: all of them are good, or none is used.
enum RestaurantInputs {
  /// - Throws: ``CommandProblem`` with every problem of every file, one a line.
  static func read(_ paths: [String]) throws(CommandProblem) -> [RestaurantInput] {
    var inputs: [RestaurantInput] = []
    var lines: [String] = []
    for path in paths {
      do {
        let input = try RestaurantInput(path: path)
        if let other = inputs.first(where: { $0.restaurant.id == input.restaurant.id }) {
          lines.append(
            "\(ShownText.escaped(path)): /id: \"\(input.restaurant.id)\" is the id in \(ShownText.escaped(other.path)) too; "
              + "allowed: one file for each restaurant")
        }
        inputs.append(input)
      } catch {
        lines += ShownText.escapedLines("\(error)").split(separator: "\n").map(String.init)
      }
    }
    guard lines.isEmpty else { throw CommandProblem(lines: lines) }
    return inputs
  }
}
