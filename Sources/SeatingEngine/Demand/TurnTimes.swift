import BookingDomain

/// How long parties of each size block a table, buffers included.
struct TurnTimes: Sendable, Hashable {
  /// Minutes by party size; the last entry stands for all larger ones. Never empty.
  private let minutes: [Double]

  /// Turn bands that houses commonly use, for where there is no service period that says.
  static let usual = TurnTimes(bands: [(2, 90), (4, 105), (6, 120), (99, 140)], bufferMinutes: 0)

  init(period: ServicePeriod, buffers: Buffers) {
    let bands = period.turnBands.map { ($0.maxParty, $0.minutes) }
    self.init(bands: bands, bufferMinutes: buffers.beforeMinutes + buffers.afterMinutes)
  }

  private init(bands: [(maxParty: Int, minutes: Int)], bufferMinutes: Int) {
    var byParty: [Double] = []
    for party in 0...24 {
      let turn = bands.first(where: { party <= $0.maxParty })?.minutes ?? bands.last?.minutes ?? 90
      byParty.append(Double(max(15, turn + bufferMinutes)))
    }
    minutes = byParty
  }

  func minutes(party: Int) -> Double { minutes[min(max(party, 0), minutes.count - 1)] }
}
