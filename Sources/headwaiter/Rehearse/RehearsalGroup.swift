import BookingDomain
import Rehearsal

/// The rehearsals of one scenario as one line.
struct RehearsalGroup {
  let results: [RehearsalResult]

  /// In the order in which scenarios first come.
  static func groups(of results: [RehearsalResult]) -> [RehearsalGroup] {
    var names: [String] = []
    for result in results where !names.contains(result.scenario.name) { names.append(result.scenario.name) }
    return names.map { name in RehearsalGroup(results: results.filter { $0.scenario.name == name }) }
  }

  var cells: [String] {
    [
      results[0].scenario.name, "\(results.count)", counted(results.map { $0.furthestPhase ?? "none" }),
      counted(results.map { "\($0.status)\($0.phase.map { " \($0)" } ?? "")" }),
      counted(results.map { "\($0.caughtBy)" }), caught { span($0.map(\.bookings)) },
      caught { caught in
        let times = caught.map(\.after).sorted()
        guard let first = times.first, let last = times.last else { return "" }
        return first == last ? ElapsedText.text(first) : "\(ElapsedText.text(first)) to \(ElapsedText.text(last))"
      }, span(results.map(\.tally.affected)), "\(results.count(where: \.isAsExpected))",
    ]
  }

  private func caught(_ words: ([RehearsalResult.Caught]) -> String) -> String {
    let all = results.compactMap(\.caught)
    return all.isEmpty ? "" : words(all)
  }

  /// `a`, or `a 97, b 3`.
  private func counted(_ words: [String]) -> String {
    var counts: [String: Int] = [:]
    for word in words { counts[word, default: 0] += 1 }
    if counts.count == 1 { return words[0] }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
  }

  /// `5`, or from the least over the one in the middle to the most: `3/5/9`.
  private func span(_ numbers: [Int]) -> String {
    let sorted = numbers.sorted()
    guard let first = sorted.first, let last = sorted.last else { return "" }
    return first == last ? "\(first)" : "\(first)/\(sorted[sorted.count / 2])/\(last)"
  }
}
