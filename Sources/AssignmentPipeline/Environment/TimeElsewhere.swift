import Resilience

/// Time that a call spends with a planner: its storage breaker must not take that for slow storage.
final class TimeElsewhere: Sendable {
  /// That of the call that the present task makes.
  @TaskLocal static var current: TimeElsewhere?

  private let sum = Locked(Duration.zero)

  var total: Duration { sum.withLock { $0 } }

  func add(_ time: Duration) { sum.withLock { $0 += time } }
}
