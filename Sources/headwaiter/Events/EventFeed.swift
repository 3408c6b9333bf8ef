import AssignmentStore
import BookingDomain

/// Prints events, and those that come after them.
struct EventFeed {
  private static let pause = Duration.milliseconds(500)

  let store: any AssignmentStore
  let query: EventQuery
  let json: Bool

  /// - Parameter following: goes on until nobody reads any more, or the process is stopped.
  func run(following: Bool) async throws {
    var events = try await store.events(query).sorted { $0.id < $1.id }
    var table = EventTable(store)
    if json, !following { return try await printList(events) }
    try await print(events, &table)
    if !following && !json {
      return try Console.write(events.isEmpty ? "No events.\n" : "\nTimes in \(table.zones).\n")
    }
    var next = query
    next.latest = false
    next.afterID = events.last?.id ?? 0
    while following && !Console.isClosed {
      try await Task.sleep(for: EventFeed.pause)
      Console.noticeClosing()
      events = try await store.events(next)
      if let last = events.last { next.afterID = last.id }
      try await print(events, &table)
    }
  }

  private func print(_ events: [StoredEvent], _ table: inout EventTable) async throws {
    guard json else { return try Console.write(try await table.page(events)) }
    var calendars = CalendarBook(store)
    for event in events {
      let calendar = try await calendars.calendar(of: event.event.restaurantID)
      try Console.write(JSONOutput.line(OutputEvent(event, calendar: calendar)))
    }
  }

  private func printList(_ events: [StoredEvent]) async throws {
    var calendars = CalendarBook(store)
    var list: [OutputEvent] = []
    for event in events {
      list.append(OutputEvent(event, calendar: try await calendars.calendar(of: event.event.restaurantID)))
    }
    try JSONOutput.print(["events": list])
  }
}
