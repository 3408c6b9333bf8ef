import AssignmentStore
import BookingDomain

/// This machine's clock against the database's, which alone says when leases, holds and notices are due.
struct ClockCheck: Sendable {
  /// More apart is a finding.
  static let patience = Duration.seconds(2)
  private static let samples = 3

  let store: any StoreClock
  let clock: any WallClock

  func examine(_ address: DatabaseAddress) async throws -> Examination {
    if case .sqlite = address { return Examination("clock", .fine, "the database has this machine's") }
    var best: (offset: Duration, doubt: Duration)?
    for _ in 0..<Self.samples {
      let before = clock.now()
      let theirs = try await store.storeNow()
      let after = clock.now()
      let doubt = after.since(before) / 2
      let offset = theirs.since(before.adding(doubt))
      if doubt < best?.doubt ?? .seconds(86_400) { best = (offset, doubt) }
    }
    guard let best else { return Examination("clock", .skipped, "not compared") }
    return Self.judge(offset: best.offset, doubt: best.doubt)
  }

  /// - Parameter doubt: the offset may be as much more, or less.
  static func judge(offset: Duration, doubt: Duration) -> Examination {
    let distance = offset < .zero ? .zero - offset : offset
    let detail =
      distance <= max(doubt, .milliseconds(1))
      ? "the database's agrees with this machine's to within \(milliseconds(max(doubt, .milliseconds(1)))) ms"
      : "the database's is \(milliseconds(distance)) ms \(offset < .zero ? "behind" : "ahead of") this machine's, "
        + "give or take \(milliseconds(doubt)) ms"
    guard distance - doubt > patience else { return Examination("clock", .fine, detail) }
    return Examination(
      "clock", .finding, detail,
      advice: "set both by NTP (chrony, systemd-timesyncd): times in history, events and logs do not fit together")
  }

  private static func milliseconds(_ duration: Duration) -> Int { Int(duration.inMilliseconds.rounded(.up)) }
}
