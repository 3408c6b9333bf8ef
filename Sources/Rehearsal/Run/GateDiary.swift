import AssignmentPipeline
import BookingDomain
import Rollout

/// What kept phases from being left, as the people saw it when they looked.
struct GateDiary {
  /// A criterion that did not pass, in a run.
  struct Entry {
    var run: Int
    var phase: String
    var criterion: String
    var verdict: CriterionVerdict
    var sentence: String
    var since: Timestamp
    var lastSeen: Timestamp
    /// How often it was seen.
    var looks = 1
  }

  /// In the order in which they were first seen.
  private(set) var entries: [Entry] = []
  /// The run that was looked at last, and when.
  private(set) var last: (run: Int, at: Timestamp)?
  /// All of its criteria.
  private(set) var lastGate: [CriterionResult] = []

  mutating func note(_ report: RolloutReport) {
    guard let run = report.run else { return }
    last = (run.number, report.at)
    lastGate = report.gate
    for case .criterion(let result) in report.missing { note(result, run, at: report.at) }
  }

  /// Criteria that did not pass when somebody looked last; those that fail come first.
  var open: [Entry] {
    guard let last else { return [] }
    let open = entries.filter { $0.run == last.run && $0.lastSeen == last.at }
    return open.filter { $0.verdict == .fail } + open.filter { $0.verdict != .fail }
  }

  private mutating func note(_ result: CriterionResult, _ run: PhaseRun, at time: Timestamp) {
    let known = entries.firstIndex {
      $0.run == run.number && $0.criterion == result.name && $0.verdict == result.verdict
    }
    guard let known else {
      entries.append(
        Entry(
          run: run.number, phase: run.phase, criterion: result.name, verdict: result.verdict,
          sentence: result.sentence, since: time, lastSeen: time))
      return
    }
    entries[known].lastSeen = time
    entries[known].sentence = result.sentence
    entries[known].looks += 1
  }
}
