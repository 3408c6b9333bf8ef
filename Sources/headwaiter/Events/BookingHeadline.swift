import AssignmentStore
import BookingDomain

/// The first lines of a booking's story: who, when, where it stands, and its tables.
struct BookingHeadline {
  let story: BookingStory

  var text: String {
    [party, standing, tables, deadline, origin, trace].compactMap { $0 }.map { ShownText.escaped($0) + "\n" }.joined()
  }

  private var booking: Booking { story.booking }

  private var party: String {
    let start = TimeText.minute(booking.slot.dining.start, in: story.calendar)
    let end = story.calendar.clockTime(booking.slot.dining.end)
    let service = booking.slot.service.map { ", \($0)" } ?? ""
    return "Booking \(booking.id), \(booking.restaurantID): party of \(booking.party), \(start)–\(end)\(service)"
  }

  private var standing: String {
    let reason = booking.reason.map { "; \($0.rawValue): \($0.words)" } ?? ""
    return "\(booking.status.rawValue), \(booking.state.rawValue), version \(booking.version)\(reason)"
  }

  private var tables: String? {
    guard !booking.tables.isEmpty else { return nil }
    let numbers = booking.tables.map(\.rawValue).joined(separator: ", ")
    let strategy = booking.strategy.map { ", \($0.rawValue)" } ?? ""
    let decision = booking.decisionID.map { ", decision \($0)" } ?? ""
    return "\(booking.tables.count == 1 ? "table" : "tables") \(numbers)\(strategy)\(decision), \(claimed)"
  }

  private var claimed: String {
    guard let window = story.claims.first?.window else { return "no longer claimed" }
    return "claimed \(story.calendar.clockTime(window.start))–\(story.calendar.clockTime(window.end))"
  }

  /// When and by whom it was made, and how soon it was decided.
  private var origin: String? {
    guard let first = story.history.first else { return nil }
    let made = "made \(TimeText.exact(first.createdAt, in: story.calendar)) by \(first.actor)"
    guard let end = story.history.first(where: { $0.to.endsAutomaticWork }), let flow = booking.flow else {
      return made
    }
    let took = ElapsedText.text(end.createdAt.since(first.createdAt))
    let attempts = booking.attempts == 1 ? "1 attempt" : "\(booking.attempts) attempts"
    return "\(made); \(flow.rawValue) came to \(end.to.rawValue) after \(took), \(attempts) counted"
  }

  private var trace: String? { booking.trace.map { "trace \($0)" } }

  private var deadline: String? {
    booking.reviewDeadline.map {
      "declined at \(TimeText.minute($0, in: story.calendar)) unless a person decides"
    }
  }
}
