import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import SeatingEngine

/// Everything that is stored of one booking but its guest.
struct BookingStory {
  let booking: Booking
  let calendar: RestaurantCalendar
  let history: [HistoryRow]
  let attempts: [AttemptRow]
  /// Oldest first.
  let events: [StoredEvent]
  let notices: [Notice]
  let claims: [Claim]
  /// Nil once automatic work has ended.
  let job: Job?
  /// The engine's last decision about it, in words; nil where it kept none.
  let decision: DecisionReplay?
  /// Whether ``events`` are all that are kept of it.
  let hasAllEvents: Bool

  /// - Parameter events: which of the booking's events.
  /// - Throws: ``CommandProblem`` if there is no such booking; `StoreError`.
  init(of id: BookingID, in store: any AssignmentStore, events query: EventQuery) async throws {
    guard let booking = try await store.booking(id) else {
      throw CommandProblem("there is no booking \"\(ShownText.escaped(id.rawValue))\"")
    }
    if let restaurant = query.restaurantID, restaurant != booking.restaurantID {
      throw CommandProblem("booking \(id) is not one of \"\(ShownText.escaped(restaurant.rawValue))\"")
    }
    var calendars = CalendarBook(store)
    self.booking = booking
    calendar = try await calendars.calendarOrUTC(of: booking.restaurantID)
    history = try await store.history(of: id)
    attempts = try await store.attempts(of: id)
    events = try await store.events(query).sorted { $0.id < $1.id }
    notices = try await store.notices(of: id)
    claims = try await store.claims(of: id)
    job = try await store.job(of: id)
    let chosen = booking.tables.isEmpty ? history.last { $0.metadata["decision"] != nil }?.metadata["decision"] : nil
    let decided = chosen ?? booking.decisionID
    decision = if let decided { try? await DecisionReplay(of: decided, in: store) } else { nil }
    hasAllEvents = query.source == nil && query.type == nil && query.since == nil && events.count < query.limit
  }

  var output: OutputBookingStory {
    OutputBookingStory(
      booking: BookingBody(booking, calendar: calendar, showsGuest: false), traceID: booking.trace?.text,
      decision: decision.map { OutputBookingStory.Decision(id: $0.record.id, text: $0.explanation) },
      history: history.map { HistoryBody.Row($0, calendar: calendar) },
      attempts: attempts.map { AttemptsBody.Row($0, calendar: calendar) },
      events: events.map { OutputEvent($0, calendar: calendar) },
      notices: notices.map { notice in
        NoticesBody.Row(
          id: notice.id, version: notice.version, kind: notice.kind, status: notice.status.rawValue,
          dueAt: calendar.format(notice.dueAt), deliveries: notice.deliveries)
      },
      job: job.map { job in
        OutputBookingStory.JobRow(
          runAt: calendar.format(job.runAt), stateDeadline: calendar.format(job.stateDeadline), retries: job.retries,
          failures: job.failures, rescues: job.rescues)
      })
  }
}

/// The story as JSON.
struct OutputBookingStory: Encodable {
  /// The stored job.
  struct JobRow: Encodable {
    var runAt: String
    var stateDeadline: String
    var retries: Int
    var failures: Int
    var rescues: Int

    enum CodingKeys: String, CodingKey {
      case runAt = "run_at"
      case stateDeadline = "state_deadline"
      case retries, failures, rescues
    }
  }

  /// What the engine decided last.
  struct Decision: Encodable {
    var id: String
    /// Plain words, several lines.
    var text: String
  }

  var booking: BookingBody
  var traceID: String?
  var decision: Decision?
  var history: [HistoryBody.Row]
  var attempts: [AttemptsBody.Row]
  var events: [OutputEvent]
  var notices: [NoticesBody.Row]
  var job: JobRow?

  enum CodingKeys: String, CodingKey {
    case booking
    case traceID = "trace_id"
    case decision, history, attempts, events, notices, job
  }
}
