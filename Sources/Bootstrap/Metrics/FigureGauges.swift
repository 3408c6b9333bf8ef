import AssignmentPipeline
import AssignmentStore
import BookingDomain
import CoreMetrics
import Logging
import Resilience

/// How things stand in the database, the same on every instance.
///
/// Read when metrics are asked for, but at most once in ``maxAge``, and waited for no longer than ``patience``: a database
/// that hangs must not hide the other metrics. Then the last figures stay, and their time tells how old they are.
final class FigureGauges: Sendable {
  static let maxAge = Duration.seconds(2)
  static let patience = Duration.seconds(1)

  private struct State {
    var isReading = false
    var readAt: ContinuousClock.Instant?
  }

  private let environment: PipelineEnvironment
  private let state = Locked(State())
  private let queue: GaugeFamily
  private let notices: GaugeFamily
  private let instances: GaugeFamily
  private let rollout: RolloutGauges
  private let single: [String: Meter]
  private let failures: Counter

  init(environment: PipelineEnvironment, factory: any MetricsFactory) {
    self.environment = environment
    queue = GaugeFamily(
      "headwaiter_queue_jobs", of: "state", ["ready", "running", "parked", "waiting"], factory: factory)
    notices = GaugeFamily("headwaiter_notices", of: "state", ["scheduled", "due"], factory: factory)
    instances = GaugeFamily("headwaiter_instances", of: "state", ["live", "draining", "silent"], factory: factory)
    rollout = RolloutGauges(factory: factory)
    single = Dictionary(
      uniqueKeysWithValues: [
        "queue_oldest_ready_age_seconds", "stuck_bookings", "permits_in_use", "review_bookings",
        "review_overdue_bookings", "review_urgent_bookings", "review_oldest_age_seconds",
        "notices_oldest_due_age_seconds", "outbox_lag_seconds", "figures_read_timestamp_seconds",
      ].map { ($0, Meter(label: "headwaiter_" + $0, factory: factory)) })
    failures = Counter(label: "headwaiter_figures_failures_total", factory: factory)
  }

  /// - Parameter told: the last message that live events have told; nil while nobody listens.
  func refresh(told: Int64?) async {
    guard begin() else { return }
    let (ends, end) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
    // No child tasks: a read that hangs must not hold the answer up.
    Task {
      await read(told: told)
      end.yield()
    }
    let timer = Task {
      try await Task.sleep(for: Self.patience)
      end.yield()
    }
    defer { timer.cancel() }
    for await _ in ends { return }
  }

  /// Whether it is time to read, and nobody does.
  private func begin() -> Bool {
    let now = environment.monotonic.now
    return state.withLock { state in
      if state.isReading { return false }
      if let readAt = state.readAt, readAt.duration(to: now) < Self.maxAge { return false }
      state.isReading = true
      return true
    }
  }

  private func read(told: Int64?) async {
    do throws(StoreError) {
      let figures = try await environment.store.operatingFigures(
        businessNow: environment.businessClock.now(for: nil), told: told)
      show(figures)
      rollout.show(try await environment.store.rollout())
      set("figures_read_timestamp_seconds", Double(environment.clock.now().microseconds) / 1_000_000)
      state.withLock { $0.readAt = environment.monotonic.now }
    } catch {
      failures.increment()
      environment.logger.warning("[metrics] cannot read figures: \(error)")
    }
    state.withLock { $0.isReading = false }
  }

  private func show(_ figures: OperatingFigures) {
    queue.set("ready", figures.queue.ready)
    queue.set("running", figures.queue.running)
    queue.set("parked", figures.queue.parked)
    queue.set("waiting", figures.queue.waiting)
    notices.set("scheduled", figures.notices.scheduled)
    notices.set("due", figures.notices.due)
    instances.set("live", figures.instances.live)
    instances.set("draining", figures.instances.draining)
    instances.set("silent", figures.instances.silent)
    set("stuck_bookings", Double(figures.stuck))
    set("permits_in_use", Double(figures.permits))
    set("review_bookings", Double(figures.review.waiting))
    set("review_overdue_bookings", Double(figures.review.overdue))
    set("review_urgent_bookings", Double(figures.review.urgent))
    set("review_oldest_age_seconds", figures.review.oldest)
    set("queue_oldest_ready_age_seconds", figures.queue.oldestReady)
    set("notices_oldest_due_age_seconds", figures.notices.oldestDue)
    set("outbox_lag_seconds", figures.outboxLag)
  }

  private func set(_ name: String, _ value: Double) { single[name]?.set(value) }

  /// No age is 0: nothing waits.
  private func set(_ name: String, _ age: Duration?) { set(name, max(0, (age ?? .zero).inSeconds)) }
}
