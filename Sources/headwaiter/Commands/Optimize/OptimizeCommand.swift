import ArgumentParser
import AssignmentPipeline
import BookingDomain
import HeadwaiterAPI
import HeadwaiterServer

/// `headwaiter optimize`: better seatings of a live day.
struct OptimizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize", abstract: "Re-seat a restaurant's day so that more bookings fit.",
    discussion: """
      Without a subcommand: preview. Looks for a seating with more bookings, else more guests, else fewer spare seats and \
      joined tables. Parties that sit, are pinned or come within the restaurant's freeze time stay where they are; no more \
      confirmed bookings move than its churn budget allows, and none of them loses its table. Nothing changes before \
      `apply`, and `undo` takes it back. docs/seating.md.
      """,
    subcommands: [OptimizePreview.self, OptimizeApply.self, OptimizeUndo.self, OptimizeList.self],
    defaultSubcommand: OptimizePreview.self)
}

/// `headwaiter optimize preview`.
struct OptimizePreview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Look for a better seating of a day; it is stored, and nothing else changes.",
    discussion: "Exits 0, whether there is something to gain or not.")

  @OptionGroup var day: OptimizeDay
  @OptionGroup var options: OptimizeOptions

  func run() async throws {
    let date = try day.value()
    try await options.ask { desk, restaurant, calendar in
      let preview = try await ProgressLine.during(saying: "looking at \(date) …") {
        try await desk.preview(restaurant, date: date, ChangeRequest(caller: .commandLine))
      }
      let body = DayPreviewBody(preview, calendar: calendar)
      if options.json { return try JSONOutput.print(body) }
      try Console.write(
        DayPlanText(calendar: calendar).preview(body, date: date, restaurant: ShownText.escaped(options.restaurant)))
    }
  }
}

/// `headwaiter optimize list`.
struct OptimizeList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show the better seatings that were found for a day, newest first: the last 50.")

  @OptionGroup var day: OptimizeDay
  @OptionGroup var options: OptimizeOptions

  func run() async throws {
    let date = try day.value()
    try await options.ask { desk, restaurant, calendar in
      let plans = try await desk.plans(restaurant, date: date, caller: .commandLine)
      let body = DayPlanListBody(plans: plans.map { DayPlanBody($0, calendar: calendar) })
      if options.json { return try JSONOutput.print(body) }
      try Console.write(DayPlanText(calendar: calendar).list(body, date: date))
    }
  }
}
