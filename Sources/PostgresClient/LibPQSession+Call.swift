import CLibPQ

extension LibPQSession {
  /// One call, from checking the connection to judging what is left of it.
  func call(_ batch: Batch) -> Reply {
    guard isAlive() else {
      return Reply(
        outcome: .failure(PostgresError(.connection("the server has closed the connection"))), isUsable: false,
        wasStale: true)
    }
    if interrupt.isCancelled { return Reply(outcome: .failure(PostgresError(.cancelled)), isUsable: true) }
    var watch = CallWatch(timeout: batch.timeout ?? statementTimeout)
    do throws(CallEnd) {
      try forgetStatementsIfNeeded(&watch)
      var answers = try run(batch, &watch)
      if answers.hasStalePlan {
        cache.markStale()
        if batch.isWhole, isIdle, watch.stop == nil {
          try forgetStatementsIfNeeded(&watch)
          watch.isSent = false
          answers = try run(batch, &watch)
        }
      }
      return reply(to: batch, answers, watch)
    } catch {
      return reply(to: batch, end: error, watch)
    }
  }

  private func run(_ batch: Batch, _ watch: inout CallWatch) throws(CallEnd) -> Answers {
    switch batch.body {
    case .script(let sql): return try runScript(sql, &watch)
    case .statements(let statements):
      let answers = try runPipeline(statements, batch: batch, &watch)
      guard batch.isWhole, batch.before != nil, !isIdle, isOpen, !answers.isFatal else { return answers }
      // The error took the COMMIT with it.
      var rollback = CallWatch(timeout: CallWatch.grace)
      _ = try runPipeline([PostgresStatement("ROLLBACK")], batch: .rollback, &rollback)
      return answers
    }
  }

  private func forgetStatementsIfNeeded(_ watch: inout CallWatch) throws(CallEnd) {
    guard cache.mustForget, isIdle else { return }
    let answers = try runPipeline([PostgresStatement("DEALLOCATE ALL")], batch: .rollback, &watch)
    if answers.error == nil { cache.forgetAll() }
    watch.isSent = false
  }

  private func reply(to batch: Batch, _ answers: Answers, _ watch: CallWatch) -> Reply {
    guard let error = answers.error else {
      // A cancellation that came too late may still be under way: it must not hit the next call.
      if batch.isWhole, !isIdle {
        return Reply(
          outcome: .failure(PostgresError(.connection("the statements left a transaction open"))), isUsable: false)
      }
      return Reply(outcome: .success(answers.results), isUsable: watch.stop == nil)
    }
    if answers.isFatal || !isOpen { return Reply(outcome: .failure(lost(error, batch, watch)), isUsable: false) }
    guard let stop = watch.stop else {
      return Reply(outcome: .failure(error), isUsable: !batch.isWhole || isIdle)
    }
    guard error.sqlState == "57014" else { return Reply(outcome: .failure(error), isUsable: false) }
    return Reply(
      outcome: .failure(PostgresError(stop.reason.kind, statementIndex: error.statementIndex)),
      isUsable: stop.request.isOver(by: stop.until) && (!batch.isWhole || isIdle))
  }

  private func reply(to batch: Batch, end: CallEnd, _ watch: CallWatch) -> Reply {
    let isUnknown = batch.commits && watch.isSent
    let kind: PostgresError.Kind =
      switch end {
      case .lost(let text): .connection(text)
      case .abandoned(let reason): reason.kind
      }
    return Reply(outcome: .failure(PostgresError(kind, outcomeUnknown: isUnknown)), isUsable: false)
  }

  /// The server ended the connection. If it said that it does so on command (57P01 and its like), the transaction was
  /// rolled back; a proxy that says it lost the server does not know.
  private func lost(_ error: PostgresError, _ batch: Batch, _ watch: CallWatch) -> PostgresError {
    guard let message = error.serverMessage else {
      return PostgresError(error.kind, outcomeUnknown: batch.commits && watch.isSent)
    }
    return PostgresError(
      .connection("\(message)"), statementIndex: error.statementIndex,
      outcomeUnknown: batch.commits && watch.isSent && !message.sqlState.hasPrefix("57P"))
  }
}
