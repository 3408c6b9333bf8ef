/// A flag, what it amounts to, and who says so.
public struct FlagBody: Codable, Sendable, Hashable {
  public var name: String
  /// The effective value, as text.
  public var value: String
  public var sources: [Source]

  public init(name: String, value: String, sources: [Source]) {
    self.name = name
    self.value = value
    self.sources = sources
  }

  /// A source that sets the flag.
  public struct Source: Codable, Sendable, Hashable {
    /// For example `environment of web-1`.
    public var source: String
    public var value: String

    public init(source: String, value: String) {
      self.source = source
      self.value = value
    }
  }
}

/// The flags.
public struct FlagsBody: Codable, Sendable, Hashable {
  public var flags: [FlagBody]
  /// Raised with every change.
  public var epoch: Int64

  public init(flags: [FlagBody], epoch: Int64) {
    self.flags = flags
    self.epoch = epoch
  }
}

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
