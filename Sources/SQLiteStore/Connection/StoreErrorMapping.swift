import AssignmentStore
import GRDB

extension StoreError {
  /// What a database error means to the code above; its text names tables and columns, never data.
  init(mapping error: any Error) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self = StoreError(database: error)
    default: self = .invalid("unexpected \(type(of: error))")
    }
  }

  private init(database error: DatabaseError) {
    switch error.resultCode {
    case .SQLITE_CONSTRAINT: self = StoreError(constraint: error)
    case .SQLITE_FULL: self = .unavailable("disk full")
    case .SQLITE_IOERR: self = .unavailable("disk error")
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .unavailable("database busy")
    case .SQLITE_READONLY: self = .unavailable("database is read-only")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .unavailable("database is damaged")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .unavailable("database cannot be opened")
    case .SQLITE_NOMEM: self = .unavailable("out of memory")
    case .SQLITE_ABORT, .SQLITE_INTERRUPT, .SQLITE_PROTOCOL, .SQLITE_MISUSE:
      self = .unavailable("connection is closed")
    default: self = .invalid("SQLite code \(error.extendedResultCode.rawValue)")
    }
  }

  private init(constraint error: DatabaseError) {
    let message = error.message ?? "constraint"
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID,
      .SQLITE_CONSTRAINT_FOREIGNKEY:
      self = .constraint(message)
    default: self = .invalid(message)
    }
  }
}

extension DatabaseError {
  /// Whether a trigger refused a claim because the table is taken.
  var isTakenTable: Bool {
    extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER && message == "table is taken"
  }
}
