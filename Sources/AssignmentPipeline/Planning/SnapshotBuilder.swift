public import AssignmentStore
public import BookingDomain
import Resilience
public import SeatingEngine

/// Reads what the engine must know of a restaurant around a booking's window.
public struct SnapshotBuilder: Sendable {
  /// What happens further away than this from the window does not touch the answer's quality; 4 hours.
  public static let reachMinutes = 240

  private let store: any BookingReading & ClaimReading
  private let clock: any WallClock
  private let past: Locked<[RestaurantID: (at: Timestamp, success: PastSuccess)]>

  public init(store: any BookingReading & ClaimReading, clock: any WallClock) {
    self.store = store
    self.clock = clock
    past = Locked([:])
  }

  /// A snapshot with its holds told apart.
  public struct Reading: Sendable {
    public let snapshot: AvailabilitySnapshot
    public let claims: [Claim]

    /// The same floor were all live holds gone.
    public var withoutHolds: AvailabilitySnapshot {
      AvailabilitySnapshot(
        floor: snapshot.floor, span: snapshot.span, claims: claims.filter { $0.kind != .hold }.map(\.seen),
        waiting: snapshot.waiting, pastSuccess: snapshot.pastSuccess)
    }

    /// When the first of the live holds ends.
    public var firstHoldEnd: Timestamp? { claims.compactMap(\.expiresAt).min() }
  }

  /// - Parameters:
  ///   - booking: left out, with its claims: they never stand in its own way.
  public func read(
    _ context: RestaurantContext, around window: TimeWindow, excluding booking: BookingID?
  ) async throws(StoreError) -> Reading {
    let reach = SnapshotBuilder.reachMinutes
    let span = window.widened(beforeMinutes: reach, afterMinutes: reach)
    let state = try await store.floorState(context.restaurant.id, span: span)
    let claims = booking == nil ? state.claims : state.claims.filter { $0.bookingID != booking }
    let waiting = state.waiting.filter { $0.bookingID != booking }
      .map { WaitingParty(party: $0.party, block: $0.block) }
    let snapshot = AvailabilitySnapshot(
      floor: context.floor, span: span, claims: claims.map(\.seen), waiting: waiting,
      pastSuccess: try await pastSuccess(context.restaurant.id))
    return Reading(snapshot: snapshot, claims: claims)
  }

  /// What succeeded in the last 7 days; read once a minute.
  private func pastSuccess(_ id: RestaurantID) async throws(StoreError) -> PastSuccess {
    let now = clock.now()
    if let known = past.withLock({ $0[id] }), now.since(known.at) < .seconds(60) { return known.success }
    let rows = try await store.pastSuccess(id, since: now.adding(.seconds(-7 * 86_400)))
    let success = PastSuccess(
      seatings: rows.map { PastSuccess.Seating(party: $0.party, tables: $0.tables, times: $0.count) })
    past.withLock { past in
      if past.count >= RestaurantCache.capacity { past.removeAll() }
      past[id] = (now, success)
    }
    return success
  }
}

extension Claim {
  /// The claim as the engine sees it.
  var seen: SnapshotClaim { SnapshotClaim(table: table, window: window, bookingID: bookingID) }
}
