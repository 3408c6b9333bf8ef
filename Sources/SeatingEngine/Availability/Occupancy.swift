public import BookingDomain

/// Which tables are taken when, as bitsets: for each slot of time a row of bits over the tables.
///
/// Exact to the minute: slots are five minutes long while every claim begins and ends on a multiple of five, and are
/// made one minute long by the first claim that does not. Parts of a minute are rounded outwards. Windows are half-open
/// and clipped to the span.
public struct Occupancy: Sendable {
  /// The span of time that is kept, rounded outwards to whole slots.
  public let span: TimeWindow
  let tableCount: Int
  /// 64-bit words in a row.
  let words: Int
  private(set) var grid: SlotGrid
  /// `rows[slot * words + table / 64]`, bit `table % 64`: the table is taken in that slot.
  private(set) var rows: [UInt64]
  /// `lanes[table * laneWords + slot / 64]`, bit `slot % 64`: the same, by table.
  private(set) var lanes: [UInt64]
  private(set) var laneWords: Int
  /// Every claim, so that one of two that overlap can be removed, and slots can be made finer.
  private var claims: [Claim] = []

  /// Longer claims are taken for blocks, not parties.
  private static let longestPartyMinutes = 360

  private struct Claim: Sendable, Equatable {
    var table: Int32
    /// Minutes since the beginning of the span.
    var minutes: Range<Int32>
  }

  public init(floor: CompiledFloor, span: TimeWindow) {
    self.init(tableCount: floor.tables.count, span: span)
  }

  init(tableCount: Int, span: TimeWindow) {
    self.tableCount = tableCount
    words = max(1, (tableCount + 63) / 64)
    grid = SlotGrid(span: span, slotMinutes: 5)
    self.span = grid.span
    rows = [UInt64](repeating: 0, count: grid.slotCount * words)
    laneWords = max(1, (grid.slotCount + 63) / 64)
    lanes = [UInt64](repeating: 0, count: tableCount * laneWords)
  }

  /// Marks tables (positions in ``CompiledFloor/tables``) as taken in `window`.
  public mutating func insert(tables: some Sequence<Int>, window: TimeWindow) {
    for table in tables { insert(table: table, window: window) }
  }

  /// Marks a table as taken in `window`. Claims may overlap.
  public mutating func insert(table: Int, window: TimeWindow) {
    guard let minutes = grid.minutes(of: window) else { return }
    if !grid.isAligned(minutes) { refine() }
    claims.append(Claim(table: Int32(table), minutes: minutes))
    noteStart(minutes)
    mark(table, minutes)
  }

  /// Takes back one ``insert(table:window:)`` of the same table and window; does nothing if there was none.
  public mutating func remove(table: Int, window: TimeWindow) {
    guard let minutes = grid.minutes(of: window),
      let index = claims.lastIndex(of: Claim(table: Int32(table), minutes: minutes))
    else { return }
    claims.swapAt(index, claims.count - 1)
    claims.removeLast()
    clear(table, minutes)
    for claim in claims where Int(claim.table) == table && claim.minutes.overlaps(minutes) {
      mark(table, claim.minutes)
    }
    partyStarts = nil
    for claim in claims { noteStart(claim.minutes) }
  }

  public mutating func remove(tables: some Sequence<Int>, window: TimeWindow) {
    for table in tables { remove(table: table, window: window) }
  }

  /// Whether no claim on the table overlaps `window`.
  public func isFree(table: Int, window: TimeWindow) -> Bool {
    guard let minutes = grid.minutes(of: window) else { return true }
    let slots = grid.slots(minutes)
    let lane = table * laneWords
    for word in (slots.lowerBound / 64)...((slots.upperBound - 1) / 64) {
      if lanes[lane + word] & SlotGrid.mask(slots, word: word) != 0 { return false }
    }
    return true
  }

  /// The tables that are free in all of `window`, as bits.
  func freeTables(in window: TimeWindow) -> [UInt64] {
    var taken = [UInt64](repeating: 0, count: words)
    if let minutes = grid.minutes(of: window) {
      for slot in grid.slots(minutes) {
        for word in 0..<words { taken[word] |= rows[slot * words + word] }
      }
    }
    for word in 0..<words { taken[word] = ~taken[word] }
    if tableCount % 64 != 0 || tableCount == 0 { taken[words - 1] &= (1 << UInt64(tableCount % 64)) - 1 }
    return taken
  }

  /// When tables are taken, by their names: pairs of from and until, in minutes since the beginning of the span,
  /// ascending.
  func taken(by names: [String]) -> [String: [Int32]] {
    // Table, from and until in one number, so that sorting is cheap; a day has fewer than 2²⁰ minutes.
    var keys = claims.map { claim in
      UInt64(claim.table) << 40 | UInt64(claim.minutes.lowerBound) << 20 | UInt64(claim.minutes.upperBound)
    }
    keys.sort()
    var result: [String: [Int32]] = [:]
    var start = 0
    while start < keys.count {
      let table = keys[start] >> 40
      let end = keys[start...].firstIndex { $0 >> 40 != table } ?? keys.count
      result[names[Int(table)]] = keys[start..<end].flatMap { [Int32($0 >> 20 & 0xf_ffff), Int32($0 & 0xf_ffff)] }
      start = end
    }
    return result
  }

  /// Claims within the span.
  var claimCount: Int { claims.count }

  /// Earliest and latest beginning of a claim no longer than a party stays, in minutes since the beginning of the span;
  /// nil if there is none.
  private(set) var partyStarts: ClosedRange<Int32>?

  /// The minutes around `slots` in which `table`, free in them, is free without a break.
  func gap(around slots: Range<Int>, table: Int) -> Range<Int32> {
    let lane = table * laneWords
    var low = slots.lowerBound
    var word = low / 64
    var bits = lanes[lane + word] & ((1 << UInt64(low % 64)) - 1)
    while bits == 0 && word > 0 {
      word -= 1
      bits = lanes[lane + word]
    }
    low = bits == 0 ? 0 : word * 64 + 64 - bits.leadingZeroBitCount
    word = (slots.upperBound - 1) / 64
    bits = lanes[lane + word] & ~SlotGrid.mask(0..<slots.upperBound, word: word)
    while bits == 0 && word + 1 < laneWords {
      word += 1
      bits = lanes[lane + word]
    }
    let high = bits == 0 ? grid.slotCount : word * 64 + bits.trailingZeroBitCount
    return Int32(low) * grid.slotMinutes..<Int32(high) * grid.slotMinutes
  }

  private mutating func mark(_ table: Int, _ minutes: Range<Int32>) {
    let slots = grid.slots(minutes)
    let bit: UInt64 = 1 << UInt64(table % 64)
    for slot in slots {
      rows[slot * words + table / 64] |= bit
      lanes[table * laneWords + slot / 64] |= 1 << UInt64(slot % 64)
    }
  }

  private mutating func clear(_ table: Int, _ minutes: Range<Int32>) {
    let bit: UInt64 = 1 << UInt64(table % 64)
    for slot in grid.slots(minutes) {
      rows[slot * words + table / 64] &= ~bit
      lanes[table * laneWords + slot / 64] &= ~(1 << UInt64(slot % 64))
    }
  }

  private mutating func noteStart(_ minutes: Range<Int32>) {
    if minutes.count > Occupancy.longestPartyMinutes { return }
    let start = minutes.lowerBound
    partyStarts = partyStarts.map { min($0.lowerBound, start)...max($0.upperBound, start) } ?? start...start
  }

  /// Makes slots one minute long.
  private mutating func refine() {
    grid = SlotGrid(span: span, slotMinutes: 1)
    rows = [UInt64](repeating: 0, count: grid.slotCount * words)
    laneWords = max(1, (grid.slotCount + 63) / 64)
    lanes = [UInt64](repeating: 0, count: tableCount * laneWords)
    for claim in claims { mark(Int(claim.table), claim.minutes) }
  }
}
