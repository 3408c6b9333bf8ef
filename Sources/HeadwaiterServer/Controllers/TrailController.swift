import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI

/// What happened to a booking, and why.
struct TrailController: Sendable {
  let edge: Edge

  func history(_ call: Call) async throws -> Reply {
    let (booking, calendar) = try await subject(call)
    let rows = try await edge.store.history(of: booking.id)
    return try .json(HistoryBody(history: rows.map { HistoryBody.Row($0, calendar: calendar) }))
  }

  func attempts(_ call: Call) async throws -> Reply {
    let (booking, calendar) = try await subject(call)
    let rows = try await edge.store.attempts(of: booking.id)
    return try .json(AttemptsBody(attempts: rows.map { AttemptsBody.Row($0, calendar: calendar) }))
  }

  func notices(_ call: Call) async throws -> Reply {
    let (booking, calendar) = try await subject(call)
    let notices = try await edge.store.notices(of: booking.id)
    return try .json(
      NoticesBody(
        notices: notices.map {
          NoticesBody.Row(
            id: $0.id, version: $0.version, kind: $0.kind, status: $0.status.rawValue,
            dueAt: calendar.format($0.dueAt), deliveries: $0.deliveries)
        }))
  }

  func why(_ call: Call) async throws -> Reply {
    let (booking, _) = try await subject(call)
    let explanation = try await edge.dependencies.availability.explain(booking.id)
    return try .json(
      ExplanationBody(
        bookingID: booking.id.rawValue, tables: explanation.tables.map(\.rawValue), strategy: explanation.strategy,
        decisionID: explanation.decisionID, text: explanation.text,
        decision: try explanation.decision.map { try WireJSON.decode(WireValue.self, from: $0) }))
  }

  private func subject(_ call: Call) async throws -> (Booking, RestaurantCalendar) {
    let booking = try await edge.booking(call)
    return (booking, try await edge.calendar(of: booking.restaurantID))
  }
}
