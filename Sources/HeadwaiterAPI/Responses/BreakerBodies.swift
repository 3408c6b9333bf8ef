/// A circuit breaker.
public struct BreakerBody: Codable, Sendable, Hashable {
  /// `storage`, `engine:<restaurant>` or `notifier:<name>`.
  public var name: String
  /// Where it stands in the process that answers: `closed`, `open` or `half_open`.
  public var position: String
  /// How long it has been open there; absent while closed.
  public var openSeconds: Int?
  /// Absent while it goes by itself.
  public var forced: Forced?

  /// What a person decided, for all instances.
  public struct Forced: Codable, Sendable, Hashable {
    /// `open` or `closed`.
    public var position: String
    public var reason: String
    /// Name of the API key, or who was on the command line.
    public var actor: String
    /// RFC 3339.
    public var at: String

    public init(position: String, reason: String, actor: String, at: String) {
      self.position = position
      self.reason = reason
      self.actor = actor
      self.at = at
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case position, reason, actor, at }
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, position
    case openSeconds = "open_seconds"
    case forced
  }

  public init(name: String, position: String, openSeconds: Int?, forced: Forced?) {
    self.name = name
    self.position = position
    self.openSeconds = openSeconds
    self.forced = forced
  }
}

/// The circuit breakers, in order of name.
public struct BreakersBody: Codable, Sendable, Hashable {
  public var breakers: [BreakerBody]

  public init(breakers: [BreakerBody]) { self.breakers = breakers }
}
