import AssignmentStore
public import BookingDomain

/// Looks for what is wrong with configuration, database, and the instances on it, and says what to do about it.
///
/// Changes nothing. What cannot be looked at, because the database is away, is said to be skipped.
public struct Doctor: Sendable {
  let environment: [String: String]
  let file: String
  let database: String?
  let clock: any WallClock

  /// - Parameters:
  ///   - environment: the process environment.
  ///   - file: path of the `.env` file; it may be missing.
  ///   - database: an address that takes the configured one's place.
  public init(
    environment: [String: String], file: String = ".env", database: String? = nil,
    clock: any WallClock = SystemWallClock()
  ) {
    self.environment = environment
    self.file = file
    self.database = database
    self.clock = clock
  }

  /// All examinations, in the order in which one should read them.
  public func examine() async -> [Examination] {
    let settings = SettingSources(environment: environment, file: file, database: database)
    var found = await ConfigurationCheck(settings: settings).examine()
    found += [TimeZoneCheck.examine()]
    let address: DatabaseAddress
    switch settings.address {
    case .success(let given): address = given
    case .failure(let problem):
      return found + [problem.examination] + Doctor.skipped(because: "no database is known")
    }
    do {
      let opened = try await OpenDatabase.existing(address, clock: clock, migrate: false)
      defer { opened.close() }
      return found + (await examine(opened.store, address))
    } catch {
      return found + [DatabaseCheck.unreachable(address, error)]
        + Doctor.skipped(because: "the database cannot be opened")
    }
  }

  private func examine(_ store: any AssignmentStore, _ address: DatabaseAddress) async -> [Examination] {
    do {
      let migrations = MigrationCheck(migrations: try await store.migrations())
      var found = DatabaseCheck(facts: try await store.inspect(), hasSchema: migrations.isComplete).examine()
      found.append(try await ClockCheck(store: store, clock: clock).examine(address))
      found.append(migrations.examine())
      guard migrations.isComplete else { return found + Doctor.skipped(because: "migrations are missing", from: 1) }
      let (instances, flags) = (try await store.instances(), try StoredFlags(try await store.flagOverrides()))
      found += InstanceCheck(instances: instances, stored: flags).examine()
      found += RolloutCheck(
        stored: try await store.rollout(), instances: instances, flags: flags, now: clock.now()
      ).examine()
      found.append(BreakerCheck.examine(try await store.breakerOverrides()))
      found.append(
        QueueCheck.examine(try await store.queueDepth(), stuck: try await store.overdueJobs(limit: 1_000).count))
      return found
    } catch {
      return [DatabaseCheck.unreachable(address, error)] + Doctor.skipped(because: "the database does not answer")
    }
  }

  /// Checks that need a database, in order.
  private static let onDatabase = ["migrations", "instances", "flags", "rollout", "breakers", "queue"]

  private static func skipped(because reason: String, from first: Int = 0) -> [Examination] {
    onDatabase.dropFirst(first).map { Examination($0, .skipped, reason) }
  }
}
