import ArgumentParser

/// What the exit code says.
enum ExitStatus: Int32, Sendable {
  case success = 0
  /// The command did its work and found something that a person should look at.
  case finding = 1
  /// Bad usage or bad input; nothing was done.
  case badInput = 2
  case critical = 3
}

extension ExitCode {
  /// To be thrown once everything has been printed.
  init(_ status: ExitStatus) { self.init(status.rawValue) }
}
