import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let queryChecks: [ConformanceCheck] = [
    ConformanceCheck("queries: by start, in pages, each booking once", pages),
    ConformanceCheck("queries: by status, state and window", filters),
    ConformanceCheck("queries: the review queue, most urgent first, none last", urgency),
    ConformanceCheck("queries: pacing counts what starts within and is verified, not cancelled, no walk-ins", pacing),
    ConformanceCheck("units: one that finds no room in its pacing interval is refused", pacingGuard),
    ConformanceCheck("queries: past success counts tables by party, most often first", pastSuccess),
    ConformanceCheck("restaurants: are stored, listed by id, and replaced only at the expected revision", restaurants),
    ConformanceCheck("restaurants: a unit that rests on an old revision is refused", staleRestaurant),
  ]

  private static func pages(_ bench: ConformanceBench) async throws {
    for (id, start) in [("b-3", 0), ("b-1", 30), ("b-2", 30), ("b-4", -30), ("b-5", 60)] {
      try await bench.create(BookingID(id), start: start)
    }
    var query = BookingQuery()
    query.restaurantID = "house"
    query.limit = 2
    var seen: [BookingID] = []
    while true {
      let page = try await bench.store.bookings(query)
      seen += page.map(\.id)
      guard page.count == 2 else { break }
      query.after = page.last?.id
    }
    try bench.expect(seen, ["b-4", "b-3", "b-1", "b-2", "b-5"], "bookings over pages")
  }

  private static func filters(_ bench: ConformanceBench) async throws {
    try await bench.create("b-1", start: 0)
    try await bench.confirm("b-2", ["T1"], start: 0)
    try await bench.confirm("b-3", ["T1"], start: 90)
    func ids(_ change: (inout BookingQuery) -> Void) async throws -> [BookingID] {
      var query = BookingQuery()
      change(&query)
      return try await bench.store.bookings(query).map(\.id)
    }
    try bench.expect(try await ids { $0.statuses = [.pending, .cancelled] }, ["b-1"], "pending or cancelled")
    try bench.expect(try await ids { $0.states = [.confirmed] }, ["b-2", "b-3"], "in state confirmed")
    try bench.expect(try await ids { $0.startsWithin = bench.window(0, 90) }, ["b-1", "b-2"], "starting within")
    try bench.expect(try await ids { $0.overlapping = bench.window(89, 90) }, ["b-1", "b-2"], "overlapping the end")
    try bench.expect(try await ids { $0.overlapping = bench.window(90, 91) }, ["b-3"], "overlapping the next start")
    try bench.expect(try await ids { $0.endsWithin = bench.window(90, 180) }, ["b-1", "b-2"], "ending within")
    try bench.expect(try await ids { $0.endsWithin = bench.window(91, 181) }, ["b-3"], "ending within a later window")
    try bench.expect(try await ids { $0.restaurantID = "other" }, [], "of another restaurant")
  }

  private static func urgency(_ bench: ConformanceBench) async throws {
    for (id, deadline) in [("kept", nil), ("late", 60), ("soon", 10)] as [(BookingID, Int?)] {
      var mutation = BookingMutation(try await bench.create(id))
      try mutation.transition(to: .manualReview, cause: .deadline, reason: .deadline, context: .sample())
      mutation.edit { $0.reviewDeadline = deadline.map { bench.evening.adding(minutes: $0) } }
      let change = mutation
      try await bench.commit { $0.bookings = [change] }
    }
    var query = BookingQuery()
    query.states = [.manualReview]
    query.order = .byUrgency
    try bench.expect(try await bench.store.bookings(query).map(\.id), ["soon", "late", "kept"], "review queue")
    query.after = "soon"
    try bench.expect(try await bench.store.bookings(query).map(\.id), ["late", "kept"], "the rest of it")
    query.after = nil
    query.reviewDeadlineBefore = bench.evening.adding(minutes: 60)
    try bench.expect(try await bench.store.bookings(query).map(\.id), ["soon"], "due for review")
  }

  private static func pacing(_ bench: ConformanceBench) async throws {
    try await verifyParties(bench)
    var cancel = BookingMutation(try await bench.create("cancelled", party: 13))
    try cancel.transition(to: .failed, cause: .cancel, context: .sample(.person))
    let change = cancel
    try await bench.commit { $0.bookings = [change] }
    try await bench.create("not verified", party: 17)
    let interval = bench.window(0, 15)
    let load = try await bench.store.pacingLoad("house", interval: interval, excluding: "itself")
    try bench.expect(load, StartLoad(covers: 5, coversOnline: 2, parties: 2), "load without itself")
    let whole = try await bench.store.pacingLoad("house", interval: interval, excluding: nil)
    try bench.expect(whole, StartLoad(covers: 12, coversOnline: 9, parties: 3), "whole load")
  }

  private static func pacingGuard(_ bench: ConformanceBench) async throws {
    try await verifyParties(bench)
    func unit(covers: Int?, online: Int?, parties: Int?) throws -> WriteUnit {
      var unit = try bench.confirming("new", ["T1"])
      unit.pacing = PacingGuard(
        restaurantID: "house", interval: bench.window(0, 15), excluding: "itself", covers: covers,
        coversOnline: online, parties: parties)
      return unit
    }
    for tight in [
      try unit(covers: 4, online: nil, parties: nil), try unit(covers: nil, online: 1, parties: nil),
      try unit(covers: nil, online: nil, parties: 1),
    ] {
      try await bench.refuse(tight, "no room in the interval") { $0 == .pacingExceeded }
    }
    try bench.require(try await bench.store.booking("new") == nil, "a refused unit left its booking")
    try await bench.store.commit(try unit(covers: 5, online: 2, parties: 2))
  }

  /// Five covers and two parties that count beside `itself`, two of the covers a guest's.
  private static func verifyParties(_ bench: ConformanceBench) async throws {
    let parties: [(BookingID, BookingOrigin, Int, Int)] = [
      ("guest", .guest, 2, 0), ("host", .host, 3, 14), ("walk-in", .walkIn, 5, 0), ("itself", .guest, 7, 0),
      ("later", .guest, 11, 15),
    ]
    for (id, origin, party, start) in parties {
      let record = BookingRecord.sample(
        id: id, origin: origin, party: party, start: bench.evening.adding(minutes: start))
      var mutation = BookingMutation(creating: record, context: .sample())
      try mutation.transition(to: .capacityVerified, cause: .verify, context: .sample())
      let verified = mutation
      try await bench.commit { $0.bookings = [verified] }
    }
  }

  private static func pastSuccess(_ bench: ConformanceBench) async throws {
    try await bench.confirm("b-1", ["T1"], start: 0)
    bench.clock.advance(by: .seconds(60))
    let since = bench.clock.now()
    for (number, tables) in [["T3", "T4"], ["T5"], ["T3", "T4"]].enumerated() {
      try await bench.confirm(
        BookingID("c-\(number)"), tables.map { TableNumber($0) }, start: 100 + 90 * number)
    }
    let rows = try await bench.store.pastSuccess("house", since: since)
    try bench.expect(
      rows,
      [PastSuccessRow(party: 2, tables: ["T3", "T4"], count: 2), PastSuccessRow(party: 2, tables: ["T5"], count: 1)],
      "past success")
  }

  private static func restaurants(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(writing("b", name: "B", expected: nil))
    try await bench.store.commit(writing("a", name: "A", expected: nil))
    try await bench.store.commit(writing("a", name: "A2", expected: 1))
    try await bench.refuse(writing("a", name: "A3", expected: 1), "an old revision") { $0 == .staleRestaurant("a") }
    try bench.expect(try await bench.store.restaurant("a")?.restaurant.name, "A2", "name")
    try bench.expect(try await bench.store.restaurantRevision("a"), 2, "revision")
    try bench.expect(try await bench.store.restaurantRevision("c"), nil, "revision of none")
    let reopened = try await bench.reopen()
    let listed = try await reopened.restaurants(after: nil, limit: 10)
    try bench.expect(listed.map(\.restaurant.id), ["a", "b"], "listed")
    try bench.expect(listed.first?.restaurant, .sample(id: "a", name: "A2"), "the restaurant read from its document")
    try bench.expect(try await reopened.restaurants(after: "a", limit: 1).map(\.restaurant.id), ["b"], "second page")
  }

  private static func staleRestaurant(_ bench: ConformanceBench) async throws {
    try await bench.store.commit(writing("house", name: "A", expected: nil))
    var unit = try bench.confirming("b-1", ["T1"])
    unit.restaurantRevision = RestaurantRevision(id: "house", revision: 1)
    try await bench.store.commit(writing("house", name: "B", expected: nil))
    try await bench.refuse(unit, "an old floor") { $0 == .staleRestaurant("house") }
    unit.restaurantRevision?.revision = 2
    try await bench.store.commit(unit)
  }

  private static func writing(_ id: RestaurantID, name: String, expected: Int?) -> WriteUnit {
    let restaurant = Restaurant.sample(id: id, name: name)
    var unit = WriteUnit(label: "restaurant")
    unit.restaurant = RestaurantWrite(
      restaurant: restaurant, document: RestaurantFile.encode(restaurant), expectedRevision: expected)
    return unit
  }
}
