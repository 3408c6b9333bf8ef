import GRDB

/// Numbers that only rise.
struct Counters {
  let session: Session

  /// The next fencing token, higher than any before it.
  func nextToken() throws -> Int64 { try raise("fencing_token") }

  func flagsEpoch() throws -> Int64 {
    try session.first("SELECT value FROM counters WHERE name = 'flags_epoch'") { $0.int64(0) } ?? 0
  }

  func raiseFlagsEpoch() throws { _ = try raise("flags_epoch") }

  private func raise(_ name: String) throws -> Int64 {
    try session.first(
      "UPDATE counters SET value = value + 1 WHERE name = ? RETURNING value", [name.databaseValue]
    ) { $0.int64(0) } ?? 0
  }
}
