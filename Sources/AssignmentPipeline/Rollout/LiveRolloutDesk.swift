public import AssignmentStore
import BookingDomain
public import Rollout

/// The rollout on a store: every change is read, decided by ``RolloutMachine``, and stored under the revision that was read.
public struct LiveRolloutDesk: RolloutDesk {
  private let ledger: DeskLedger
  private let reporter: RolloutReporter
  private let clerk: RolloutClerk

  public init(environment: PipelineEnvironment) {
    ledger = DeskLedger(environment: environment)
    reporter = RolloutReporter(environment: environment)
    clerk = RolloutClerk(environment: environment)
  }

  public func report(_ caller: Caller) async throws(DeskError) -> RolloutReport {
    try check(caller, RolloutRoles.readers)
    return try await ledger.read { _ async throws(StoreError) in try await reporter.report() }
  }

  public func history(limit: Int, _ caller: Caller) async throws(DeskError) -> [RolloutRecord] {
    try check(caller, RolloutRoles.readers)
    return try await ledger.read { store async throws(StoreError) in
      try await store.rolloutRecords(of: [], limit: limit, latest: true)
    }
  }

  public func perform(
    _ command: RolloutCommand, _ request: RolloutRequest
  ) async throws(DeskError) -> RolloutReport {
    try check(request.caller, RolloutRoles.may(command))
    switch command {
    case .arrived, .drill:
      throw .invalid(field: "command", message: "is the program's own", allowed: "another command")
    case .signOff where request.caller.id == Caller.local().id: throw .rollout(.signOffNeedsKey)
    default: break
    }
    return try await change(request) { turn async throws(RolloutFailure) in
      try await clerk.write(command, by: RolloutActor(request.caller), turn, start: request.start)
    }
  }

  /// Enters the phase that is being entered, if every live instance has its flags, and ends a drill that is over; the
  /// keepers of instances do the same.
  public func settle(_ caller: Caller) async throws(DeskError) -> StoredRollout {
    await clerk.settle()
    return try await stored(caller)
  }

  public func stored(_ caller: Caller) async throws(DeskError) -> StoredRollout {
    try check(caller, RolloutRoles.readers)
    return try await ledger.read { store async throws(StoreError) in try await store.rollout() }
  }

  public func drill(_ request: RolloutRequest) async throws(DeskError) -> RolloutReport {
    try check(request.caller, RolloutRoles.movers)
    return try await change(request) { turn async throws(RolloutFailure) in
      try clerk.startDrill(by: RolloutActor(request.caller), turn)
    }
  }

  public func replacePlan(
    _ plan: RolloutPlan, reason: String, _ request: RolloutRequest
  ) async throws(DeskError) -> RolloutReport {
    try check(request.caller, RolloutRoles.movers)
    let reason = try FlagReason.checked(reason)
    return try await change(request) { turn async throws(RolloutFailure) in
      try clerk.replacePlan(plan, reason: reason, by: RolloutActor(request.caller), turn)
    }
  }

  /// A key of some restaurants only has no say in what is everybody's.
  private func check(_ caller: Caller, _ roles: Set<Role>) throws(DeskError) {
    guard caller.restaurants.isEmpty else { throw .notFound(kind: "rollout", id: "rollout") }
    guard roles.contains(caller.role) else { throw .forbidden(caller.role, allowed: roles) }
  }

  /// Reads, decides, stores; once more when another writer was quicker, unless the caller named a revision.
  private func change(
    _ request: RolloutRequest,
    _ decide: (RolloutClerk.Turn) async throws(RolloutFailure) -> RolloutWrite
  ) async throws(DeskError) -> RolloutReport {
    var tries = 0
    while true {
      tries += 1
      let turn = try await ledger.read { _ async throws(StoreError) in try await clerk.turn() }
      if let expected = request.expectedRevision, expected != turn.stored.revision {
        throw .staleRollout(revision: turn.stored.revision)
      }
      do throws(RolloutFailure) {
        let write = try await decide(turn)
        do { try await clerk.store(write, after: turn) } catch { throw .store(error) }
        await clerk.settle()
        do { return try await reporter.report() } catch { throw .store(error) }
      } catch {
        guard case .store(.staleRollout) = error, request.expectedRevision == nil, tries < DeskLedger.tries else {
          throw deskError(error)
        }
      }
    }
  }

  private func deskError(_ failure: RolloutFailure) -> DeskError {
    switch failure {
    case .refused(let refusal): .rollout(refusal)
    case .store(.staleRollout): .unavailable(retryAfter: .seconds(1))
    case .store(let error): ledger.refusal(error)
    }
  }
}

/// Why a change of the rollout was not made.
enum RolloutFailure: Error {
  case refused(RolloutRefusal)
  case store(StoreError)
}
