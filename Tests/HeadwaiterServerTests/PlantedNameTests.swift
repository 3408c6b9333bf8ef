import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Foundation
import HeadwaiterTesting
import Hummingbird
import Resilience
import Testing

@testable import HeadwaiterServer

/// Guests with names like no other, led through everything that writes; then looked for in all that was written.
@Suite("Planted names") struct PlantedNameTests {
  private static var guest: [String: Any] {
    [
      "name": "Zebulon Quuxley", "phone": "+44 1632 960777", "mail": "zebulon@quuxley.example", "locale": "cy-GB",
      "notes": "Quuxley is allergic to xanthan",
    ]
  }
  private static let planted = ["Zebulon", "Quuxley", "zebulon", "quuxley", "960777", "xanthan", "cy-GB"]

  private func expectNone(in text: String, _ place: String, _ location: SourceLocation = #_sourceLocation) {
    for word in Self.planted {
      #expect(!text.contains(word), "\(word) is in \(place)", sourceLocation: location)
    }
  }

  /// Everything that a store keeps of all bookings, without the guest's own columns.
  private func written(_ store: any AssignmentStore) async throws -> [(place: String, text: String)] {
    var events = EventQuery()
    events.limit = 10_000
    var texts = try await store.events(events).map { ("events", "\($0.event)") }
    texts += try await store.outbox(after: 0, limit: 10_000).map { ("outbox", $0.message.payload) }
    var bookings = BookingQuery()
    bookings.limit = 1_000
    for booking in try await store.bookings(bookings) {
      texts += try await store.history(of: booking.id).map { ("history", "\($0)") }
      texts += try await store.attempts(of: booking.id).map { ("attempts", "\($0)") }
      texts += try await store.notices(of: booking.id).map { ("notices", "\($0)") }
      texts += try await store.claims(of: booking.id).map { ("claims", "\($0)") }
      texts.append(("description", "\(booking) \(String(reflecting: booking.guest))"))
      if let id = booking.decisionID, let decision = try await store.decision(id) {
        texts.append(("decisions", decision.document))
      }
    }
    return texts
  }

  /// Requests on a guest's booking that succeed, and those that go wrong in every way that has its own answer.
  private func use(_ caller: TestCaller, _ harness: ServerHarness) async throws -> [Answer] {
    let made = try await caller.book(["guest": Self.guest])
    let path = try #require(made.header("Location"))
    #expect(made.text.contains("Quuxley"), "the booking itself has them")
    var answers: [Answer] = []
    for trail in ["history", "attempts", "why", "notices"] { answers.append(try await caller.get("\(path)/\(trail)")) }
    answers.append(try await caller.get("/v1/restaurants/house/floor?date=2026-06-01"))
    answers.append(try await caller.get("/v1/restaurants/house/events?after=0"))
    answers.append(try await caller.send(.patch, path, json: ["guest": ["name": ["Zebulon Quuxley"]]]))
    answers.append(try await caller.send(.patch, path, json: ["guest": ["nmae": "Zebulon Quuxley"]]))
    answers.append(try await caller.send(.patch, path, text: "{\"guest\":{\"name\":\"Zebulon Quuxley\""))
    answers.append(
      try await caller.send(.patch, path, json: ["guest": ["name": String(repeating: "Quuxley", count: 90)]]))
    answers.append(
      try await caller.post("/v1/bookings", ServerHarness.newBooking(["guest": Self.guest, "party_size": 0])))
    answers.append(try await caller.post("/v1/bookings", ServerHarness.newBooking(["guest": Self.guest, "date": "x"])))
    answers.append(
      try await caller.post(
        "/v1/bookings", ServerHarness.newBooking(["guest": Self.guest, "restaurant_id": "nowhere"])))
    return answers
  }

  /// Changes, review, notices, and workers that fail.
  private func work(_ caller: TestCaller, _ harness: ServerHarness) async throws {
    let body = try JSONSerialization.data(
      withJSONObject: ServerHarness.newBooking(["guest": Self.guest, "start_time": "20:00", "wait_seconds": 30]))
    let text = String(decoding: body, as: UTF8.self)
    let key = ["Idempotency-Key": "planted"]
    let second = try await caller.send(.post, "/v1/bookings", text: text, headers: key)
    let again = try await caller.send(.post, "/v1/bookings", text: text, headers: key)
    #expect(again.status == 201)
    let path = try #require(second.header("Location"))
    _ = try await caller.send(.patch, path, json: ["guest": Self.guest, "party_size": 3])
    _ = try await caller.post("\(path)/seat")
    _ = try await caller.post("\(path)/complete")
    _ = try await caller.post("/v1/walk-ins", ["restaurant_id": "house", "party_size": 2, "guest": Self.guest])
    let hold = try await caller.post(
      "/v1/holds", ["restaurant_id": "house", "date": "2026-06-01", "start_time": "21:00", "party_size": 2])
    _ = try await caller.post("/v1/holds/\(hold.string("id") ?? "")/confirm", ["guest": Self.guest])
    // More parties than tables: some go to review, and are decided there.
    for _ in 0..<8 { _ = try await caller.book(["guest": Self.guest, "start_time": "18:30", "party_size": 4]) }
    for item in try await caller.get("/v1/review").list("items").prefix(2) {
      let id = ((item as? [String: Any])?["booking"] as? [String: Any])?["id"] as? String ?? ""
      _ = try await caller.post("/v1/review/\(id)/decline")
    }
  }

  @Test func guestsOfEveryKind_areInNothingThatIsWritten() async throws {
    let harness = try await ServerHarness()
    let key = try await harness.key(.admin)
    try await harness.run { (open: TestCaller) async throws in
      let caller = open.with(key)
      for answer in try await use(caller, harness) {
        #expect(!answer.text.isEmpty)
        expectNone(in: answer.text, "an answer of \(answer.status)")
      }
      try await work(caller, harness)
      let early = try #require(try await caller.book(["guest": Self.guest, "start_time": "14:00"]).header("Location"))
      #expect(try await caller.post("\(early)/move", ["tables": ["T7"]]).status == 200)
      let preview = try await caller.post("/v1/restaurants/house/optimise", ["date": "2026-06-01"])
      #expect(preview.string("plan.plan_id") != nil)
      expectNone(in: preview.text, "a plan of the day")
      harness.clock.advance(by: .seconds(61))
      let notifier = TellingNotifier()
      try await NoticeDispatcher(environment: harness.environment, notifier: notifier).runOnce()
      #expect(notifier.told.count > 2)
      for notice in notifier.told { expectNone(in: notice, "what a notifier is given") }
      let texts = try await written(harness.store)
      #expect(Set(texts.map(\.place)).count == 8)
      for (place, text) in texts { expectNone(in: text, place) }
      await harness.closeStore()
      let away = try await caller.post("/v1/bookings", ServerHarness.newBooking(["guest": Self.guest]))
      #expect(away.status == 503)
      expectNone(in: away.text, "the answer without storage")
    }
    let logs = harness.logs.text
    #expect(logs.contains("Transition: created -> capacity_verified"))
    #expect(logs.contains("storage"), "what failed is logged")
    expectNone(in: logs, "the log")
    #expect(try harness.logs.objects.count > 50)
  }
}

/// Keeps whatever could be read of a notice; fails now and then, so that failures are logged too.
private final class TellingNotifier: Notifier {
  let name = "telling"
  private let seen = Locked([String]())

  var told: [String] { seen.withLock { $0 } }

  func deliver(_ notice: Notice) async throws {
    let count = seen.withLock { seen in
      seen.append(String(reflecting: notice))
      return seen.count
    }
    if count == 2 { throw Failure(about: notice.bookingID) }
  }

  struct Failure: Error { let about: BookingID }
}
