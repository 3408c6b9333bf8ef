import AssignmentStore
import BookingDomain
import HeadwaiterAPI

/// Shows outbox messages to clients of one restaurant.
struct EventRenderer: Sendable {
  let calendar: RestaurantCalendar

  /// Members of a payload that are times: microseconds since the epoch there, RFC 3339 here.
  private static let times = ["start", "end", "at"]

  /// - Parameter id: of the restaurant whose subscriber is told.
  func body(_ stored: StoredOutboxMessage, of id: RestaurantID) -> LiveEventBody {
    let message = stored.message
    return LiveEventBody(
      id: stored.id, topic: message.topic, restaurantID: id.rawValue,
      bookingID: message.bookingID?.rawValue, createdAt: calendar.format(message.createdAt),
      data: data(message.payload))
  }

  /// One server-sent event.
  func frame(_ stored: StoredOutboxMessage) -> String {
    let json = (try? WireJSON.encode(data(stored.message.payload))).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return "id: \(stored.id)\nevent: \(stored.message.topic)\ndata: \(json)\n\n"
  }

  private func data(_ payload: String) -> WireValue {
    guard case .object(var members) = try? WireJSON.decode(WireValue.self, from: payload) else { return .object([:]) }
    for key in Self.times {
      if case .int(let microseconds) = members[key] {
        members[key] = .string(calendar.format(Timestamp(microseconds: Int64(microseconds))))
      }
    }
    return .object(members)
  }
}
