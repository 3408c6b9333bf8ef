import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap

/// `headwaiter instances list`.
struct InstancesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the instances, what each one's environment says, and when it was last heard of.")

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let instances = try await opened.store.instances()
    if json { return try JSONOutput.print(["instances": instances.map(OutputInstance.init)]) }
    if instances.isEmpty { return try Console.write("No instance is running on this database.\n") }
    var table = TableText(
      .text("id"), .text("host"), .text("role"), .text("version"), .text("state"), .number("heard of"),
      .flexible("its environment"))
    for instance in instances {
      let output = OutputInstance(instance)
      table.add(
        output.id, output.host, output.role.rawValue, output.version, output.state.rawValue,
        "\(output.silenceSeconds) s ago", Self.flags(instance.record.flags))
    }
    try Console.write(table.render())
  }

  private static func flags(_ flags: FlagSettings) -> String {
    let said = [
      flags.pipelineV3.map { "V3 \($0)" }, flags.shadow.map { "shadow \($0)" },
      flags.maxParallel.map { "max parallel \($0)" },
    ].compactMap { $0 }
    return said.isEmpty ? "says nothing" : said.joined(separator: ", ")
  }
}

/// An instance as JSON.
struct OutputInstance: Encodable {
  enum State: String, Encodable {
    case live, draining
    /// No heartbeat for 10 seconds: it has died, is paused, or cannot reach the database.
    case silent
  }

  var id: String
  var host: String
  var role: InstanceRole
  var version: String
  var state: State
  var startedAt: String
  var silenceSeconds: Int
  var flags: FlagSettings

  init(_ seen: SeenInstance) {
    let record = seen.record
    id = record.id
    host = record.host
    role = record.role
    version = record.version
    state = seen.silence > SeenInstance.patience ? .silent : record.isDraining ? .draining : .live
    startedAt = record.startedAt.description
    silenceSeconds = Int(seen.silence.components.seconds)
    flags = record.flags
  }

  enum CodingKeys: String, CodingKey {
    case id, host, role, version, state, flags
    case startedAt = "started_at"
    case silenceSeconds = "silence_seconds"
  }
}
