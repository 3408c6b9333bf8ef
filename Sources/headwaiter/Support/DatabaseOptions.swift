import ArgumentParser
import BookingDomain
import Bootstrap
import Foundation
import Logging

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The database, sqlite:PATH or postgresql://…; HEADWAITER_DATABASE unless given.", valueName: "url"))
  var database: String?

  /// - Throws: `ConfigurationProblem` for one that cannot be, ``CommandProblem`` if none is named.
  func address() async throws -> DatabaseAddress {
    let environment = try await EnvironmentConfiguration.load(
      environment: ProcessInfo.processInfo.environment, file: ".env")
    if let database { return try DatabaseAddress(database).using(environment.postgres) }
    if let address = environment.database { return address }
    throw CommandProblem("no database: give --database sqlite:PATH or postgresql://…, or set HEADWAITER_DATABASE")
  }

  /// Opens a database that is there and up to date, and creates none by accident.
  func open() async throws -> OpenDatabase {
    let opened = try await OpenDatabase.existing(try await address(), migrate: false)
    let pending = try await opened.pendingMigrations().count
    guard pending == 0 else {
      opened.close()
      let lacks = pending == 1 ? "a migration" : "\(pending) migrations"
      throw CommandProblem("the database lacks \(lacks) of this program; `headwaiter migrate` applies what is missing")
    }
    return opened
  }

  /// Opens the desks on a database that is there.
  func openSystem() async throws -> HeadwaiterSystem {
    try await open().close()
    return try await openSystemCreating()
  }

  /// Opens the desks on a database that is made where there is none.
  func openSystemCreating() async throws -> HeadwaiterSystem {
    // Flags decide what the pipeline does; commands hand bookings to it and do not run it.
    let options = HeadwaiterSystem.Options(
      database: try await address(), flags: FeatureFlags(), logger: CommandLineLog.logger(level: .error))
    return try await HeadwaiterSystem(options)
  }
}
