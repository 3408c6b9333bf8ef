public import AssignmentStore
public import BookingDomain

/// Changes of bookings by guests, hosts and operators. Every method takes the booking's lease over and so aborts a worker.
public protocol BookingDesk: Sendable {
  /// Stores a new booking and its job. In `mandatory` restaurants it is seated at once or refused with 409.
  func create(_ new: NewBooking, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func change(
    _ id: BookingID, _ change: BookingChange, _ request: ChangeRequest
  ) async throws(DeskError) -> Booking
  /// Other tables for a confirmed booking, or tables chosen by hand for one that still waits.
  func move(
    _ id: BookingID, to tables: [TableNumber], _ request: ChangeRequest
  ) async throws(DeskError) -> Booking
  /// Two confirmed bookings exchange their tables. `request.expectedVersion` is the first one's.
  func swap(
    _ first: BookingID, _ second: BookingID, _ request: ChangeRequest
  ) async throws(DeskError) -> [Booking]
  /// Shortens the booking's own buffers, and its neighbours', until it fits on these tables; recorded.
  func squeeze(
    _ id: BookingID, onto tables: [TableNumber], _ request: ChangeRequest
  ) async throws(DeskError) -> Booking
  func pin(_ id: BookingID, _ pinned: Bool, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func cancel(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func seat(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func complete(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func noShow(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  /// A seated party stays 15 minutes longer, never past the next claim on its tables.
  func extend(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func undo(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func walkIn(_ new: NewWalkIn, _ request: ChangeRequest) async throws(DeskError) -> Booking
}

/// A guest's holds: 5 a caller.
public protocol HoldDesk: Sendable {
  func hold(_ new: HoldRequest, _ request: ChangeRequest) async throws(DeskError) -> Hold
  func read(_ id: String) async throws(DeskError) -> Hold
  func release(_ id: String, _ request: ChangeRequest) async throws(DeskError)
  /// Makes the booking; its tables are those held.
  func confirm(_ id: String, guest: Guest?, _ request: ChangeRequest) async throws(DeskError) -> Booking
}

/// The review queue.
public protocol ReviewDesk: Sendable {
  /// Most urgent first.
  func queue(
    _ restaurant: RestaurantID?, after: BookingID?, limit: Int, caller: Caller
  ) async throws(DeskError) -> [ReviewItem]
  /// One of them, whatever its place.
  func item(_ id: BookingID, caller: Caller) async throws(DeskError) -> ReviewItem
  func requeue(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  /// - Parameter moves: confirmed bookings that give up tables for it, in the same transaction.
  func forceConfirm(
    _ id: BookingID, tables: [TableNumber], moves: [RoomMove], _ request: ChangeRequest
  ) async throws(DeskError) -> Booking
  func decline(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  /// The house keeps the booking past its deadline.
  func keep(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
  func undo(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking
}

extension ReviewDesk {
  /// On tables that are free.
  public func forceConfirm(
    _ id: BookingID, tables: [TableNumber], _ request: ChangeRequest
  ) async throws(DeskError) -> Booking {
    try await forceConfirm(id, tables: tables, moves: [], request)
  }
}

/// What to do with future bookings that a floor edit or a block touches.
public enum AffectedPolicy: String, Sendable, Codable, CaseIterable {
  case refuse, review
}

/// Restaurants, floors and blocks.
public protocol FloorDesk: Sendable {
  /// Creates or replaces a restaurant from its file.
  /// - Parameter request: `expectedVersion` is the restaurant's revision.
  func put(
    _ restaurant: Restaurant, document: [UInt8], affected: AffectedPolicy, _ request: ChangeRequest
  ) async throws(DeskError) -> StoredRestaurant
  func block(_ new: NewBlock, _ request: ChangeRequest) async throws(DeskError) -> TableBlock
  func unblock(_ id: String, restaurant: RestaurantID, _ request: ChangeRequest) async throws(DeskError)
  func blocks(_ restaurant: RestaurantID, after: Timestamp) async throws(DeskError) -> [TableBlock]
  /// Bookings at risk from parties that run over, now.
  func risks(_ restaurant: RestaurantID) async throws(DeskError) -> [RiskNote]
}

/// Questions that change nothing.
public protocol AvailabilityDesk: Sendable {
  /// Starts of a date at which the party could be seated now.
  func times(
    _ restaurant: RestaurantID, date: LocalDate, party: Int, wishes: SeatingWishes, caller: Caller
  ) async throws(DeskError) -> [AvailableTime]
  /// Starts nearest to a wanted one, on the same service date.
  func nearest(
    _ restaurant: RestaurantID, to start: Timestamp, party: Int, wishes: SeatingWishes, limit: Int, byHost: Bool
  ) async throws(DeskError) -> [AvailableTime]
  func explain(_ id: BookingID) async throws(DeskError) -> TableExplanation
}

/// Circuit breakers.
public protocol BreakerDesk: Sendable {
  /// Those that this process knows, and those that are forced, in order of name.
  func list(_ caller: Caller) async throws(DeskError) -> [BreakerStatus]
  /// Forces one open or closed, for all instances, within a second.
  func force(
    _ name: String, _ position: BreakerOverride.Position, reason: String, _ caller: Caller
  ) async throws(DeskError) -> BreakerStatus
  /// Lets go of one: it goes by itself again.
  func release(_ name: String, reason: String, _ caller: Caller) async throws(DeskError) -> BreakerStatus
}

/// Run-time flags, and the kill switch, which is one of them.
public protocol FlagDesk: Sendable {
  /// As the database says it is; an instance heeds it within a second.
  func report(_ caller: Caller) async throws(DeskError) -> FlagReport
  /// Sets a flag, or what becomes of a restaurant.
  func set(
    _ key: FlagKey, _ value: String, reason: String, _ caller: Caller
  ) async throws(DeskError) -> FlagReport
  /// Lets it go: what else is said of it counts again.
  func clear(_ key: FlagKey, reason: String, _ caller: Caller) async throws(DeskError) -> FlagReport
}

/// Lets a caller wait for a booking's automatic work to end.
public protocol BookingProgress: Sendable {
  /// The booking once its automatic work has ended, or as it is when the time is up; nil if there is none.
  func settled(_ id: BookingID, within wait: Duration) async throws(DeskError) -> Booking?
}
