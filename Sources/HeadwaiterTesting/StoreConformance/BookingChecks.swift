import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let bookingChecks: [ConformanceCheck] = [
    ConformanceCheck("bookings: every field is read back as it was stored", roundTrip),
    ConformanceCheck("bookings: a stale version is refused and leaves nothing", staleVersion),
    ConformanceCheck("bookings: of two changes of one version the first wins", concurrentChange),
    ConformanceCheck("bookings: the same id again, or a change of a missing one, is refused", wrongIdentity),
    ConformanceCheck("bookings: a change without a new version is refused", changeWithoutVersion),
    ConformanceCheck("bookings: text is kept, whatever it is", awkwardText),
  ]

  private static func roundTrip(_ bench: ConformanceBench) async throws {
    var record = BookingRecord.sample(
      id: "b-1", origin: .host, party: 7,
      wishes: SeatingWishes(zone: "Main", tags: ["window", "quiet"], needs: [.accessible, .highChair]))
    record.guest?.notes = "nut allergy"
    record.requestedService = "Dinner"
    record.durationMinutes = 77
    record.slot.block = record.slot.dining.widened(beforeMinutes: 5, afterMinutes: 10)
    record.tables = ["T1", "T10"]
    record.attempts = 3
    record.strategy = .zonePreference
    record.reason = .noTable
    record.reviewDeadline = bench.evening
    record.pinned = true
    record.decisionID = "decision-1"
    record.undo = UndoRecord(
      action: .noShow, before: Booking(stored: record),
      claimWindow: TimeWindow(start: bench.evening, end: bench.evening))
    let mutation = BookingMutation(creating: record, context: .sample())
    try await bench.commit { $0.bookings = [mutation] }
    try bench.require(try await bench.load("b-1") == mutation.booking, "the booking is not as it was stored")
    try bench.expect(try await bench.load("b-1").guest, record.guest, "the guest")
    let bare = BookingMutation(creating: bareRecord(), context: .sample())
    try await bench.commit { $0.bookings = [bare] }
    try bench.require(try await bench.load("bare") == bare.booking, "a booking without options is not as it was stored")
  }

  private static func bareRecord() -> BookingRecord {
    var record = BookingRecord.sample(id: "bare", origin: .walkIn)
    record.guest = nil
    record.flow = nil
    record.slot.service = nil
    return record
  }

  private static func staleVersion(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    try await touch(bench, booking)
    var late = BookingMutation(booking)
    late.touch(cause: "late", context: .sample(.person))
    let change = late
    let unit = bench.unit {
      $0.bookings = [change]
      $0.events = [ObservabilityEvent(.coordinator, "coordinator.start", bookingID: "b-1", at: bench.clock.now())]
    }
    try await bench.refuse(unit, "a stale version") { $0 == .staleVersion("b-1") }
    try bench.expect(try await bench.load("b-1").version, 2, "version")
    try bench.expect(try await bench.store.history(of: "b-1").count, 2, "history rows")
    try bench.expect(try await bench.store.events(EventQuery()).count, 0, "events")
  }

  private static func concurrentChange(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    let wins = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<50 { group.addTask { await ((try? touch(bench, booking)) != nil) } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    try bench.expect(wins, 1, "changes of one version that won")
    try bench.expect(try await bench.load("b-1").version, 2, "version")
  }

  private static func wrongIdentity(_ bench: ConformanceBench) async throws {
    let booking = try await bench.create("b-1")
    let again = BookingMutation(creating: .sample(id: "b-1"), context: .sample())
    try await bench.refuse(bench.unit { $0.bookings = [again] }, "the same id again") { $0.code == "constraint" }
    var missing = BookingMutation(Booking(stored: .sample(id: "missing")))
    missing.touch(cause: "late", context: .sample())
    let change = missing
    try await bench.refuse(bench.unit { $0.bookings = [change] }, "a missing booking") {
      $0 == .staleVersion("missing")
    }
    try bench.expect(try await bench.load("b-1").version, booking.version, "version")
  }

  private static func changeWithoutVersion(_ bench: ConformanceBench) async throws {
    var mutation = BookingMutation(try await bench.create("b-1"))
    mutation.edit { $0.party = 9 }
    let change = mutation
    try await bench.refuse(bench.unit { $0.bookings = [change] }, "a silent change") { $0.code == "storage_invalid" }
    try bench.expect(try await bench.load("b-1").party, 2, "party")
  }

  private static func awkwardText(_ bench: ConformanceBench) async throws {
    let texts = ["\"; DROP bookings; --", "a\",\"b", "Zoë 🍽️ \u{1}\u{1f}\n\\", "[\"", "{}"]
    for (index, text) in texts.enumerated() {
      let id = BookingID("b-\(index)")
      var record = BookingRecord.sample(id: id, wishes: SeatingWishes(zone: text, tags: [text, "plain"]))
      record.guest = Guest(name: text, notes: text)
      record.tables = [TableNumber(text), "T1"]
      let mutation = BookingMutation(creating: record, context: .sample())
      let event = ObservabilityEvent(
        .engine, "engine.planned", bookingID: id, context: [text: .string(text), "list": .list([.string(text)])],
        at: bench.clock.now())
      try await bench.commit {
        $0.bookings = [mutation]
        $0.events = [event]
      }
      try bench.require(try await bench.load(id) == mutation.booking, "text \(index) is not as it was stored")
      var query = EventQuery()
      query.bookingID = id
      try bench.expect(try await bench.store.events(query).map(\.event), [event], "event with text \(index)")
    }
  }

  @discardableResult
  static func touch(_ bench: ConformanceBench, _ booking: Booking) async throws -> Booking {
    var mutation = BookingMutation(booking)
    mutation.touch(cause: "touch", context: .sample(.person, at: bench.clock.now()))
    let change = mutation
    try await bench.commit { $0.bookings = [change] }
    return change.booking
  }
}
