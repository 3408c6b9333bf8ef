import ArgumentParser
import SeatingEngine

/// The modes of `plan`, those that come later among them.
enum PlanModeChoice: String, ExpressibleByArgument, CaseIterable {
  case online, reseat, day, legacy

  /// - Throws: ``CommandProblem`` for a mode that is not there yet.
  func engineMode() throws(CommandProblem) -> PlanMode {
    switch self {
    case .online: return .online
    case .legacy: return .legacy
    case .reseat:
      throw CommandProblem(
        "--mode reseat is not there yet; it will let the accepted change tables; there are: online, legacy")
    case .day:
      throw CommandProblem(
        "--mode day is not there yet; it will plan the whole day at once; there are: online, legacy")
    }
  }
}
