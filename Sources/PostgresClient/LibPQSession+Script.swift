import CLibPQ

extension LibPQSession {
  static let copyText = "COPY from or to the client is not supported"

  /// Runs several statements in one text. The server makes them one transaction unless they say otherwise.
  func runScript(_ sql: String, _ answers: inout Answers, _ watch: inout CallWatch) throws(CallEnd) {
    guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, sql) == 1 else { throw .lost(errorText) }
    while true {
      try awaitResult(&watch)
      guard let result = PQgetResult(handle).map(PostgresResult.init) else { break }
      if result.status.isCopy { throw .lost(Self.copyText) }
      if !result.status.isSuccess { answers.note(result, at: nil) }
      guard isOpen else { throw .lost(errorText) }
    }
    guard PQenterPipelineMode(handle) == 1 else { throw .lost(errorText) }
  }
}

extension ExecStatusType {
  var isSuccess: Bool { self == PGRES_TUPLES_OK || self == PGRES_COMMAND_OK || self == PGRES_EMPTY_QUERY }
  var isCopy: Bool { self == PGRES_COPY_IN || self == PGRES_COPY_OUT || self == PGRES_COPY_BOTH }
}
