/// What a database says of itself, for people who look for what is wrong with it.
public struct DatabaseFacts: Sendable, Hashable {
  /// A setting that decides whether what was answered is on disk.
  public struct Durability: Sendable, Hashable {
    public var name: String
    public var value: String
    /// Values that lose nothing in a crash.
    public var safe: [String]

    public init(name: String, value: String, safe: [String]) {
      self.name = name
      self.value = value
      self.safe = safe
    }

    public var isSafe: Bool { safe.contains(value) }
  }

  /// Who the program is to the database.
  public struct Role: Sendable, Hashable {
    public var name: String
    /// May do anything, which an instance need not.
    public var isSuperuser: Bool
    /// Rights that the program needs and the role lacks, such as `INSERT ON bookings`.
    public var missing: [String]
    /// Whether it sees the transactions of others, without which writers in other databases hold live events up.
    public var seesOthers: Bool

    public init(name: String, isSuperuser: Bool, missing: [String], seesOthers: Bool) {
      self.name = name
      self.isSuperuser = isSuperuser
      self.missing = missing
      self.seesOthers = seesOthers
    }
  }

  public enum Engine: String, Sendable, Codable {
    case sqlite = "SQLite"
    case postgresql = "PostgreSQL"
  }

  public var engine: Engine
  public var version: String
  public var durability: [Durability]
  /// Extensions that the schema needs and that are not there.
  public var missingExtensions: [String]
  /// Nil where there are none.
  public var role: Role?
  /// The database's file; nil where it is a server's.
  public var file: String?
  /// Other databases that programs use on the same server.
  public var neighbours: Int
  /// How long the oldest transaction that has written something has been open; nil if there is none.
  public var oldestWriter: Duration?

  public init(
    engine: Engine, version: String, durability: [Durability], missingExtensions: [String] = [], role: Role? = nil,
    file: String? = nil, neighbours: Int = 0, oldestWriter: Duration? = nil
  ) {
    self.engine = engine
    self.version = version
    self.durability = durability
    self.missingExtensions = missingExtensions
    self.role = role
    self.file = file
    self.neighbours = neighbours
    self.oldestWriter = oldestWriter
  }
}

/// A step of the schema, as the program and the database have it.
public struct MigrationStatus: Sendable, Hashable {
  public enum Standing: String, Sendable, Codable {
    case applied
    /// The program has it, the database does not.
    case missing
    /// Applied with other content than the program has.
    case differs
    /// Applied by a newer program, beside which this one may work.
    case newer
    /// Applied by a newer program, and forbids this one.
    case forbids
  }

  public var number: Int
  public var name: String
  public var standing: Standing

  public init(number: Int, name: String, standing: Standing) {
    self.number = number
    self.name = name
    self.standing = standing
  }
}

/// Looks at the database itself. Needs no schema, so that it works on an empty one too.
public protocol DatabaseInspection: Sendable {
  func inspect() async throws(StoreError) -> DatabaseFacts
  /// In order of their numbers.
  func migrations() async throws(StoreError) -> [MigrationStatus]
}
