/// Waiting that has an end.
enum Patience {
  /// What comes of `work`, or nil when the time is up first. Then it goes on by itself: a call that hangs, cancelled or not,
  /// must not hold the answer up.
  static func answer<Value: Sendable>(
    within limit: Duration, to work: @escaping @Sendable () async throws -> Value
  ) async -> Result<Value, any Error>? {
    let (answers, answer) = AsyncStream.makeStream(
      of: Result<Value, any Error>?.self, bufferingPolicy: .bufferingOldest(1))
    Task {
      do { answer.yield(.success(try await work())) } catch { answer.yield(.failure(error)) }
    }
    let timer = Task {
      try await Task.sleep(for: limit)
      answer.yield(nil)
    }
    defer { timer.cancel() }
    for await first in answers { return first }
    return nil
  }
}
