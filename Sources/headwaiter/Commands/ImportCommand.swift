import ArgumentParser
import AssignmentPipeline
import BookingDomain
import Bootstrap

/// `headwaiter import`: stores restaurants from their files.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Store restaurants from their files, new ones or changed ones.",
    discussion: """
      Creates and migrates an empty database. All files are checked before any is stored. A file that touches bookings to \
      come is refused with their list (exit code 1), or, with --affected review, sends them to review.
      """)

  @Argument(help: ArgumentHelp("Restaurant files.", valueName: "file")) var files: [String]

  @Option(help: "Bookings to come that a change touches: refuse it, or send them to review.")
  var affected = AffectedPolicy.refuse

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let inputs = try RestaurantInputs.read(files)
    let system = try await database.openSystemCreating()
    defer { system.close() }
    let importer = RestaurantImporter(system: system, affected: affected)
    var results: [OutputImport] = []
    for input in inputs { results.append(try await importer.store(input)) }
    if json {
      try JSONOutput.print(["restaurants": results])
    } else {
      try Console.write(table(results))
    }
    if results.contains(where: { $0.result == .refused }) { throw ExitCode(.finding) }
  }

  private func table(_ results: [OutputImport]) -> String {
    var table = TableText(.text("restaurant"), .text("result"), .number("revision"), .flexible("changes"))
    for result in results {
      table.add(result.id, result.result.rawValue, "\(result.revision)", result.changes)
    }
    return table.render()
  }
}
