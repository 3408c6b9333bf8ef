/// A live event: also one entry of the event stream, whose SSE `id` is ``id``.
public struct LiveEventBody: Codable, Sendable {
  public var id: Int64
  /// For example `booking`.
  public var topic: String
  public var restaurantID: String
  public var bookingID: String?
  public var createdAt: String
  /// What happened, without personal data; times are RFC 3339 in the restaurant's zone.
  public var data: WireValue

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, topic
    case restaurantID = "restaurant_id"
    case bookingID = "booking_id"
    case createdAt = "created_at"
    case data
  }

  public init(
    id: Int64, topic: String, restaurantID: String, bookingID: String?, createdAt: String, data: WireValue
  ) {
    self.id = id
    self.topic = topic
    self.restaurantID = restaurantID
    self.bookingID = bookingID
    self.createdAt = createdAt
    self.data = data
  }
}

/// Live events for clients that poll.
public struct LiveEventListBody: Codable, Sendable {
  public var events: [LiveEventBody]
  /// Give it as `after` the next time.
  public var last: Int64

  public init(events: [LiveEventBody], last: Int64) {
    self.events = events
    self.last = last
  }
}
