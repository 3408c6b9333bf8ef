/// What the capacity rules need to know of a booking, a change or a walk-in.
public struct CapacityRequest: Sendable, Hashable {
  /// 1 or more.
  public var party: Int
  public var start: Timestamp
  /// The service it names; nil takes the first in file order that contains the start.
  public var service: String?
  /// Overrides the turn band; 1 or more.
  public var durationMinutes: Int?
  /// Made by the house's staff: may start off the booking interval, and only the overall pacing limits count.
  public var byHost: Bool
  /// Starts now: off the booking interval and outside pacing.
  public var walkIn: Bool

  public init(
    party: Int, start: Timestamp, service: String? = nil, durationMinutes: Int? = nil, byHost: Bool = false,
    walkIn: Bool = false
  ) {
    self.party = party
    self.start = start
    self.service = service
    self.durationMinutes = durationMinutes
    self.byHost = byHost
    self.walkIn = walkIn
  }
}

/// What already starts in a pacing interval: bookings that are neither cancelled nor walk-ins, and not the one judged.
public struct PacingLoad: Sendable, Hashable {
  public var covers: Int
  /// The part of ``covers`` that guests booked themselves.
  public var coversOnline: Int
  public var parties: Int

  public init(covers: Int = 0, coversOnline: Int = 0, parties: Int = 0) {
    self.covers = covers
    self.coversOnline = coversOnline
    self.parties = parties
  }
}

/// Whether any table or combination of the floor could ever seat a party, were the house empty.
public enum PartyFit: Sendable, Hashable {
  case fits, tooLarge, tooSmall
}

/// Answers ``PartyFit`` for a request; the seating engine's part, called only when everything before it has passed.
public typealias FloorFitCheck = (CapacityRequest) -> PartyFit
