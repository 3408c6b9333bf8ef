import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import Foundation

/// How a command that threw ends: what is printed, where, and the exit code.
struct ExitReport {
  /// Lines for standard error; for help and version, the text for standard output.
  let text: String
  let status: Int32

  init(_ error: any Error) {
    let lines: String
    let ending: ExitStatus
    switch error {
    case let code as ExitCode:
      (text, status) = ("", code.rawValue)
      return
    case let problem as CommandProblem: (lines, ending) = (problem.description, problem.status)
    case let refusal as DeskError: (lines, ending) = (DeskRefusal.words(refusal), DeskRefusal.status(refusal))
    case let failure as StoreError:
      (lines, ending) = ("the database: \(failure)", failure.isStorageFailure ? .critical : .finding)
    case let failure as OpenDatabase.OpeningError: (lines, ending) = ("\(failure)", .critical)
    default: (lines, ending) = ExitReport.parsed(error)
    }
    (text, status) = (lines, ending.rawValue)
  }

  /// What the parser says: help and version end well, everything else is bad usage. Errors of other kinds, such as a
  /// configuration value that cannot be used, describe themselves.
  private static func parsed(_ error: any Error) -> (String, ExitStatus) {
    switch Headwaiter.exitCode(for: error) {
    case .success: (Headwaiter.fullMessage(for: error), .success)
    case .validationFailure: (ShownText.escapedLines(Headwaiter.fullMessage(for: error)), .badInput)
    default: (ShownText.escapedLines("\(error)"), .badInput)
    }
  }

  /// Prints and leaves the process.
  func end() -> Never {
    if !text.isEmpty {
      if status == 0 { try? Console.write(text + "\n") } else { Console.note(text) }
    }
    exit(status)
  }
}
