/// One behaviour that every database must show.
public struct ConformanceCheck: Sendable, CustomStringConvertible {
  public let name: String
  private let body: @Sendable (ConformanceBench) async throws -> Void

  init(_ name: String, _ body: @escaping @Sendable (ConformanceBench) async throws -> Void) {
    self.name = name
    self.body = body
  }

  /// - Throws: ``ConformanceViolation`` when the store behaves otherwise, or the error that it threw.
  public func run(on bench: ConformanceBench) async throws { try await body(bench) }

  public var description: String { name }
}

/// What a store did that it must not do.
public struct ConformanceViolation: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// All behaviours, written against the ports alone: each database runs every one of them on an empty store.
public enum StoreConformance {
  public static let checks: [ConformanceCheck] =
    claimChecks + holdChecks + bookingChecks + historyChecks + queryChecks + leaseChecks + permitChecks + jobChecks
    + deadlineChecks + turnChecks + noticeChecks + journalChecks + accessChecks + breakerChecks + groupChecks
    + maintenanceChecks + figureChecks + traceChecks + flagChecks + shadowChecks + rolloutChecks
    + dayPlanChecks + replanChecks
}
