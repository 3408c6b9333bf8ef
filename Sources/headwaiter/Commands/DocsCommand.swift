import ArgumentParser
import BookingDomain

/// `headwaiter docs`: what the documentation takes from the code.
struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Print what the documentation takes from the code.", shouldDisplay: false,
    subcommands: [StateMachineDiagram.self, MetricsTable.self])
}

/// `headwaiter docs state-machine`: the transition table as a Mermaid diagram.
struct StateMachineDiagram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state-machine", abstract: "Print the transition table as a Mermaid state diagram.")

  func run() throws { try Console.write(StateMachineDiagram.mermaid) }

  static var mermaid: String {
    let arrows = TransitionTable.rules.map { rule in
      let causes = rule.causes.map(\.rawValue).joined(separator: ", ")
      let label = rule.actor.rawValue + (causes.isEmpty ? "" : " (\(causes))")
      return "  \(rule.from.rawValue) --> \(rule.to.rawValue): \(label)\n"
    }
    return "stateDiagram-v2\n  [*] --> \(AssignmentState.created.rawValue)\n" + arrows.joined()
  }
}
