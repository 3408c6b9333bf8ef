import ArgumentParser
import AssignmentStore
import Bootstrap

/// `headwaiter instances drain`.
struct InstancesDrain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drain", abstract: "Ask an instance to take no more work.",
    discussion: """
      Within a second it takes no further booking, finishes those under way, and /readyz says that it is not ready, so \
      that a load balancer sends nothing more; then it can be stopped. Other instances take over what waits.
      """)

  @Argument(help: "The instance's id, or the beginning of it that no other has.") var id: String
  @OptionGroup var database: DatabaseOptions

  func run() async throws { try await InstanceDraining(database: database).set(id, drains: true) }
}

/// `headwaiter instances resume`.
struct InstancesResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let an instance that was drained take work again.")

  @Argument(help: "The instance's id, or the beginning of it that no other has.") var id: String
  @OptionGroup var database: DatabaseOptions

  func run() async throws { try await InstanceDraining(database: database).set(id, drains: false) }
}

/// What both commands do.
struct InstanceDraining {
  let database: DatabaseOptions

  func set(_ id: String, drains: Bool) async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let found = try await opened.store.instances().map(\.record.id).filter { $0.hasPrefix(id) }
    guard let full = found.first(where: { $0 == id }) ?? (found.count == 1 ? found[0] : nil) else {
      throw CommandProblem(
        found.isEmpty
          ? "there is no instance \(id); `headwaiter instances` lists them"
          : "\(id) is the beginning of \(found.count) instances: \(found.joined(separator: ", "))")
    }
    guard try await opened.store.drainInstance(full, drains) else {
      throw CommandProblem("instance \(full) has gone meanwhile")
    }
    try Console.write(drains ? "\(full) takes no more work\n" : "\(full) takes work again\n")
  }
}
