import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import SeatingEngine

/// `headwaiter regret`: what a day lost against the best plan, and to what.
struct RegretCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regret", abstract: "Compare a day with the best plan it could have had: what was lost, and to what.",
    discussion: """
      The best plan knows all parties that came or were turned away at once. What it seats more is split into what was lost \
      to free tables that nobody gave away, to tables chosen by hand, to the wrong tables, to the order in which parties \
      asked, and to parties that did not come. Of a day that is not over, those who still wait count as turned away.

      Exits 0 whatever was lost.
      """)

  @OptionGroup var day: OptimizeDay
  @Option(help: ArgumentHelp("Only this restaurant; all that had bookings unless given.", valueName: "id"))
  var restaurant: String?

  @Option(
    help: ArgumentHelp(
      """
      Longest time of each search; Ctrl-C ends it early with the best plan so far. \
      (default: 0.2, 1, 2, 10 for up to 18, 50, 120, more tables)
      """, valueName: "seconds"))
  var timeLimit: Double?

  @Option(help: ArgumentHelp("The same seed and threads give the same answer.", valueName: "n")) var seed: UInt64 = 1
  @Option(help: ArgumentHelp("Searches side by side, of which the best counts. (default: 2)", valueName: "n"))
  var threads: Int?
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let date = try day.value()
    let search = try PlanSearch(seed: seed, threads: threads, timeLimit: timeLimit)
    let opened = try await database.open()
    defer { opened.close() }
    var days: [RegrettedDay] = []
    for id in try await restaurants(opened.store) {
      guard let stored = try await opened.store.restaurant(id) else { continue }
      let record = try await PastDayReader(opened.store).read(stored.restaurant, on: date)
      // Who asks for one restaurant is told also that nothing happened.
      guard record.count > 0 || restaurant != nil else { continue }
      let found = await ProgressLine.during(saying: "looking back on \(record.count) bookings of \(id) …") {
        RegrettedDay(stored.restaurant, date, record, search)
      }
      if !json { try Console.write((days.isEmpty ? "" : "\n") + RegretText(found).text) }
      days.append(found)
    }
    if json { return try Console.write(RegretJSON(date: date, days: days, seed: seed).bytes) }
    if days.isEmpty { try Console.write("No restaurant had bookings on \(DayWords.long(date)).\n") }
  }

  private func restaurants(_ store: any RestaurantReading) async throws -> [RestaurantID] {
    let known = try await store.restaurantIDs()
    guard let restaurant else { return known }
    let id = RestaurantID(restaurant)
    guard known.contains(id) else {
      let hint = Spelling.closest(to: restaurant, in: known.prefix(1_000).map(\.rawValue))
      let question = hint.map { "; did you mean \($0)?" } ?? ""
      throw CommandProblem("--restaurant: there is no restaurant \"\(ShownText.escaped(restaurant))\"\(question)")
    }
    return [id]
  }
}
