import AssignmentStore
import BookingDomain
import Rehearsal
import Rollout

/// Rehearsals for programs.
enum RehearsalJSON {
  static func text(_ results: [RehearsalResult]) -> String {
    String(decoding: JSONWriter.write(.members([("rehearsals", JSONTree(.array(results.map(tree))))])), as: UTF8.self)
  }

  private static func tree(_ result: RehearsalResult) -> JSONTree {
    .members(
      [
        ("scenario", .string(result.scenario.name)), ("seed", JSONTree(.number("\(result.seed)"))),
        ("restaurants", .number(result.restaurants)),
        ("began_at", .string(result.beganAt.description)), ("ended_at", .string(result.endedAt.description)),
        ("phase_reached", text(result.furthestPhase)), ("phase", text(result.phase)),
        ("status", .string(result.status)), ("caught_by", .string(result.caughtBy.name)), ("caught", caught(result)),
        ("rules_fired", JSONTree(.array(result.fired.map { .string($0.rawValue) }))),
        ("false_alarms", .number(result.falseAlarms)), ("invariant_violations", .number(result.invariants.total)),
        ("as_expected", JSONTree(.bool(result.isAsExpected))),
        ("unexpected", JSONTree(.array(result.unexpected.map(JSONTree.string)))),
      ] + tally(result.tally) + [
        ("gate", JSONTree(.array(result.lastGate.map(criterion)))),
        ("timeline", JSONTree(.array(result.moments.map(moment)))),
      ])
  }

  private static func tally(_ tally: RehearsalTally) -> [(String, JSONTree)] {
    [
      ("guests", .number(tally.asked)), ("bookings", .number(tally.booked)), ("confirmed", .number(tally.confirmed)),
      ("manual_review", .number(tally.manualReview)), ("failed", .number(tally.failed)),
      ("unfinished", .number(tally.unfinished)), ("asked_again", .number(tally.askedAgain)),
      ("refused", .number(tally.refused)), ("by_v3", .number(tally.byV3)), ("affected", .number(tally.affected)),
      ("affected_by_v3", .number(tally.affectedByV3)),
    ]
  }

  private static func caught(_ result: RehearsalResult) -> JSONTree {
    guard let caught = result.caught else { return JSONTree(.null) }
    return .members([
      ("at", .string(caught.at.description)),
      ("after_seconds", .number(caught.after.inMilliseconds / 1_000, decimals: 1)),
      ("bookings", .number(caught.bookings)), ("bookings_by_v3", .number(caught.bookingsByV3)),
    ])
  }

  private static func criterion(_ result: CriterionResult) -> JSONTree {
    .members([
      ("criterion", .string(result.name)), ("verdict", .string(result.verdict.rawValue)),
      ("value", number(result.value)), ("sample", .number(result.sample)), ("bound", number(result.bound)),
      ("limit", number(result.limit)), ("sentence", .string(result.sentence)),
    ])
  }

  private static func moment(_ moment: RehearsalMoment) -> JSONTree {
    .members([
      ("at", .string(moment.at.description)), ("kind", .string(moment.kind.rawValue)), ("phase", text(moment.phase)),
      ("text", .string(moment.text)),
    ])
  }

  private static func text(_ text: String?) -> JSONTree { text.map(JSONTree.string) ?? JSONTree(.null) }

  private static func number(_ value: Double?) -> JSONTree { value.map { .number($0, decimals: 4) } ?? JSONTree(.null) }
}
