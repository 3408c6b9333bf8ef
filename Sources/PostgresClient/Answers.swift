import CLibPQ

/// What the server has answered so far to what one call sent.
struct Answers {
  var results: [PostgresResult] = []
  /// The first error; what follows it was not run.
  private(set) var error: PostgresError?
  /// The server ended the connection with the error.
  private(set) var isFatal = false
  /// A prepared statement does not suit any more, or is gone. It had no effect.
  private(set) var hasStalePlan = false

  mutating func note(_ result: PostgresResult, at index: Int?) {
    guard error == nil, result.status != PGRES_PIPELINE_ABORTED else { return }
    guard let message = result.serverMessage else {
      error = PostgresError(.connection(result.errorText), statementIndex: index)
      isFatal = true
      return
    }
    error = PostgresError(.server(message), statementIndex: index)
    isFatal = result.isFatal
    hasStalePlan = result.isStalePlan
  }

  /// Before the call is sent again.
  mutating func reset() { self = Answers() }
}
