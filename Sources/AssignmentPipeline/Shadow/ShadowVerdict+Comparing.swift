import AssignmentStore
import BookingDomain

/// What a flow found on a snapshot, as far as the verdict is concerned.
enum ShadowFind: Sendable, Hashable {
  case tables([TableNumber], spareSeats: Int)
  case nothing
  /// It gave no answer that can be compared.
  case fault

  init(_ side: ShadowSide) {
    if let tables = side.tables { self = .tables(tables, spareSeats: side.spareSeats ?? 0) } else { self = .nothing }
  }
}

extension ShadowVerdict {
  /// Fewer spare seats are better, then fewer tables; the order in which tables are named does not matter.
  ///
  /// A fault of legacy is legacy's failure; one of V3 says nothing about V3's tables, and is an error of shadow.
  init(legacy: ShadowFind, v3: ShadowFind) {
    switch (legacy, v3) {
    case (_, .fault): self = .shadowError
    case (.tables(let mine, let mySpare), .tables(let others, let otherSpare)):
      let (my, other) = ((mySpare, mine.count), (otherSpare, others.count))
      if Set(mine) == Set(others) {
        self = .sameTables
      } else if my == other {
        self = .equivalent
      } else {
        self = other < my ? .v3Better : .legacyBetter
      }
    case (.tables, .nothing): self = .legacyOnly
    case (.nothing, .tables), (.fault, .tables): self = .v3Only
    case (.nothing, .nothing), (.fault, .nothing): self = .bothFailed
    }
  }
}

/// The bookings for which legacy also runs against itself.
enum NoiseSample {
  /// 5 of 100.
  static let percent: UInt64 = 5

  /// By the 64-bit FNV-1a hash of the id's bytes in UTF-8, its upper half folded into the lower one, modulo 100: the same
  /// on every machine and in every run.
  static func contains(_ id: BookingID) -> Bool {
    let hash = FNV1a.hash(of: id.rawValue)
    return (hash ^ (hash >> 32)) % 100 < percent
  }
}
