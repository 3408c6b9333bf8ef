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
    let way = offset < .zero ? "behind" : "ahead of"
    let detail =
      "the database's is \(Int(distance.inMilliseconds)) ms \(way) this machine's (± \(Int(doubt.inMilliseconds)) ms)"
    guard distance - doubt > patience else { return Examination("clock", .fine, detail) }
    return Examination(
      "clock", .finding, detail,
      advice: "set both by NTP (chrony, systemd-timesyncd): times in history, events and logs do not fit together")
  }
}
