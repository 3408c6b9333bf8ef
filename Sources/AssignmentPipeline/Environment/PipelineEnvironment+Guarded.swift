import BookingDomain
import Resilience
import SeatingEngine

extension PipelineEnvironment {
  /// Runs what asks a planner, once or often, within a time limit.
  /// - Parameter limit: that of the settings unless given.
  func compute<Value: Sendable>(
    for restaurant: RestaurantID, within limit: Duration? = nil, _ work: @escaping @Sendable () throws -> Value
  ) async -> PlanningAnswer<Value> {
    let begin = monotonic.now
    let answer = await planning.run(for: restaurant, within: limit ?? settings.planningLimit, work)
    TimeElsewhere.current?.add(begin.duration(to: monotonic.now))
    return answer
  }

  /// Makes a call behind the storage breaker; what the call spends with a planner is not storage's time.
  /// - Parameters:
  ///   - isSick: whether an error speaks of sick storage.
  ///   - isRoutine: for calls made all the time: their successes must not hide that others fail.
  func behindStorageBreaker<Value: Sendable, Failure: Error>(
    isSick: (Failure) -> Bool, isRoutine: Bool = false, _ call: () async throws(Failure) -> Value
  ) async -> StorageAnswer<Value, Failure> {
    let breaker = breakers[.storage]
    switch breaker.admit() {
    case .rejected(let retryAfter): return .isOpen(retryAfter: retryAfter)
    case .admitted(let ticket):
      let elsewhere = TimeElsewhere()
      let result = await TimeElsewhere.$current.withValue(elsewhere) { () async -> Result<Value, Failure> in
        do throws(Failure) { return .success(try await call()) } catch { return .failure(error) }
      }
      let failed = result.failure.map(isSick) ?? false
      if failed || ticket.isProbe || !isRoutine { breaker.finish(ticket, failed: failed, elsewhere: elsewhere.total) }
      return .answered(result)
    }
  }
}

/// What came of a call behind the storage breaker.
enum StorageAnswer<Value: Sendable, Failure: Error>: Sendable {
  case answered(Result<Value, Failure>)
  /// The breaker is open: the call was not made.
  case isOpen(retryAfter: Duration)
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
