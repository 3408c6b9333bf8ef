public import BookingDomain
public import SeatingEngine

/// Named places where tests can kill the process, fail or delay.
public enum FaultPoint: String, Sendable, CaseIterable {
  case workerClaimed = "worker.claimed"
  case leaseAcquired = "coordinator.lease_acquired"
  case verified = "coordinator.verified"
  case permitTaken = "coordinator.permit_taken"
  case snapshotRead = "coordinator.snapshot_read"
  case planned = "coordinator.planned"
  case confirming = "coordinator.confirming"
  case confirmed = "coordinator.confirmed"
  case bookingStored = "desk.booking_stored"
  case noticeDelivering = "notices.delivering"
  case noticeDelivered = "notices.delivered"
}

/// A planner that is asked.
public struct PlannerCall: Sendable, Hashable {
  public var flow: AssignmentFlow
  public var restaurant: RestaurantID
  public var booking: BookingID
  /// Whether it only looks on.
  public var isShadow: Bool
  /// Nobody waits for it any longer.
  public var limit: Duration

  public init(
    flow: AssignmentFlow, restaurant: RestaurantID, booking: BookingID, isShadow: Bool = false, limit: Duration
  ) {
    self.flow = flow
    self.restaurant = restaurant
    self.booking = booking
    self.isShadow = isShadow
    self.limit = limit
  }
}

/// What happens at a fault point.
public protocol FaultPoints: Sendable {
  /// Returns at once, waits, throws, or does not return at all.
  func reach(_ point: FaultPoint) async throws
  /// What a planner is to have proposed instead of these plans. Called on the planner's own thread.
  func spoil(_ plans: [SeatingPlan], of call: PlannerCall) throws -> [SeatingPlan]
}

extension FaultPoints {
  public func spoil(_ plans: [SeatingPlan], of call: PlannerCall) throws -> [SeatingPlan] { plans }
}

/// Nothing ever happens.
public struct NoFaults: FaultPoints {
  public init() {}
  public func reach(_ point: FaultPoint) async throws {}
}
