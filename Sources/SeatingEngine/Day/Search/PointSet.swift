/// A set of points of a day, for example those that a booking's window contains.
///
/// Two half-open windows overlap exactly if one contains the other's start, so that it is enough to look at the starts
/// of a day's bookings: few points, and a window is a row of them.
protocol PointSet: Sendable, BitwiseCopyable {
  /// How many points there may be.
  static var capacity: Int { get }

  init()
  init(_ points: Range<Int>)

  var isEmpty: Bool { get }
  /// The lowest point; meaningless for an empty set.
  var first: Int { get }

  func overlaps(_ other: Self) -> Bool
  func intersection(_ other: Self) -> Self
  mutating func insert(_ other: Self)
  mutating func remove(_ other: Self)
}

/// Enough for a day of quarter hours, and quick.
extension UInt64: PointSet {
  static var capacity: Int { 64 }

  init() { self = 0 }
  init(_ points: Range<Int>) { self = SlotGrid.mask(points, word: 0) }

  var isEmpty: Bool { self == 0 }
  var first: Int { trailingZeroBitCount }

  func overlaps(_ other: UInt64) -> Bool { self & other != 0 }
  func intersection(_ other: UInt64) -> UInt64 { self & other }
  mutating func insert(_ other: UInt64) { self |= other }
  mutating func remove(_ other: UInt64) { self &= ~other }
}

/// For days with bookings at odd minutes.
struct LongPointSet: PointSet {
  private var words: SIMD16<UInt64>

  static var capacity: Int { 1_024 }

  init() { words = .zero }

  init(_ points: Range<Int>) {
    words = .zero
    for word in 0..<16 { words[word] = SlotGrid.mask(points, word: word) }
  }

  var isEmpty: Bool { words == .zero }

  var first: Int {
    for word in 0..<16 where words[word] != 0 { return word * 64 + words[word].trailingZeroBitCount }
    return LongPointSet.capacity
  }

  func overlaps(_ other: LongPointSet) -> Bool { words & other.words != .zero }

  func intersection(_ other: LongPointSet) -> LongPointSet {
    var common = self
    common.words &= other.words
    return common
  }

  mutating func insert(_ other: LongPointSet) { words |= other.words }
  mutating func remove(_ other: LongPointSet) { words &= ~other.words }
}
