public import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// Sends a notice to the guest or the staff. Delivered at least once under one stable id (``Notice/id``), by which the
/// receiver drops repeats.
public protocol Notifier: Sendable {
  /// Names its circuit breaker.
  var name: String { get }
  func deliver(_ notice: Notice) async throws
}

/// Keeps the ids of what it was given; for demos, replays and tests, and until a real channel is set up.
public final class RecordingNotifier: Notifier {
  public let name = "recording"
  /// The newest so many are kept.
  public static let capacity = 10_000

  private let kept = Locked([Notice]())

  public init() {}

  public func deliver(_ notice: Notice) async throws {
    kept.withLock { kept in
      kept.append(notice)
      if kept.count > RecordingNotifier.capacity { kept.removeFirst(kept.count - RecordingNotifier.capacity) }
    }
  }

  /// What was delivered, oldest first.
  public var delivered: [Notice] { kept.withLock { $0 } }
}

/// Delivers notices whose time has come (product specification §4).
public struct NoticeDispatcher: MaintenanceService {
  public let name = "notice_dispatcher"
  public let environment: PipelineEnvironment
  public let interval = Duration.milliseconds(500)
  private static let batch = 100

  private let notifier: any Notifier
  private let patience: Duration

  /// - Parameter patience: a notifier that takes longer has failed, and is not waited for; 10 seconds.
  public init(environment: PipelineEnvironment, notifier: any Notifier, patience: Duration = .seconds(10)) {
    self.environment = environment
    self.notifier = notifier
    self.patience = patience
  }

  public func runOnce() async throws {
    var count = NoticeDispatcher.batch
    while count == NoticeDispatcher.batch {
      let notices = try await environment.store.claimNotices(
        owner: environment.instance, limit: NoticeDispatcher.batch, ttl: environment.settings.leaseTTL)
      for notice in notices { try await deliver(notice) }
      count = notices.count
    }
  }

  private func deliver(_ notice: Notice) async throws {
    let breaker = environment.breakers[.notifier(notifier.name)]
    switch breaker.admit() {
    case .rejected(let retryAfter):
      environment.metrics.delivery(.postponed)
      try await environment.store.postponeNotice(notice.id, after: retryAfter)
    case .admitted(let ticket):
      do {
        try await environment.faults.reach(.noticeDelivering)
        try await notifier.deliver(notice, within: patience)
        breaker.finish(ticket, failed: false)
      } catch {
        breaker.finish(ticket, failed: true)
        environment.metrics.delivery(.failed)
        environment.logger.warning(
          "\(notifier.name) failed: \(type(of: error))", metadata: notice.logged, source: "notices")
        let wait = environment.settings.backoff.delay(retries: notice.deliveries, random: environment.random())
        return try await environment.store.postponeNotice(notice.id, after: wait)
      }
      environment.metrics.delivery(.delivered)
      try await environment.faults.reach(.noticeDelivered)
      try await environment.store.markDelivered(notice.id)
    }
  }
}

extension Notice {
  /// What every log line about it carries.
  fileprivate var logged: Logger.Metadata {
    var metadata: Logger.Metadata = ["booking_id": "\(bookingID)", "notice_id": "\(id)"]
    if let trace { metadata["trace_id"] = "\(trace)" }
    return metadata
  }
}

/// A notifier has taken too long.
private struct NotifierTimeout: Error {}

extension Notifier {
  /// Delivers, and waits no longer than `limit`, even for a notifier that cannot be cancelled: it may still deliver then,
  /// under the same id.
  fileprivate func deliver(_ notice: Notice, within limit: Duration) async throws {
    let (outcomes, outcome) = AsyncStream.makeStream(
      of: Result<Void, any Error>.self, bufferingPolicy: .bufferingOldest(1))
    let delivery = Task {
      do { outcome.yield(.success(try await deliver(notice))) } catch { outcome.yield(.failure(error)) }
    }
    let timer = Task {
      try await Task.sleep(for: limit)
      outcome.yield(.failure(NotifierTimeout()))
    }
    defer {
      delivery.cancel()
      timer.cancel()
    }
    for await first in outcomes { return try first.get() }
    throw CancellationError()
  }
}
