import AssignmentStore
import BookingDomain
import Foundation

/// Which settings are set, and where.
struct SettingSources: Sendable {
  /// Where a process is told its settings, the strongest first.
  enum Source: String, Sendable {
    case commandLine = "command line"
    case environment
    case file = ".env"
  }

  let environment: [String: String]
  /// What the `.env` file says, read as leniently as can be: what it cannot say is the loader's to refuse.
  let file: [String: String]
  let path: String
  let database: String?

  init(environment: [String: String], file path: String, database: String?) {
    self.environment = environment
    self.path = path
    self.database = database
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    var file: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, !sides[0].hasPrefix("#") else { continue }
      file[sides[0].trimmingCharacters(in: .whitespaces)] = sides[1].trimmingCharacters(
        in: CharacterSet(charactersIn: " \t\"'"))
    }
    self.file = file
  }

  /// The value that counts, and where it is from.
  func value(_ name: String) -> (text: String, source: Source)? {
    if name == EnvironmentConfiguration.databaseName, let database { return (database, .commandLine) }
    if let text = environment[name] { return (text, .environment) }
    return file[name].map { ($0, .file) }
  }

  /// Names of this program's settings that are set, in the order of the documentation.
  var set: [String] { EnvironmentConfiguration.names.filter { value($0) != nil } }

  /// Names that look like settings of this program and are none.
  var unknown: [String] {
    Set(environment.keys).union(file.keys).filter { name in
      let isOurs = name.hasPrefix("HEADWAITER_") || name.hasPrefix("FEATURE_")
      return isOurs && !EnvironmentConfiguration.names.contains(name)
        && !EnvironmentConfiguration.foreign.contains(name)
    }.sorted()
  }

  /// The database, used as the settings say; those that cannot be read count as unset, and are a finding of their own.
  var address: Result<DatabaseAddress, ConfigurationProblem> {
    guard let (text, source) = value(EnvironmentConfiguration.databaseName) else {
      return .failure(
        ConfigurationProblem(
          place: EnvironmentConfiguration.databaseName, value: "unset", allowed: DatabaseAddress.allowed))
    }
    let place = source == .commandLine ? "--database" : EnvironmentConfiguration.databaseName
    do throws(ConfigurationProblem) {
      let address = try DatabaseAddress(text, from: place)
      guard let settings = try? PostgresSettings.read({ value($0)?.text }) else { return .success(address) }
      return .success(address.using(settings))
    } catch { return .failure(error) }
  }
}

extension ConfigurationProblem {
  /// As the doctor tells it.
  var examination: Examination {
    Examination(
      "database", .critical, "\(place) is \(value == "unset" ? "unset" : "\"\(value)\"")",
      advice: "set it, or give --database, to \(allowed)")
  }
}
