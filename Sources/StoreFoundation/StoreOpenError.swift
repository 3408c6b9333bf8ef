public import BookingDomain

/// Why a database could not be opened; each says what to do.
public enum StoreOpenError: LoudError, Sendable, Hashable, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  /// An applied migration is not the one that this program knows.
  case checksumMismatch(number: Int, name: String)
  /// The database was migrated by a newer program.
  case newerSchema(number: Int, known: Int)

  public var loudness: ObservabilityEvent.Severity { .error }

  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open the database \(path): \(reason)"
    case .checksumMismatch(let number, let name):
      "migration \(number) (\(name)) was applied with other content than this program has; "
        + "use the program that made this database"
    case .newerSchema(let number, let known):
      "the database has migration \(number), this program knows \(known); use a newer program"
    }
  }
}
