import ArgumentParser
import SeatingEngine

/// The modes of `plan`.
enum PlanModeChoice: String, ExpressibleByArgument, CaseIterable {
  case online, reseat, day, legacy

  var engineMode: PlanMode {
    switch self {
    case .online: .online
    case .reseat: .reseat
    case .day: .day
    case .legacy: .legacy
    }
  }
}
