import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI

/// What the commands that decide about one booking share.
struct ReviewDecision: ParsableArguments {
  @Argument(help: ArgumentHelp("The booking's id.", valueName: "booking")) var booking: String
  @Option(help: ArgumentHelp("Refuse unless the booking is this restaurant's.", valueName: "id"))
  var restaurant: String?
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  /// Decides and shows the booking as it is then.
  /// - Throws: `DeskError`, ``CommandProblem``.
  func decide(
    _ change: (LiveReviewDesk, BookingID, ChangeRequest) async throws -> Booking
  ) async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let id = BookingID(booking)
    if let restaurant, let found = try await system.store.booking(id), found.restaurantID.rawValue != restaurant {
      throw CommandProblem("booking \(id) is not one of \"\(ShownText.escaped(restaurant))\"")
    }
    let changed = try await change(system.desks.review, id, ChangeRequest(caller: .commandLine))
    if json {
      var calendars = CalendarBook(system.store)
      let calendar = try await calendars.calendarOrUTC(of: changed.restaurantID)
      return try JSONOutput.print(BookingBody(changed, calendar: calendar, showsGuest: false))
    }
    try Console.write(words(changed) + "\n")
  }

  private func words(_ booking: Booking) -> String {
    let tables = booking.tables.map(\.rawValue).joined(separator: ", ")
    let place = tables.isEmpty ? "" : booking.tables.count == 1 ? ", table \(tables)" : ", tables \(tables)"
    var text = "\(booking.id): \(booking.state.rawValue), \(booking.status.rawValue)\(place)"
    if booking.state == .assignmentPending { text += "; a running `headwaiter serve` takes it on" }
    if booking.state == .manualReview, booking.reviewDeadline == nil { text += "; kept until a person decides" }
    return text
  }
}
