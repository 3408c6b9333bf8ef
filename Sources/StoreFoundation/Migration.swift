import BookingDomain

/// One step of the schema. Steps are only ever added, never edited: a recorded checksum that differs stops the start.
public struct Migration: Sendable, Hashable {
  /// From 1, without gaps.
  public let number: Int
  public let name: String
  package let sql: String

  /// The newest migration that a program must know to work on a database that has this one, where several programs
  /// share one. 7, the first schema, unless a step changes what older programs rely on.
  package let needs: Int

  package init(number: Int, name: String, sql: String, needs: Int = 7) {
    self.number = number
    self.needs = needs
    self.name = name
    self.sql = sql
  }

  /// FNV-1a of the SQL, hexadecimal; guards against edits, not against attackers.
  public var checksum: String {
    let digits = String(FNV1a.hash(of: sql), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
