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

  public init(environment: PipelineEnvironment, notifier: any Notifier) {
    self.environment = environment
    self.notifier = notifier
  }

  public func runOnce() async throws {
    var count = NoticeDispatcher.batch
    while count == NoticeDispatcher.batch {
      let notices = try await environment.store.claimNotices(
        owner: environment.instance, limit: NoticeDispatcher.batch, ttl: .seconds(30))
      for notice in notices { try await deliver(notice) }
      count = notices.count
    }
  }

  private func deliver(_ notice: Notice) async throws {
    let breaker = environment.breakers[.notifier(notifier.name)]
    switch breaker.admit() {
    case .rejected(let retryAfter):
      try await environment.store.postponeNotice(notice.id, after: retryAfter)
    case .admitted(let ticket):
      do {
        try await environment.faults.reach(.noticeDelivering)
        try await notifier.deliver(notice)
        breaker.finish(ticket, failed: false)
      } catch {
        breaker.finish(ticket, failed: true)
        environment.logger.warning(
          "[notices] \(notifier.name) failed: \(type(of: error))", metadata: ["notice": "\(notice.id)"])
        let wait = environment.settings.backoff.delay(retries: notice.deliveries, random: environment.random())
        return try await environment.store.postponeNotice(notice.id, after: wait)
      }
      try await environment.faults.reach(.noticeDelivered)
      try await environment.store.markDelivered(notice.id)
    }
  }
}
