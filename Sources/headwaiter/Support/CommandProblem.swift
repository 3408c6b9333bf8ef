/// Why a command cannot do its work: one line for each problem, for the person who called it.
struct CommandProblem: Error, CustomStringConvertible {
  var lines: [String]
  var status: ExitStatus

  init(_ lines: String..., status: ExitStatus = .badInput) { self.init(lines: lines, status: status) }

  init(lines: [String], status: ExitStatus = .badInput) {
    self.lines = lines
    self.status = status
  }

  var description: String { lines.joined(separator: "\n") }
}
