import ArgumentParser
import BookingDomain

/// Finds misspelt commands and options, of which the parser says less than it could.
enum CommandNames {
  /// The parser calls a misspelt command an unexpected argument.
  /// - Throws: ``CommandProblem`` with a suggestion if the first argument is no command.
  static func check(_ arguments: [String], of root: any ParsableCommand.Type) throws(CommandProblem) {
    guard arguments.count > 1, !arguments[1].hasPrefix("-") else { return }
    let names = subcommands(of: root).map { $0._commandName } + ["help"]
    guard !names.contains(arguments[1]) else { return }
    throw CommandProblem(
      "headwaiter: there is no command '\(ShownText.escaped(arguments[1]))'"
        + "\(hint(arguments[1], in: names)). See 'headwaiter --help'.")
  }

  /// The parser names what is missing before what is misspelt, and so hides why it is missing.
  /// - Returns: the first option of a call that the parser refused which its command does not have; nil if there is none.
  static func unknownOption(_ arguments: [String], of root: any ParsableCommand.Type) -> CommandProblem? {
    var command = root
    var path = ["headwaiter"]
    var rest = arguments.dropFirst()
    while let name = rest.first, let next = subcommands(of: command).first(where: { $0._commandName == name }) {
      (command, rest) = (next, rest.dropFirst())
      path.append(name)
    }
    let known = options(of: command)
    let given = rest.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
    let names = given.map { String($0.prefix { $0 != "=" }) }
    guard let name = names.first(where: { !known.contains($0) }) else { return nil }
    return CommandProblem(
      "\(path.joined(separator: " ")): there is no option '\(ShownText.escaped(name))'"
        + "\(hint(name, in: known.sorted())). See '\(path.joined(separator: " ")) --help'.")
  }

  private static func subcommands(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    let configuration = command.configuration
    return configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
  }

  /// Read from the help: the parser has no list of them for others. The default subcommand's are its command's too.
  private static func options(of command: any ParsableCommand.Type) -> Set<String> {
    var text = Headwaiter.helpMessage(for: command, includeHidden: true)
    if let standard = command.configuration.defaultSubcommand { text += Headwaiter.helpMessage(for: standard) }
    return Set(text.matches(of: /--[a-z][a-z0-9-]*/).map { String($0.output) })
  }

  private static func hint(_ name: String, in names: [String]) -> String {
    Spelling.closest(to: name, in: names).map { "; did you mean '\($0)'" } ?? ""
  }
}
