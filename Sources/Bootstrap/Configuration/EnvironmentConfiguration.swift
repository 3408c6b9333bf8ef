public import AssignmentStore
public import BookingDomain
import Configuration
import Foundation
public import Logging
import SystemPackage

/// What the process environment and a `.env` file say; the environment wins.
public struct EnvironmentConfiguration: Sendable {
  /// `HEADWAITER_DATABASE`; nil if unset.
  public var database: DatabaseAddress?
  /// How a PostgreSQL database is used.
  public var postgres: PostgresSettings
  /// `HEADWAITER_SEAT_AT_ONCE`: whether new bookings are decided in the transaction that stores them, where nothing speaks
  /// against it; true unless set.
  public var seatsAtOnce: Bool
  /// `HEADWAITER_LOG_LEVEL`; `notice` unless set.
  public var logLevel: Logger.Level
  /// `HEADWAITER_LOG_FORMAT`; `text` unless set.
  public var logFormat: LogFormat
  /// `HEADWAITER_EVENT_RETENTION`; 30 days unless set.
  public var retention: Retention
  /// The flags of this instance's environment (§6).
  public var flags: FlagSettings
  /// `HEADWAITER_FAULTS`: faults injected at named points, for tests of a running process; nil if unset.
  public var faults: String?
  /// Whether and to whom metrics are shown.
  public var metrics: MetricsSettings

  static let seatAtOnceName = "HEADWAITER_SEAT_AT_ONCE"

  static let databaseName = "HEADWAITER_DATABASE"
  static let logLevelName = "HEADWAITER_LOG_LEVEL"
  static let logFormatName = "HEADWAITER_LOG_FORMAT"
  static let faultsName = "HEADWAITER_FAULTS"

  /// All names that Headwaiter reads.
  public static let names = [
    databaseName, PostgresSettings.connectionsName, PostgresSettings.preparedName,
    PostgresSettings.listenName, PostgresSettings.lanesName, seatAtOnceName, logLevelName, logFormatName,
    Retention.eventsName, faultsName, MetricsSettings.accessName, MetricsSettings.restaurantsName, FeatureFlags.v3Name,
    FeatureFlags.shadowName, FeatureFlags.maxParallelName,
  ]

  /// The API key of whoever uses the commands of a rollout.
  public static let keyName = "HEADWAITER_KEY"

  /// Names of people, and of its own scripts and tests, which a process leaves alone.
  static let foreign = [
    keyName,
    "HEADWAITER_BIN", "HEADWAITER_BENCH_KIT", "HEADWAITER_TEST_DATABASE", "HEADWAITER_TEST_STORE",
    "HEADWAITER_URL",
  ]

  /// Reads both sources.
  /// - Parameters:
  ///   - environment: the process environment.
  ///   - file: path of the `.env` file; it may be missing.
  /// - Throws: ``ConfigurationProblem`` or `FlagProblem`, one line that names place, value and what is allowed.
  public static func load(environment: [String: String], file: String) async throws -> EnvironmentConfiguration {
    let providers: [any ConfigProvider] = [
      EnvironmentVariablesProvider(environmentVariables: environment),
      try await EnvironmentVariablesProvider(environmentFilePath: FilePath(file), allowMissing: true),
    ]
    let reader = ConfigReader(providers: providers)
    try refuseMisspelt(Array(environment.keys))
    func value(_ name: String) -> String? {
      reader.string(forKey: ConfigKey(name.lowercased().split(separator: "_").map(String.init)))
    }
    let flags = try FlagSettings.read(value)
    let postgres = try PostgresSettings.read(value)
    return EnvironmentConfiguration(
      database: try value(databaseName).map { try DatabaseAddress($0, from: databaseName).using(postgres) },
      postgres: postgres,
      seatsAtOnce: try value(seatAtOnceName).map { try ConfigurationProblem.bool($0, from: seatAtOnceName) } ?? true,
      logLevel: try value(logLevelName).map { try logLevel($0, from: logLevelName) } ?? .notice,
      logFormat: try value(logFormatName).map { try logFormat($0, from: logFormatName) } ?? .text,
      retention: try Retention.read(value), flags: flags, faults: value(faultsName),
      metrics: try MetricsSettings.read(value))
  }

  /// - Throws: ``ConfigurationProblem`` naming the place.
  public static func logLevel(_ text: String, from place: String) throws(ConfigurationProblem) -> Logger.Level {
    if let level = Logger.Level(rawValue: text) { return level }
    throw ConfigurationProblem(
      place: place, value: text, allowed: Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
  }

  /// - Throws: ``ConfigurationProblem`` naming the place.
  public static func logFormat(_ text: String, from place: String) throws(ConfigurationProblem) -> LogFormat {
    if let format = LogFormat(rawValue: text) { return format }
    throw ConfigurationProblem(place: place, value: text, allowed: LogFormat.allowed)
  }

  private static func refuseMisspelt(_ set: [String]) throws(ConfigurationProblem) {
    let own = set.filter { $0.hasPrefix("HEADWAITER_") || $0.hasPrefix("FEATURE_ASSIGNMENT_") }
    for name in own.sorted() where !names.contains(name) && !foreign.contains(name) {
      throw ConfigurationProblem(
        place: "environment variable \(name)", value: "set", allowed: names.joined(separator: ", "),
        suggestion: Spelling.closest(to: name, in: names))
    }
  }
}
