/// A pool's connections and users at one moment, and what happened since it was made.
public struct PostgresPoolCounts: Sendable, Hashable {
  public var idle: Int
  public var busy: Int
  public var opening: Int
  /// Calls that wait for a connection.
  public var waiting: Int
  /// Connections opened so far.
  public var opened: Int
  /// Attempts to open one that failed.
  public var refused: Int
  /// Connections lost, or given up because of what happened on them.
  public var lost: Int
}
