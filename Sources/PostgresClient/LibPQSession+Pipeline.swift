import CLibPQ

/// What a pipeline sends, in the order of its answers. Statements are numbered from 0, with those that begin and end the
/// transaction.
private enum PipelineStep {
  case prepare(Int)
  case run(Int)
  case sync
}

extension LibPQSession {
  /// Sends statements in one go, unprepared ones with their preparation, and reads the answers. The first error ends them all.
  func runPipeline(
    _ statements: [PostgresStatement], in batch: Batch, _ answers: inout Answers, _ watch: inout CallWatch
  ) throws(CallEnd) {
    let all = [batch.before].compactMap(\.self) + statements + [batch.after].compactMap(\.self)
    let first = batch.before == nil ? 0 : 1
    parameters.reset()
    for (position, statement) in all.enumerated() {
      do throws(PostgresError) {
        try parameters.append(statement.values)
      } catch {
        throw .refused(PostgresError(error.kind, statementIndex: position - first))
      }
    }
    let steps = try send(all)
    try read(steps, of: first..<first + statements.count, &answers, &watch)
  }

  private func send(_ statements: [PostgresStatement]) throws(CallEnd) -> [PipelineStep] {
    let names = statements.indices.map { name(statements[$0], at: $0) }
    var steps: [PipelineStep] = []
    steps.reserveCapacity(statements.count + 1)
    let isAccepted = parameters.withArguments { arguments in
      for (position, statement) in statements.enumerated() {
        if case .new(let name, let types) = names[position] {
          guard PQsendPrepare(handle, name, statement.sql, Int32(types.count), types) == 1 else { return false }
          steps.append(.prepare(position))
        }
        guard send(statement, names[position], arguments(position)) else { return false }
        steps.append(.run(position))
      }
      steps.append(.sync)
      return PQpipelineSync(handle) == 1
    }
    guard isAccepted else { throw .lost(errorText) }
    return steps
  }

  private func name(_ statement: PostgresStatement, at position: Int) -> StatementCache.Lookup {
    guard preparesStatements else { return .full }
    return cache.lookup(sql: statement.sql, types: parameters.types(of: position)) { statement.values[$0] == .null }
  }

  private func send(
    _ statement: PostgresStatement, _ lookup: StatementCache.Lookup, _ arguments: ParameterBuffer.Arguments
  ) -> Bool {
    switch lookup {
    case .prepared(let name), .new(let name, _):
      PQsendQueryPrepared(
        handle, name, arguments.count, arguments.values, arguments.lengths, arguments.formats, 1) == 1
    case .full:
      PQsendQueryParams(
        handle, statement.sql, arguments.count, arguments.types, arguments.values, arguments.lengths,
        arguments.formats, 1) == 1
    }
  }

  private func read(
    _ steps: [PipelineStep], of statements: Range<Int>, _ answers: inout Answers, _ watch: inout CallWatch
  ) throws(CallEnd) {
    var next = 0
    var emptyAnswers = 0
    while next < steps.count {
      try awaitResult(&watch)
      // Nothing, once, closes a statement's results; more often only if libpq has nothing left to give.
      guard let result = PQgetResult(handle).map(PostgresResult.init) else {
        emptyAnswers += 1
        guard emptyAnswers < 3 else { throw .lost(errorText) }
        continue
      }
      emptyAnswers = 0
      if try take(result, for: steps[next], of: statements, &answers) { next += 1 }
      guard isOpen else { throw .lost(errorText) }
    }
  }

  /// - Returns: whether this was the step's answer.
  private func take(
    _ result: PostgresResult, for step: PipelineStep, of statements: Range<Int>, _ answers: inout Answers
  ) throws(CallEnd) -> Bool {
    let status = result.status
    if status.isCopy { throw .lost(Self.copyText) }
    switch step {
    case .sync:
      // The commit happens here, and may fail.
      guard status != PGRES_PIPELINE_SYNC else { return true }
      answers.note(result, at: nil)
      return false
    case .prepare(let position):
      cache.settle(prepared: status == PGRES_COMMAND_OK)
      if status != PGRES_COMMAND_OK { answers.note(result, at: statements.number(of: position)) }
    case .run(let position):
      guard status.isSuccess else {
        answers.note(result, at: statements.number(of: position))
        return true
      }
      if statements.contains(position) { answers.results.append(result) }
    }
    return true
  }
}

extension Range<Int> {
  fileprivate func number(of position: Int) -> Int? { contains(position) ? position - lowerBound : nil }
}
