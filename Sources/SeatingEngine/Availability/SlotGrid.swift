import BookingDomain

/// A span of time cut into slots of whole minutes.
struct SlotGrid: Sendable, Hashable {
  /// Whole slots, beginning on a multiple of five minutes.
  let span: TimeWindow
  let slotMinutes: Int32
  let minuteCount: Int32
  private let firstMinute: Int64

  init(span: TimeWindow, slotMinutes: Int32) {
    let first = (span.start.minutes - (span.start.minutes % 5 + 5) % 5)
    let last = max(first, span.end.ceiledToMinute.minutes)
    let count = (last - first + 4) / 5 * 5
    firstMinute = first
    minuteCount = Int32(count)
    self.slotMinutes = slotMinutes
    self.span = TimeWindow(start: Timestamp(seconds: first * 60), end: Timestamp(seconds: (first + count) * 60))
  }

  var slotCount: Int { Int(minuteCount / slotMinutes) }

  /// Minutes since the beginning of the span, rounded outwards and clipped; nil for what is empty or outside the span.
  func minutes(of window: TimeWindow) -> Range<Int32>? {
    let lower = max(0, window.start.minutes - firstMinute)
    let upper = min(Int64(minuteCount), window.end.ceiledToMinute.minutes - firstMinute)
    return lower < upper && window.start < window.end ? Int32(lower)..<Int32(upper) : nil
  }

  func isAligned(_ minutes: Range<Int32>) -> Bool {
    minutes.lowerBound % slotMinutes == 0 && minutes.upperBound % slotMinutes == 0
  }

  /// The slots that these minutes touch. Exact for any minutes as long as all claims are aligned: each slot is then
  /// either all free or all taken.
  func slots(_ minutes: Range<Int32>) -> Range<Int> {
    Int(minutes.lowerBound / slotMinutes)..<Int((minutes.upperBound + slotMinutes - 1) / slotMinutes)
  }

  /// The bits of `slots` that lie in a 64-bit word of slots.
  static func mask(_ slots: Range<Int>, word: Int) -> UInt64 {
    let low = max(slots.lowerBound - word * 64, 0)
    let high = min(slots.upperBound - word * 64, 64)
    guard low < high else { return 0 }
    let upTo: UInt64 = high == 64 ? ~0 : (1 << UInt64(high)) - 1
    return upTo & ~((1 << UInt64(low)) - 1)
  }
}
