import AssignmentStore
import BookingDomain
import Bootstrap

/// What V3 in shadow found, for people and for programs.
enum ShadowText {
  static func table(_ tally: ShadowTally) -> String {
    var table = TableText(.text("verdict"), .number("bookings"), .number("share %"), .number("noise"))
    for verdict in ShadowVerdict.allCases {
      let count = tally.verdicts[verdict] ?? 0
      let share = tally.compared == 0 ? 0 : (1_000 * Double(count) / Double(tally.compared)).rounded() / 10
      table.add(verdict.rawValue, "\(count)", "\(share)", "\(tally.noise[verdict] ?? 0)")
    }
    return "\nV3 in shadow: \(tally.compared) compared, \(tally.dropped) dropped, \(tally.unwritten) lost; "
      + "\(tally.late) confirmed by legacy later; noise: legacy against itself, \(tally.noiseSample) bookings\n"
      + table.render()
  }

  static func members(_ tally: ShadowTally) -> JSONTree {
    .members([
      ("compared", .number(tally.compared)), ("dropped", .number(tally.dropped)),
      ("unwritten", .number(tally.unwritten)), ("legacy_late", .number(tally.late)),
      ("verdicts", counts(tally.verdicts)), ("noise", counts(tally.noise)),
    ])
  }

  private static func counts(_ counts: [ShadowVerdict: Int]) -> JSONTree {
    .members(ShadowVerdict.allCases.map { ($0.rawValue, .number(counts[$0] ?? 0)) })
  }
}
