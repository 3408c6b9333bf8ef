import BookingDomain
import Foundation

/// Settings: whether a process would start with them, where they are from, and which do not fit together.
struct ConfigurationCheck: Sendable {
  private static let check = "configuration"

  let settings: SettingSources

  func examine() async -> [Examination] {
    var found = misspelt + contradictions
    if found.allSatisfy({ $0.verdict < .critical }), let refused = await refused { found.append(refused) }
    return [Examination(Self.check, .fine, summary)] + found
  }

  /// What is set, by where it is set; never a value, in which there may be a password.
  private var summary: String {
    let bySource = Dictionary(grouping: settings.set) { settings.value($0)?.source }
    let parts = [SettingSources.Source.commandLine, .environment, .file].compactMap { source in
      bySource[source].map { "\(source.rawValue): \($0.map(shown).joined(separator: ", "))" }
    }
    return parts.isEmpty ? "nothing is set: all is as by default" : parts.joined(separator: "; ")
  }

  private func shown(_ name: String) -> String {
    let isAddress = name == EnvironmentConfiguration.databaseName || name == PostgresSettings.listenName
    guard let text = settings.value(name)?.text, !isAddress else { return name }
    return "\(name)=\(text)"
  }

  /// The first thing for which `serve` would refuse to start.
  private var refused: Examination? {
    get async {
      do {
        _ = try await EnvironmentConfiguration.load(environment: settings.environment, file: settings.path)
        return nil
      } catch {
        return Examination(Self.check, .critical, "\(error)", advice: "correct it: no process starts with it")
      }
    }
  }

  private var misspelt: [Examination] {
    settings.unknown.compactMap { name in
      let near = Spelling.closest(to: name, in: EnvironmentConfiguration.names)
      guard let near else {
        // Other programs may have features too.
        return name.hasPrefix("HEADWAITER_") ? unknown(name, advice: "remove it; what there is: \(all)") : nil
      }
      return unknown(name, advice: "did you mean \(near)?")
    }
  }

  private var all: String { EnvironmentConfiguration.names.joined(separator: ", ") }

  private func unknown(_ name: String, advice: String) -> Examination {
    let stops =
      settings.environment[name] != nil && (name.hasPrefix("HEADWAITER_") || name.hasPrefix("FEATURE_ASSIGNMENT_"))
    return Examination(
      Self.check, stops ? .critical : .finding,
      "\(name) is set, and is no setting" + (stops ? ": no process starts with it" : ""), advice: advice)
  }
}

/// Settings that are good one by one, and do not fit together or where they are.
extension ConfigurationCheck {
  private var contradictions: [Examination] { doubled + withoutEffect + risky }

  private var doubled: [Examination] {
    EnvironmentConfiguration.names.compactMap { name in
      guard let first = settings.environment[name], let second = settings.file[name], first != second else {
        return nil
      }
      return Examination(
        Self.check, .finding, "\(name) says one thing in the environment and another in \(settings.path)",
        advice: "the environment wins; remove one of them")
    }
  }

  private var withoutEffect: [Examination] {
    guard case .success(.sqlite) = settings.address else { return [] }
    let names = [
      PostgresSettings.connectionsName, PostgresSettings.preparedName, PostgresSettings.lanesName,
      PostgresSettings.listenName,
    ].filter { settings.value($0) != nil }
    return names.map {
      Examination(
        Self.check, .finding, "\($0) is for PostgreSQL, and the database is a SQLite file", advice: "remove it")
    }
  }

  private var risky: [Examination] {
    var found: [Examination] = []
    if settings.value(EnvironmentConfiguration.faultsName) != nil {
      found.append(
        Examination(
          Self.check, .finding, "\(EnvironmentConfiguration.faultsName) is set: this process is made to fail",
          advice: "remove it everywhere but in tests"))
    }
    let isPooled = settings.value(PostgresSettings.preparedName)?.text == "false"
    if isPooled, settings.value(PostgresSettings.listenName) == nil {
      found.append(
        Examination(
          Self.check, .finding, "\(PostgresSettings.preparedName) is false without \(PostgresSettings.listenName)",
          advice: "behind PgBouncer set it to a direct address, or new bookings wait up to a quarter of a second"))
    }
    if let (text, source) = settings.value(EnvironmentConfiguration.databaseName), Self.holdsPassword(text) {
      found.append(
        Examination(
          Self.check, .finding, "the address of the database holds a password (\(source.rawValue))",
          advice: "put it into a file that PGPASSFILE names: addresses show in lists of processes and in scripts"))
    }
    return found
  }

  private static func holdsPassword(_ address: String) -> Bool {
    guard let start = address.range(of: "://")?.upperBound, !address.hasPrefix("sqlite:") else { return false }
    let place = address[start...].prefix { $0 != "/" && $0 != "?" }
    let hasOne = place.lastIndex(of: "@").map { place[..<$0].contains(":") } ?? false
    return hasOne || address.contains("password=")
  }
}
