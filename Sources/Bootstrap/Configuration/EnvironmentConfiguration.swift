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
  /// The flags of this instance's environment (§6).
  public var flags: FlagSettings
  /// `HEADWAITER_FAULTS`: faults injected at named points, for tests of a running process; nil if unset.
  public var faults: String?
  /// Whether and to whom metrics are shown.
  public var metrics: MetricsSettings

  static let seatAtOnceName = "HEADWAITER_SEAT_AT_ONCE"

  /// All names that Headwaiter reads.
  public static let names = [
    "HEADWAITER_DATABASE", PostgresSettings.connectionsName, PostgresSettings.preparedName,
    PostgresSettings.listenName, PostgresSettings.lanesName, seatAtOnceName, "HEADWAITER_LOG_LEVEL",
    "HEADWAITER_FAULTS", MetricsSettings.accessName, MetricsSettings.restaurantsName, FeatureFlags.v3Name,
    FeatureFlags.shadowName, FeatureFlags.maxParallelName,
  ]

  /// Names of its own scripts and tests, which a process leaves alone.
  private static let foreign = [
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
    if flags.shadow == true {
      throw FlagProblem(
        name: FeatureFlags.shadowName, value: "true", allowed: "false or unset; shadow mode is not there yet")
    }
    let postgres = try PostgresSettings.read(value)
    return EnvironmentConfiguration(
      database: try value("HEADWAITER_DATABASE").map {
        try DatabaseAddress($0, from: "HEADWAITER_DATABASE").using(postgres)
      }, postgres: postgres, seatsAtOnce: try isOn(value(seatAtOnceName), seatAtOnceName) ?? true,
      logLevel: try logLevel(value("HEADWAITER_LOG_LEVEL")), flags: flags, faults: value("HEADWAITER_FAULTS"),
      metrics: try MetricsSettings.read(value))
  }

  private static func isOn(_ text: String?, _ name: String) throws(ConfigurationProblem) -> Bool? {
    guard let text else { return nil }
    guard let isOn = Bool(text) else { throw ConfigurationProblem(place: name, value: text, allowed: "true or false") }
    return isOn
  }

  private static func logLevel(_ text: String?) throws(ConfigurationProblem) -> Logger.Level {
    guard let text else { return .notice }
    guard let level = Logger.Level(rawValue: text) else {
      throw ConfigurationProblem(
        place: "HEADWAITER_LOG_LEVEL", value: text,
        allowed: Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return level
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
