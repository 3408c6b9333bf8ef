/// One value of the effective configuration; never a secret.
public struct ConfigurationEntry: Codable, Sendable, Hashable {
  public var name: String
  public var value: String
  /// Where it comes from: `default`, `environment`, `.env`, `command line`.
  public var source: String

  public init(name: String, value: String, source: String) {
    self.name = name
    self.value = value
    self.source = source
  }
}

/// The effective configuration.
public struct ConfigurationBody: Codable, Sendable, Hashable {
  public var version: String
  /// Whether requests need an API key.
  public var keysRequired: Bool
  public var entries: [ConfigurationEntry]
  public var flags: [FlagBody]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case version
    case keysRequired = "keys_required"
    case entries, flags
  }

  public init(version: String, keysRequired: Bool, entries: [ConfigurationEntry], flags: [FlagBody]) {
    self.version = version
    self.keysRequired = keysRequired
    self.entries = entries
    self.flags = flags
  }
}

/// Whether the process can serve.
public struct ReadinessBody: Codable, Sendable, Hashable {
  public var ready: Bool
  /// Why not; empty if it can.
  public var reasons: [String]

  public init(ready: Bool, reasons: [String]) {
    self.ready = ready
    self.reasons = reasons
  }
}
