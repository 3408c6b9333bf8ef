import AssignmentStore

/// A write that waits for its turn, and whoever waits for it.
protocol PendingWrite: AnyObject, Sendable {
  /// Does the work and keeps its outcome.
  /// - Throws: what must roll the work back.
  func perform(in session: WriteSession) throws
  /// Tells the caller its outcome, or the failure of the whole transaction.
  func finish(transactionError: StoreError?)
}

/// Touched by the writer's queue only, once it has been handed over.
final class TypedPendingWrite<Value: Sendable>: PendingWrite, @unchecked Sendable {
  private let work: @Sendable (WriteSession) throws -> Value
  private let continuation: CheckedContinuation<Result<Value, StoreError>, Never>
  private var outcome: Result<Value, StoreError> = .failure(.unavailable("not written"))

  init(
    _ continuation: CheckedContinuation<Result<Value, StoreError>, Never>,
    work: @escaping @Sendable (WriteSession) throws -> Value
  ) {
    self.work = work
    self.continuation = continuation
  }

  func perform(in session: WriteSession) throws {
    do {
      outcome = .success(try work(session))
    } catch {
      outcome = .failure(StoreError(mapping: error))
      throw error
    }
  }

  func finish(transactionError: StoreError?) {
    continuation.resume(returning: transactionError.map { .failure($0) } ?? outcome)
  }
}
