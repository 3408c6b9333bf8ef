import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI
import HeadwaiterServer

/// What the commands about a day share.
struct OptimizeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The restaurant.", valueName: "id")) var restaurant: String
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  /// Asks the desk about the restaurant.
  /// - Throws: `DeskError`.
  func ask(
    _ question: (LiveOptimizerDesk, RestaurantID, RestaurantCalendar) async throws -> Void
  ) async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let id = RestaurantID(restaurant)
    var calendars = CalendarBook(system.store)
    try await question(system.desks.optimizer, id, try await calendars.calendarOrUTC(of: id))
  }

  /// Applies a plan or takes it back, and shows it as it is then.
  func decide(
    _ change: (LiveOptimizerDesk, RestaurantID, ChangeRequest) async throws -> StoredDayPlan
  ) async throws {
    try await ask { desk, restaurant, calendar in
      let plan = try await change(desk, restaurant, ChangeRequest(caller: .commandLine))
      let body = DayPlanBody(plan, calendar: calendar)
      if json { return try JSONOutput.print(body) }
      try Console.write(DayPlanText(calendar: calendar).decided(body))
    }
  }
}

/// The day that a command is about.
struct OptimizeDay: ParsableArguments {
  @Option(help: ArgumentHelp("The service date, YYYY-MM-DD.", valueName: "date")) var date: String

  /// - Throws: ``CommandProblem`` for what is no date.
  func value() throws(CommandProblem) -> LocalDate {
    guard let value = WireTime.date(date) else {
      throw CommandProblem(
        "--date is \"\(ShownText.escaped(date))\", which is no date; allowed: \(WireTime.allowedDate)")
    }
    return value
  }
}

/// The plan that a command is about.
struct OptimizePlan: ParsableArguments {
  @Argument(help: ArgumentHelp("The plan's id, as `preview` and `list` show it.", valueName: "plan")) var id: String
}
