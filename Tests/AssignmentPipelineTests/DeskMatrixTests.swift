import AssignmentPipeline
import BookingDomain
import Testing

/// Every action in every place that a booking can be found in: what is allowed, and with which code the rest is refused.
@Suite struct DeskMatrixTests {
  enum Action: String, CaseIterable, Sendable {
    case resize, editGuest, move, pin, cancel, seat, complete, noShow, extend, requeue, forceConfirm, decline, keep
  }

  static let live = "as before"
  static let pending = "assignment_pending/pending"
  static let confirmed = "confirmed/confirmed"
  static let cancelled = "failed/cancelled"
  static let transition = "transition_not_allowed"
  static let status = "status_not_allowed"

  /// One expectation for each of `DeskHarness.Place`, in order.
  static func expectations(_ action: Action) -> [String] {
    let five = { (text: String) in Array(repeating: text, count: 5) }
    let ended = [status, status]
    switch action {
    case .resize: return five(pending) + [confirmed, pending, status, status] + ended
    case .editGuest, .pin: return five(live) + [live, live, status, live] + ended
    case .move:
      return [transition, transition, confirmed, transition, transition]
        + [confirmed, confirmed, status, "confirmed/seated"] + ended
    case .cancel: return five(cancelled) + [cancelled, cancelled, status, status] + ended
    case .seat: return five(status) + ["confirmed/seated", status, status, status] + ended
    case .complete: return five(status) + [status, status, status, "confirmed/completed"] + ended
    case .noShow: return five(status) + ["confirmed/no_show", status, status, status] + ended
    case .extend: return five(status) + [status, status, status, "confirmed/seated"] + ended
    case .requeue: return inReview(pending)
    case .forceConfirm: return inReview(confirmed)
    case .decline: return inReview(cancelled)
    case .keep: return inReview("manual_review/pending")
    }
  }

  private static func inReview(_ outcome: String) -> [String] {
    DeskHarness.Place.allCases.map { $0 == .review ? outcome : transition }
  }

  @Test(arguments: Action.allCases, DeskHarness.Place.allCases)
  func `an action does what the state allows`(action: Action, place: DeskHarness.Place) async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: place)
    let before = try await harness.booking()
    let index = try #require(DeskHarness.Place.allCases.firstIndex(of: place))
    let expected = Self.expectations(action)[index]
    let result = await outcome { try await perform(action, harness) }
    let unchanged = "\(before.state.rawValue)/\(before.status.rawValue)"
    #expect(result == (expected == Self.live ? unchanged : expected))
    let after = try await harness.booking()
    let isAllowed = result.contains("/")
    #expect(isAllowed ? after.version > before.version : after == before)
    // `assigned` without tables is this test's own making, and only for a moment.
    try await harness.expectSound()
  }

  private func perform(_ action: Action, _ harness: DeskHarness) async throws(DeskError) -> Booking {
    let request = DeskHarness.byHost
    let (bookings, review) = (harness.bookings, harness.review)
    switch action {
    case .resize: return try await bookings.change("b-1", BookingChange(party: 4), request)
    case .editGuest: return try await bookings.change("b-1", BookingChange(guest: Guest(name: "Bo")), request)
    case .move: return try await bookings.move("b-1", to: ["T3"], request)
    case .pin: return try await bookings.pin("b-1", true, request)
    case .cancel: return try await bookings.cancel("b-1", request)
    case .seat: return try await bookings.seat("b-1", request)
    case .complete: return try await bookings.complete("b-1", request)
    case .noShow: return try await bookings.noShow("b-1", request)
    case .extend: return try await bookings.extend("b-1", request)
    case .requeue: return try await review.requeue("b-1", request)
    case .forceConfirm: return try await review.forceConfirm("b-1", tables: ["T3"], request)
    case .decline: return try await review.decline("b-1", request)
    case .keep: return try await review.keep("b-1", request)
    }
  }
}
