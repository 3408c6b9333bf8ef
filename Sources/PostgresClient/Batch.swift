/// What one call sends in one round trip.
struct Batch: Sendable {
  enum Body: Sendable {
    case statements([PostgresStatement])
    /// Several statements in one text, by the simple protocol.
    case script(String)
  }

  var before: PostgresStatement?
  var body: Body
  var after: PostgresStatement?
  /// Its transaction begins and ends with it: after a failure nothing is left of it, and it may be sent again.
  var isWhole: Bool
  /// If the connection is lost after all was sent, it may have happened.
  var commits: Bool
  /// Instead of the configured statement time-out.
  var timeout: Duration?

  /// One implicit transaction.
  static func whole(_ statements: [PostgresStatement]) -> Batch {
    Batch(body: .statements(statements), isWhole: true, commits: true)
  }

  static func snapshot(_ statements: [PostgresStatement]) -> Batch {
    Batch(
      before: PostgresStatement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), body: .statements(statements),
      after: PostgresStatement("COMMIT"), isWhole: true, commits: false)
  }

  static func script(_ sql: String, timeout: Duration?) -> Batch {
    Batch(body: .script(sql), isWhole: true, commits: true, timeout: timeout)
  }

  /// Part of a transaction.
  static func part(_ statements: [PostgresStatement], beginning begin: PostgresStatement?) -> Batch {
    Batch(before: begin, body: .statements(statements), isWhole: false, commits: false)
  }

  static let commit = Batch(body: .statements([PostgresStatement("COMMIT")]), isWhole: false, commits: true)
  static let rollback = Batch(body: .statements([PostgresStatement("ROLLBACK")]), isWhole: false, commits: false)
  static let forgetStatements = Batch(
    body: .statements([PostgresStatement("DEALLOCATE ALL")]), isWhole: true, commits: false)
}
