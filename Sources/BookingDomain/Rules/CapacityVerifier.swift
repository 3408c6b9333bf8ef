/// The rules that a booking, a change or a walk-in must pass before the engine is asked: `capacity_verified` is earned
/// (product specification §1 and §2).
public struct CapacityVerifier: Sendable {
  public let restaurant: Restaurant

  public init(restaurant: Restaurant) { self.restaurant = restaurant }

  /// Applies every rule, in this order: the start is not past, the house and a service run then, the party fits the
  /// floor, pacing is not exceeded.
  /// - Parameters:
  ///   - now: compared by the minute, so that what starts in this very minute is not past.
  ///   - load: what starts in ``pacingInterval(containing:)`` of the start already, without this booking.
  ///   - fit: asked only if all before it has passed.
  /// - Throws: the first rule broken.
  public func verify(
    _ request: CapacityRequest, now: Timestamp, load: PacingLoad, fit: FloorFitCheck
  ) throws(CapacityRejection) -> ServiceSlot {
    guard request.start >= now.flooredToMinute else { throw .inThePast }
    let slot = try slot(for: request)
    switch fit(request) {
    case .fits: break
    case .tooLarge: throw .partyTooLarge
    case .tooSmall: throw .partyTooSmall
    }
    try checkPacing(request, load)
    return slot
  }

  /// The service of a request and its windows.
  ///
  /// Open means open at the start: how long a party may stay is the service period's to say, and a house may close its
  /// doors to new guests before the last ones leave.
  /// - Throws: `closed`, `outsideService`, `offGrid` (guests only), `partyTooLarge` (no turn band reaches it) or
  ///   `serviceOverrun`, the first that applies in this order.
  public func slot(for request: CapacityRequest) throws(CapacityRejection) -> ServiceSlot {
    let (date, _) = restaurant.calendar.local(request.start)
    return try slot(for: request, in: ScheduleSpan(restaurant: restaurant, date: date))
  }

  /// Whether the house is open then.
  public func isOpen(at time: Timestamp) -> Bool {
    ScheduleSpan(restaurant: restaurant, date: restaurant.calendar.local(time).date).isOpen(at: time)
  }

  /// Whether guests may start then: whole steps of the booking interval after midnight, as the wall clock shows them.
  public func isOnGrid(_ start: Timestamp) -> Bool {
    start == start.flooredToMinute
      && restaurant.calendar.local(start).minute % restaurant.bookingIntervalMinutes == 0
  }

  /// A slot for a plan that ignores opening hours, service periods and interval; buffers still count.
  public func slotIgnoringHours(start: Timestamp, durationMinutes: Int) -> ServiceSlot {
    slot(service: nil, date: restaurant.calendar.local(start).date, start: start, minutes: durationMinutes)
  }

  /// Minutes at the table where hours are ignored and a booking brings none of its own: those of the first service in file
  /// order with a turn band for the party; nil if there is none.
  public func turnMinutesIgnoringHours(party: Int) -> Int? {
    restaurant.servicePeriods.lazy.compactMap { $0.turnMinutes(party: party) }.first
  }

  /// - Parameter span: the schedules around the start's date, which a caller with many starts works out once.
  func slot(for request: CapacityRequest, in span: ScheduleSpan) throws(CapacityRejection) -> ServiceSlot {
    let start = request.start
    guard span.isOpen(at: start) else { throw .closed }
    guard let (date, service) = span.service(at: start, named: request.service) else { throw .outsideService }
    let lastStart = service.window.end.adding(minutes: -restaurant.lastSeatingBufferMinutes)
    guard start <= lastStart else { throw .outsideService }
    guard request.byHost || request.walkIn || isOnGrid(start) else { throw .offGrid }
    guard let minutes = request.durationMinutes ?? service.period.turnMinutes(party: request.party) else {
      throw .partyTooLarge
    }
    let slot = slot(service: service.period.name, date: date, start: start, minutes: minutes)
    guard slot.dining.end <= service.window.end else { throw .serviceOverrun }
    return slot
  }

  private func slot(service: String?, date: LocalDate, start: Timestamp, minutes: Int) -> ServiceSlot {
    let dining = TimeWindow(start: start, end: start.adding(minutes: minutes))
    let buffers = restaurant.buffers
    let block = dining.widened(beforeMinutes: buffers.beforeMinutes, afterMinutes: buffers.afterMinutes)
    return ServiceSlot(service: service, serviceDate: date, dining: dining, block: block)
  }
}
