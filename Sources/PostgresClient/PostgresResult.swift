import CLibPQ

/// The rows of one statement, in binary, as libpq holds them; read where they are, freed with the last reference.
public final class PostgresResult: RandomAccessCollection, @unchecked Sendable {
  // Nothing writes to a result after it was received, so any thread may read it.
  let handle: OpaquePointer

  public let startIndex = 0
  public let endIndex: Int
  public let columnCount: Int

  /// Takes over the result.
  init(_ handle: OpaquePointer) {
    self.handle = handle
    endIndex = Int(PQntuples(handle))
    columnCount = Int(PQnfields(handle))
  }

  deinit { PQclear(handle) }

  public subscript(position: Int) -> PostgresRow {
    precondition(indices.contains(position), "row \(position) of \(count)")
    return PostgresRow(result: self, index: Int32(position))
  }

  /// How many rows an INSERT, UPDATE, DELETE or MERGE changed or a SELECT returned; 0 for other statements.
  public var affectedRows: Int {
    withExtendedLifetime(self) { Int(String(cString: PQcmdTuples(handle))) ?? 0 }
  }

  /// - Precondition: the column exists.
  public func columnName(_ column: Int) -> String {
    withExtendedLifetime(self) {
      guard let name = PQfname(handle, Int32(clamping: column)) else { preconditionFailure("no column \(column)") }
      return String(cString: name)
    }
  }

  /// What was done, as the server says it: "COMMIT", for example.
  var commandTag: String { withExtendedLifetime(self) { String(cString: PQcmdStatus(handle)) } }
}
