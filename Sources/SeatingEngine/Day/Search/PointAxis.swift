import BookingDomain

/// The starts of a day, in order: the points at which windows are compared.
struct PointAxis: Sendable {
  /// The first start of each point.
  private let starts: [Timestamp]
  /// Some points stand for several starts.
  let isMerged: Bool

  /// - Parameters:
  ///   - windows: of the bookings that could be seated.
  ///   - limit: with more starts than this, neighbours share a point; windows then seem longer, never shorter.
  init(windows: [TimeWindow], claims: [SnapshotClaim], limit: Int) {
    let first = windows.map(\.start).min() ?? Timestamp(seconds: 0)
    var all = Set(windows.map(\.start))
    for claim in claims { all.insert(max(claim.window.start, first)) }
    let sorted = all.sorted()
    let step = 1 + max(0, sorted.count - 1) / limit
    isMerged = step > 1
    starts = stride(from: 0, to: sorted.count, by: step).map { sorted[$0] }
  }

  var count: Int { starts.count }

  /// The points that a window touches.
  func points(of window: TimeWindow) -> Range<Int> {
    if window.end <= window.start { return 0..<0 }
    let first = max(0, starts.partitioningIndex { $0 > window.start } - 1)
    return first..<max(first, starts.partitioningIndex { $0 >= window.end })
  }
}
