import CLibPQ

extension LibPQSession {
  /// Runs several statements in one text. The server makes them one transaction unless they say otherwise.
  func runScript(_ sql: String, _ watch: inout CallWatch) throws(CallEnd) -> Answers {
    guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, sql) == 1 else { throw .lost(errorText) }
    var answers = Answers()
    while true {
      try awaitResult(&watch)
      guard let result = PQgetResult(handle).map(PostgresResult.init) else { break }
      switch PQresultStatus(result.handle) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: continue
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw .lost("COPY is not supported")
      default: answers.note(result, at: nil)
      }
      guard isOpen else { break }
    }
    if isOpen, PQenterPipelineMode(handle) != 1 { throw .lost(errorText) }
    return answers
  }
}
