import AssignmentStore
import BookingDomain
import Rollout

/// What happened, from the rollout's records, the scenario's faults, and what the people saw.
struct RehearsalTimeline {
  let records: [RolloutRecord]
  let gates: GateDiary
  let faults: FaultDiary
  let scenario: RehearsalScenario

  /// In order of time.
  var moments: [RehearsalMoment] {
    // Of what happens at the same time a fault comes first.
    let all =
      faults.spans.sorted { $0.key < $1.key }.flatMap(moments) + records.compactMap(moment) + gates.entries.map(moment)
    return all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  private func moment(_ record: RolloutRecord) -> RehearsalMoment? {
    guard let kind = Self.kind(record.kind) else { return nil }
    let text: String
    switch record.kind {
    case .drill: text = record.content.drill.map { "recovered in \(Shown.number($0.recoverySeconds, .seconds))" } ?? ""
    case .incident: text = record.content.level?.rawValue ?? ""
    default: text = record.content.finding.map { "\($0.rule.rawValue): \($0.sentence)" } ?? record.content.text ?? ""
    }
    return RehearsalMoment(at: record.at, kind: kind, phase: record.phase, text: text)
  }

  private static func kind(_ kind: RolloutRecord.Kind) -> RehearsalMoment.Kind? {
    switch kind {
    case .entered: .entered
    case .held: .held
    case .resumed: .resumed
    case .drill: .drill
    case .incident: .incident
    case .rolledBack: .rolledBack
    case .restaurantOut: .restaurantOut
    case .aborted: .aborted
    default: nil
    }
  }

  private func moment(_ entry: GateDiary.Entry) -> RehearsalMoment {
    return RehearsalMoment(
      at: entry.since, kind: .gate, phase: entry.phase,
      text: "\(entry.criterion): \(entry.verdict.words), seen \(entry.looks) times: \(entry.sentence)")
  }

  private func moments(_ index: Int, _ span: (from: Timestamp, until: Timestamp?)) -> [RehearsalMoment] {
    let fault = scenario.faults[index]
    var moments = [RehearsalMoment(at: span.from, kind: .faultBegan, phase: nil, text: fault.words)]
    if let until = span.until, until > span.from {
      moments.append(RehearsalMoment(at: until, kind: .faultEnded, phase: nil, text: fault.words))
    }
    return moments
  }
}

extension RehearsalFault {
  /// In words.
  var words: String {
    let share = percent < 100 ? "\(Shown.number(percent, .percent)) of the bookings" : "every booking"
    let place = restaurants.map { $0 == 1 ? " in one restaurant" : " in \($0) restaurants" } ?? ""
    switch kind {
    case .slowPlanner: return "V3's planner takes \(milliseconds) ms longer for \(share)\(place)"
    case .worsePlanner: return "V3's planner proposes nothing for \(share)\(place)"
    case .failingPlanner: return "V3's planner fails for \(share)\(place)"
    case .storageAway: return "storage is away"
    case .incident: return "an incident \(level.rawValue)"
    }
  }
}
