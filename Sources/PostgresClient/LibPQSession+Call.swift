import CLibPQ

extension LibPQSession {
  /// One call, from a look at the connection to the judgement of what is left of it.
  func call(_ batch: Batch) -> Reply {
    guard isAlive() else { return .failure(.connection(Self.closedText), .stale, wasSent: false) }
    guard !interrupt.isCancelled else { return .failure(.cancelled, state, wasSent: false) }
    var watch = CallWatch(timeout: batch.timeout ?? statementTimeout)
    var answers = Answers()
    do throws(CallEnd) {
      try forgetStatementsIfNeeded(&watch)
      try run(batch, &answers, &watch)
      if answers.hasStalePlan { try runAgain(batch, &answers, &watch) }
      return reply(to: batch, answers, watch)
    } catch {
      return reply(to: batch, answers, end: error, watch)
    }
  }

  private var state: Reply.ConnectionState {
    guard isOpen else { return .unusable }
    return isIdle ? .idle : .inTransaction
  }

  private func run(_ batch: Batch, _ answers: inout Answers, _ watch: inout CallWatch) throws(CallEnd) {
    watch.isSent = false
    switch batch.body {
    case .script(let sql): try runScript(sql, &answers, &watch)
    case .statements(let statements): try runPipeline(statements, in: batch, &answers, &watch)
    }
    guard batch.isWhole, batch.after != nil, !isIdle else { return }
    // The error took the COMMIT with it.
    var answersToRollback = Answers()
    try runPipeline([PostgresStatement("ROLLBACK")], in: .rollback, &answersToRollback, &watch)
  }

  /// Once more with statements prepared anew; nothing has happened yet. Within a transaction that goes on, it is too late.
  private func runAgain(_ batch: Batch, _ answers: inout Answers, _ watch: inout CallWatch) throws(CallEnd) {
    cache.markStale()
    guard batch.isWhole, isIdle, watch.stop == nil else { return }
    answers.reset()
    try forgetStatementsIfNeeded(&watch)
    try run(batch, &answers, &watch)
  }

  private func forgetStatementsIfNeeded(_ watch: inout CallWatch) throws(CallEnd) {
    guard cache.mustForget, isIdle else { return }
    var answers = Answers()
    try run(.forgetStatements, &answers, &watch)
    guard answers.error == nil else { throw .lost("the server does not forget its prepared statements") }
    cache.forgetAll()
  }

  private func reply(to batch: Batch, _ answers: Answers, _ watch: CallWatch) -> Reply {
    guard let error = answers.error else {
      guard !batch.isWhole || isIdle else {
        return .failure(.connection("the statements left a transaction open"), .unusable)
      }
      // A request to cancel that came too late must not hit the next call.
      return Reply(outcome: .success(answers.results), state: watch.stop == nil ? state : .unusable)
    }
    if answers.isFatal { return Reply(outcome: .failure(lost(error, batch, watch)), state: .unusable) }
    guard !batch.isWhole || isIdle else { return Reply(outcome: .failure(error), state: .unusable) }
    guard let stop = watch.stop else { return Reply(outcome: .failure(error), state: state) }
    let isOver = error.sqlState == Self.cancelledState && stop.request.isOver(by: stop.until)
    return Reply(outcome: .failure(stopped(error, stop.reason)), state: isOver ? state : .unusable)
  }

  private func reply(to batch: Batch, _ answers: Answers, end: CallEnd, _ watch: CallWatch) -> Reply {
    let isUnknown = batch.commits && watch.isSent
    switch end {
    case .refused(let error): return Reply(outcome: .failure(error), state: state, wasSent: false)
    case .abandoned(let reason):
      return Reply(outcome: .failure(PostgresError(reason.kind, outcomeUnknown: isUnknown)), state: .unusable)
    case .lost(let text):
      // What the server said before says more.
      guard let error = answers.error else {
        return Reply(outcome: .failure(PostgresError(.connection(text), outcomeUnknown: isUnknown)), state: .unusable)
      }
      let known = answers.isFatal ? lost(error, batch, watch) : stopped(error, watch.stop?.reason)
      return Reply(outcome: .failure(known), state: .unusable)
    }
  }

  private static let closedText = "the server has closed the connection"

  /// query_canceled
  private static let cancelledState = "57014"

  /// An error that the request to cancel has brought about is told by its reason.
  private func stopped(_ error: PostgresError, _ reason: StopReason?) -> PostgresError {
    guard let reason, error.sqlState == Self.cancelledState else { return error }
    return PostgresError(reason.kind, statementIndex: error.statementIndex)
  }

  /// The server ended the connection. If it said that it does so on command (57P01 and its like), the transaction was
  /// rolled back; a proxy that says it lost the server does not know.
  private func lost(_ error: PostgresError, _ batch: Batch, _ watch: CallWatch) -> PostgresError {
    let isUnknown = batch.commits && watch.isSent
    guard let message = error.serverMessage else { return PostgresError(error.kind, outcomeUnknown: isUnknown) }
    return PostgresError(
      .connection(message.description), statementIndex: error.statementIndex,
      outcomeUnknown: isUnknown && !message.sqlState.hasPrefix("57P"))
  }
}
