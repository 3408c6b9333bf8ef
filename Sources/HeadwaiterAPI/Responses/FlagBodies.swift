/// A flag, what it amounts to, and who says so.
public struct FlagBody: Codable, Sendable, Hashable {
  public var name: String
  /// The effective value, as text.
  public var value: String
  /// Whose word counted; `default` alone where nobody said anything.
  public var decidedBy: [String]
  public var sources: [Source]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, value
    case decidedBy = "decided_by"
    case sources
  }

  public init(name: String, value: String, decidedBy: [String], sources: [Source]) {
    self.name = name
    self.value = value
    self.decidedBy = decidedBy
    self.sources = sources
  }

  /// A source that sets the flag.
  public struct Source: Codable, Sendable, Hashable {
    /// `environment of <instance>`, `override` or `kill switch`.
    public var source: String
    public var value: String

    public init(source: String, value: String) {
      self.source = source
      self.value = value
    }
  }
}

/// What is set for all instances.
public struct FlagOverrideBody: Codable, Sendable, Hashable {
  /// The flag's, or `RESTAURANT`.
  public var name: String
  public var restaurantID: String?
  public var value: String
  public var reason: String
  /// Name of the API key, or who was on the command line.
  public var actor: String
  /// RFC 3339.
  public var at: String

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name
    case restaurantID = "restaurant_id"
    case value, reason, actor, at
  }

  public init(name: String, restaurantID: String?, value: String, reason: String, actor: String, at: String) {
    self.name = name
    self.restaurantID = restaurantID
    self.value = value
    self.reason = reason
    self.actor = actor
    self.at = at
  }
}

/// The flags.
public struct FlagsBody: Codable, Sendable, Hashable {
  public var flags: [FlagBody]
  /// Flags in order of name, then restaurants in order of id.
  public var overrides: [FlagOverrideBody]
  /// Raised with every change.
  public var epoch: Int64

  public init(flags: [FlagBody], overrides: [FlagOverrideBody], epoch: Int64) {
    self.flags = flags
    self.overrides = overrides
    self.epoch = epoch
  }

  enum CodingKeys: String, CodingKey, CaseIterable { case flags, overrides, epoch }
}
