import CLibPQ

extension LibPQSession {
  /// What is sent, in the order of its answers.
  private enum Step {
    case prepare(Int)
    case run(Int)
    case sync
  }

  /// What has come back so far.
  struct Answers {
    var results: [PostgresResult] = []
    var error: PostgresError?
    var isFatal = false
    /// The server's plan does not suit any more; without effect so far.
    var hasStalePlan = false
  }

  /// Sends statements in one go and reads their results. The first error ends them all.
  func runPipeline(_ statements: [PostgresStatement], batch: Batch, _ watch: inout CallWatch) throws(CallEnd) -> Answers {
    var all = statements
    if let before = batch.before { all.insert(before, at: 0) }
    if let after = batch.after { all.append(after) }
    parameters.reset()
    do throws(PostgresError) {
      for (position, statement) in all.enumerated() {
        do throws(PostgresError) {
          try parameters.append(statement.values)
        } catch {
          throw PostgresError(error.kind, statementIndex: position - (batch.before == nil ? 0 : 1))
        }
      }
    } catch {
      return Answers(error: error)
    }
    let steps = try send(all)
    let first = batch.before == nil ? 0 : 1
    return try read(steps, userStatements: first..<first + statements.count, &watch)
  }

  private func send(_ statements: [PostgresStatement]) throws(CallEnd) -> [Step] {
    var steps: [Step] = []
    steps.reserveCapacity(statements.count + 1)
    let names = statements.indices.map { position in name(statements[position], at: position) }
    let isAccepted = parameters.withArguments { arguments in
      for (position, statement) in statements.enumerated() {
        let sent = send(statement, as: names[position], arguments(position), position: position, &steps)
        guard sent else { return false }
      }
      steps.append(.sync)
      return PQpipelineSync(handle) == 1
    }
    guard isAccepted else { throw .lost(errorText) }
    return steps
  }

  private func name(_ statement: PostgresStatement, at position: Int) -> StatementCache.Lookup {
    guard preparesStatements else { return .full }
    return cache.lookup(sql: statement.sql, types: parameters.types(of: position)) { statement.values[$0].isNull }
  }

  private func send(
    _ statement: PostgresStatement, as lookup: StatementCache.Lookup, _ arguments: ParameterBuffer.Arguments,
    position: Int, _ steps: inout [Step]
  ) -> Bool {
    switch lookup {
    case .new(let name, let types):
      guard PQsendPrepare(handle, name, statement.sql, Int32(types.count), types) == 1 else { return false }
      steps.append(.prepare(position))
      steps.append(.run(position))
      return sendPrepared(name, arguments)
    case .prepared(let name):
      steps.append(.run(position))
      return sendPrepared(name, arguments)
    case .full:
      steps.append(.run(position))
      return PQsendQueryParams(
        handle, statement.sql, arguments.count, arguments.types, arguments.values, arguments.lengths, arguments.formats,
        1) == 1
    }
  }

  private func sendPrepared(_ name: String, _ arguments: ParameterBuffer.Arguments) -> Bool {
    PQsendQueryPrepared(
      handle, name, arguments.count, arguments.values, arguments.lengths, arguments.formats, 1) == 1
  }

  private func read(
    _ steps: [Step], userStatements: Range<Int>, _ watch: inout CallWatch
  ) throws(CallEnd) -> Answers {
    var answers = Answers()
    var next = 0
    var emptyAnswers = 0
    while next < steps.count {
      try awaitResult(&watch)
      // Each statement's results end with an empty one.
      guard let result = PQgetResult(handle) else {
        emptyAnswers += 1
        guard emptyAnswers < 3 else { throw .lost(isOpen ? "libpq lost count of its answers" : errorText) }
        continue
      }
      emptyAnswers = 0
      if take(PostgresResult(result), for: steps[next], userStatements, &answers) { next += 1 }
      guard isOpen else { break }
    }
    return answers
  }

  /// - Returns: whether this was the step's answer.
  private func take(_ result: PostgresResult, for step: Step, _ userStatements: Range<Int>, _ answers: inout Answers) -> Bool {
    let status = PQresultStatus(result.handle)
    switch (step, status) {
    case (.sync, PGRES_PIPELINE_SYNC): return true
    case (.sync, _):
      answers.note(result, at: nil)
      return false
    case (.prepare, PGRES_COMMAND_OK): cache.settle(prepared: true)
    case (.prepare(let position), _):
      cache.settle(prepared: false)
      answers.note(result, at: userStatements.index(position))
    case (.run(let position), PGRES_TUPLES_OK), (.run(let position), PGRES_COMMAND_OK), (.run(let position), PGRES_EMPTY_QUERY):
      if userStatements.contains(position) { answers.results.append(result) }
    case (.run(let position), _): answers.note(result, at: userStatements.index(position))
    }
    return true
  }
}

extension LibPQSession.Answers {
  /// Remembers the first error; what follows was not run.
  mutating func note(_ result: PostgresResult, at index: Int?) {
    guard error == nil, PQresultStatus(result.handle) != PGRES_PIPELINE_ABORTED else { return }
    guard let message = result.serverMessage else {
      error = PostgresError(.connection(result.errorText), statementIndex: index)
      isFatal = true
      return
    }
    error = PostgresError(.server(message), statementIndex: index)
    isFatal = result.isFatal
    hasStalePlan = result.isStalePlan
  }
}

extension Range<Int> {
  fileprivate func index(_ position: Int) -> Int? { contains(position) ? position - lowerBound : nil }
}

extension PostgresValue {
  fileprivate var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }
}
